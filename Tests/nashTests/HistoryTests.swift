import Testing

@testable import nash

/// Cells that outlive their session.
@Suite struct HistoryTests {
    @Test(arguments: ["a", "a\nb", "\\n", "a\\\nb\\\\", "#1 first\n#2 second", "é\n\n "])
    func aCellComesBackAsItWas(_ cell: String) {
        let line = History.line(for: cell)
        #expect(line.count { $0 == UInt8(ascii: "\n") } == 1)
        #expect(History.cells(in: line + History.line(for: "next")) == [cell, "next"])
    }

    @Test func anyBytesAreSomeHistory() {
        #expect(History.cells(in: [0xff, 0, 10, 10, 0x5c]) == ["\u{fffd}", ""])
    }

    @Test func isThereInTheNextSession() throws {
        let folder = try TemporaryFolder()
        let settings = ["NASH_HISTORY": folder.path + "/new/history"]
        let first = try PseudoTerminal(environment: settings)
        try first.prompt(1)
        for (number, line) in ["[1,", "2]", "two", "two"].enumerated() {
            first.enter(line)
            try first.expect(number == 0 ? "...> " : "> ")
        }
        #expect(try folder.text("new/history") == "[1,\\n2]\ntwo\n")
        let second = try PseudoTerminal(environment: settings)
        try second.prompt(1)
        second.enter("\u{1b}[A")
        try second.expect("echo table: \"two\"")
        try second.prompt(2)
        second.enter("\u{1b}[A\u{1b}[A")
        try second.expect("echo table: \"[1,\\n2]\"")
        first.enter("three")
        try first.expect("echo table: \"three\"")
        #expect(try folder.text("new/history") == "[1,\\n2]\ntwo\n[1,\\n2]\nthree\n")
    }

    @Test func survivesTheTerminalHangingUp() throws {
        let folder = try TemporaryFolder()
        let terminal = try PseudoTerminal(environment: ["NASH_HISTORY": folder.path + "/history"])
        try terminal.prompt(1)
        terminal.enter("kept")
        try terminal.prompt(2)
        terminal.signal(1)
        #expect(try terminal.exitCode() == 129)
        #expect(try folder.text("history") == "kept\n")
    }

    @Test func keepsTenThousandCells() throws {
        let folder = try TemporaryFolder()
        let long = (1...12_000).map { "\($0)\n" }.joined()
        let path = try folder.file("history", long)
        let terminal = try PseudoTerminal(environment: ["NASH_HISTORY": path])
        try terminal.prompt(1)
        let kept = try Files.read(path)
        #expect(History.cells(in: kept) == (2001...12_000).map(String.init))
    }

    @Test func aFileThatCannotBeWrittenIsToldOnce() throws {
        let terminal = try PseudoTerminal(environment: ["NASH_HISTORY": "/dev/null/history"])
        try terminal.prompt(1)
        terminal.enter("one")
        try terminal.expect("nash: cannot write /dev/null/history: Not a directory")
        try terminal.prompt(2)
        terminal.enter("two")
        #expect(!(try terminal.prompt(3).contains("cannot write")))
    }
}
