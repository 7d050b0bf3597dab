import CTerminal

/// What the program tells its caller.
enum ExitCode: Int32 {
    case done = 0
    /// An evaluation failed.
    case failed = 1
    /// Wrong usage.
    case usage = 2
    /// The program did not parse or check, and nothing ran.
    case rejected = 3
    case hangup = 129
    case cancelled = 130
    case quit = 131
    case terminated = 143

    /// The code for a program that ended so.
    init(_ status: CellOutcome.Status) {
        switch status {
        case .done: self = .done
        case .failed: self = .failed
        case .rejected: self = .rejected
        case .cancelled: self = .cancelled
        }
    }

    /// The code for the signal that asks the program to end, where one is among `events`.
    init?(_ events: TerminalEvents) {
        if events.contains(.hangup) {
            self = .hangup
        } else if events.contains(.terminate) {
            self = .terminated
        } else if events.contains(.quit) {
            self = .quit
        } else {
            return nil
        }
    }
}
