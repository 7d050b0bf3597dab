import Testing

/// Figures at the prompt, in terminals that answer nothing.
@Suite struct InlineFigureTests {
    private static let plot = "[{a: 1, b: 2}, {a: 2, b: 5}] | as_table | plot .a, .b"
    private static let question = "\u{1b}[c"

    private func terminal(_ environment: [String: String] = [:]) throws -> PseudoTerminal {
        try PseudoTerminal([PseudoTerminal.binary], environment: environment)
    }

    @Test func `the terminal is asked at the first figure only, and then shows characters`() throws {
        let terminal = try terminal()
        try terminal.prompt(1)
        terminal.enter("1 + 1")
        try terminal.prompt(2)
        #expect(!terminal.text.contains(Self.question), "nothing is asked before there is a figure")
        terminal.enter(Self.plot)
        try terminal.expect(Self.question)
        try terminal.expect("└")
        try terminal.prompt(3)
        terminal.enter(Self.plot)
        let second = try terminal.expect("└")
        #expect(!second.contains(Self.question))
    }

    @Test func `what is typed while the terminal is asked is typed at the next prompt`() throws {
        let terminal = try terminal()
        try terminal.prompt(1)
        terminal.type(Self.plot + "\r20 + 22\r30 +")
        try terminal.expect("└")
        try terminal.prompt(2)
        try terminal.expect("42")
        try terminal.prompt(3)
        terminal.enter(" 33")
        try terminal.expect("63")
    }

    @Test(arguments: [["TMUX": "/tmp/tmux"], ["TERM": "screen-256color"], ["NASH_GRAPHICS": "text"]])
    func `a terminal that passes no pictures on is not asked`(_ environment: [String: String]) throws {
        let terminal = try terminal(environment)
        try terminal.prompt(1)
        terminal.enter(Self.plot)
        try terminal.expect("└")
        try terminal.prompt(2)
        #expect(!terminal.text.contains(Self.question))
    }

    @Test func `an unknown wish is told once`() throws {
        let terminal = try terminal(["NASH_GRAPHICS": "iterm", "TERM": "screen"])
        try terminal.prompt(1)
        terminal.enter(Self.plot)
        try terminal.expect("none of kitty, sixel, text and none")
        try terminal.prompt(2)
        terminal.enter(Self.plot)
        let second = try terminal.expect("└")
        #expect(!second.contains("none of kitty"))
    }

    @Test func `a wish for no picture gets a line`() throws {
        let terminal = try terminal(["NASH_GRAPHICS": "none"])
        try terminal.prompt(1)
        terminal.enter(Self.plot)
        try terminal.expect("figure: b against a, 2 points")
        try terminal.prompt(2)
        #expect(!terminal.text.contains("└"))
    }
}
