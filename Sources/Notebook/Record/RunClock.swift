import Glibc

/// The time as records tell it.
struct RunClock {
    private let time: timespec

    /// Now.
    init() {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        self.time = time
    }

    /// `2026-11-24T19:57:44.120Z`.
    var text: String {
        let milliseconds = "\(time.tv_nsec / 1_000_000)"
        let padding = String(repeating: "0", count: 3 - milliseconds.count)
        return format("%Y-%m-%dT%H:%M:%S") + ".\(padding)\(milliseconds)Z"
    }

    /// `2026-11-24-195744`, for the names of folders.
    var name: String { format("%Y-%m-%d-%H%M%S") }

    private func format(_ form: String) -> String {
        var (seconds, parts) = (time.tv_sec, tm())
        gmtime_r(&seconds, &parts)
        var buffer = [CChar](repeating: 0, count: 64)
        let count = strftime(&buffer, buffer.count, form, &parts)
        return String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// How long something takes, by the clock and on the processors.
struct RunTimer {
    private let start = ContinuousClock.now
    private let processors = RunTimer.processors

    /// Milliseconds by the clock so far.
    var wall: Double { (ContinuousClock.now - start) / .milliseconds(1) }

    /// Milliseconds of all processors of this process so far.
    var cpu: Double { Self.processors - processors }

    private static var processors: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
    }
}
