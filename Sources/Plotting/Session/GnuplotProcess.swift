internal import CGnuplot
import Glibc

/// One running gnuplot.
final class GnuplotProcess {
    private let session: OpaquePointer
    /// Set before the end where gnuplot is stuck.
    private var mustKill = false

    /// Starts gnuplot.
    ///
    /// - Throws: ``PlotError/missingGnuplot(program:reason:)``.
    init(program: String) throws {
        var message = [CChar](repeating: 0, count: 256)
        guard let session = CGOpen(program, &message, message.count) else {
            let reason = String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            throw PlotError.missingGnuplot(program: program, reason: reason)
        }
        self.session = session
    }

    deinit { CGClose(session, mustKill) }

    /// Whether gnuplot still runs.
    var isAlive: Bool { CGIsAlive(session) }

    /// gnuplot's process identifier.
    var identifier: Int32 { CGProcess(session) }

    /// Draws a script.
    ///
    /// - Returns: what gnuplot wrote to its output.
    /// - Throws: ``PlotError``; any but ``PlotError/gnuplotFailed(message:)`` leaves the process unusable.
    func draw(_ script: Script, deadline: Duration, isCancelled: @Sendable () -> Bool) throws -> [UInt8] {
        let output = try path(CGBegin(session))
        let text = try script.text(output: output) { try self.store($0) }
        var utf8 = text
        let sent = utf8.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                characters.baseAddress.map { CGRun(session, $0, characters.count) } ?? false
            }
        }
        guard sent else { throw died() }
        try wait(deadline, isCancelled)
        if let complaint = complaints.first { throw PlotError.gnuplotFailed(message: complaint) }
        return try readOutput()
    }

    /// gnuplot opens our anonymous files by a name of the system's.
    private func path(_ descriptor: Int32) throws -> String {
        guard descriptor >= 0 else {
            throw PlotError.gnuplotFailed(message: "no memory for the plot: \(String(cString: strerror(errno)))")
        }
        return "/proc/\(getpid())/fd/\(descriptor)"
    }

    private func store(_ columns: [[Double]]) throws -> String {
        func collect(_ index: Int, _ pointers: [UnsafePointer<Double>]) -> Int32 {
            if index == columns.count {
                return CGAddColumns(session, pointers, Int32(columns.count), columns[0].count)
            }
            return columns[index].withUnsafeBufferPointer { buffer in
                guard let start = buffer.baseAddress else { return -1 }
                return collect(index + 1, pointers + [start])
            }
        }
        return try path(collect(0, []))
    }

    private func wait(_ deadline: Duration, _ isCancelled: @Sendable () -> Bool) throws {
        let end = ContinuousClock.now + deadline
        while true {
            switch CGWait(session, 20) {
            case CGStateDone: return
            case CGStateDied: throw died()
            default: break
            }
            let isLate = ContinuousClock.now >= end
            guard isLate || isCancelled() else { continue }
            mustKill = true
            throw isLate ? PlotError.timedOut(seconds: deadline.seconds) : PlotError.cancelled
        }
    }

    private func died() -> PlotError {
        mustKill = true
        return PlotError.gnuplotDied(message: complaints.first ?? "")
    }

    /// What gnuplot wrote to its standard error, without warnings and the lines that point at a place.
    private var complaints: [String] {
        let lines = String(cString: CGMessages(session)).split(whereSeparator: \.isNewline)
        return lines.filter { !$0.contains("warning:") }.map { line in
            String(line.drop { $0 == " " || $0 == "\t" })
        }.filter { !$0.isEmpty && $0 != "^" && !$0.hasPrefix("gnuplot>") && $0.contains(":") }
    }

    private func readOutput() throws -> [UInt8] {
        let size = CGOutputSize(session)
        guard size > 0 else { throw PlotError.gnuplotFailed(message: "it wrote no picture") }
        return try [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            guard let start = buffer.baseAddress, CGReadOutput(session, start, size) else {
                throw PlotError.gnuplotFailed(message: "its picture cannot be read")
            }
            count = size
        }
    }
}

extension Duration {
    /// The duration in seconds.
    fileprivate var seconds: Double { self / .seconds(1) }
}
