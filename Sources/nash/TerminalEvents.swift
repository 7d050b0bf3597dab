import CTerminal

/// The signals that came, or the call to wake up.
struct TerminalEvents: OptionSet, Sendable {
    let rawValue: UInt32

    static let interrupt = Self(rawValue: UInt32(TERMINAL_INTERRUPT))
    static let resize = Self(rawValue: UInt32(TERMINAL_RESIZE))
    static let stop = Self(rawValue: UInt32(TERMINAL_STOP))
    static let resume = Self(rawValue: UInt32(TERMINAL_CONTINUE))
    static let terminate = Self(rawValue: UInt32(TERMINAL_TERMINATE))
    static let hangup = Self(rawValue: UInt32(TERMINAL_HANGUP))
    static let quit = Self(rawValue: UInt32(TERMINAL_QUIT))

    /// Sleeps until something happens or `milliseconds` have passed.
    static func wait(milliseconds: Int32 = -1) -> TerminalEvents {
        var ready = false
        return TerminalEvents(rawValue: terminal_wait(-1, milliseconds, &ready))
    }

    /// Sleeps until something happens or `descriptor` can be read.
    static func wait(reading descriptor: Int32) -> (events: TerminalEvents, isReady: Bool) {
        var ready = false
        let events = TerminalEvents(rawValue: terminal_wait(descriptor, -1, &ready))
        return (events, ready)
    }
}
