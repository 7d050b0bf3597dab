import Glibc

/// A point in time as people write it.
struct Moment {
    /// Seconds since 1970.
    let seconds: Double

    init(_ seconds: Double) { self.seconds = seconds }

    /// `2026-11-24 14:07` in local time.
    var text: String {
        var time = time_t(seconds)
        var parts = tm()
        localtime_r(&time, &parts)
        var buffer = [CChar](repeating: 0, count: 32)
        let count = strftime(&buffer, buffer.count, "%Y-%m-%d %H:%M", &parts)
        return String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
