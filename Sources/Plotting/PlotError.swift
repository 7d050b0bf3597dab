/// Why a figure could not be drawn, and what to do.
public enum PlotError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The columns of a series do not fit together.
    case mismatchedColumns(String)
    /// An axis cannot be drawn as asked for.
    case badAxis(String)
    /// The file's ending names no picture format.
    case unknownFormat(path: String)
    /// The picture could not be written; `reason` is the system's.
    case unwritable(path: String, reason: String)
    /// gnuplot could not be started; `reason` is the system's.
    case missingGnuplot(program: String, reason: String)
    /// gnuplot ended before the picture was whole.
    case gnuplotDied(message: String)
    /// gnuplot could not draw the figure.
    case gnuplotFailed(message: String)
    /// gnuplot took too long and was ended; the next plot starts a new one.
    case timedOut(seconds: Double)
    /// The caller cancelled the plot.
    case cancelled

    /// The message for the user.
    public var description: String {
        switch self {
        case .mismatchedColumns(let reason), .badAxis(let reason): "cannot draw the figure: \(reason)"
        case .unknownFormat(let path):
            "cannot tell the picture format of '\(path)': end the name in \(PlotFormat.endings)"
        case .unwritable(let path, let reason):
            "cannot write the picture '\(path)': \(reason); the file is as it was before"
        case .missingGnuplot(let program, let reason):
            "cannot start gnuplot ('\(program)': \(reason)): install it with 'apt-get install gnuplot-nox', "
                + "or set NASH_GNUPLOT to its path"
        case .gnuplotDied(let message):
            "gnuplot ended before the picture was whole\(suffix(message)); plot again: a new one is started"
        case .gnuplotFailed(let message): "gnuplot could not draw the figure\(suffix(message))"
        case .timedOut(let seconds):
            "gnuplot did not finish within \(seconds) s and was ended; plot fewer points, or as png instead of svg"
        case .cancelled: "the plot was cancelled"
        }
    }

    private func suffix(_ message: String) -> String {
        message.isEmpty ? "" : ": \(message)"
    }
}
