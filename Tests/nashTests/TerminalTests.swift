import Glibc
import Testing

/// The program as someone at a terminal finds it.
@Suite struct TerminalTests {
    @Test func echoesACellAndCountsOn() throws {
        let terminal = try PseudoTerminal()
        try terminal.prompt(1)
        terminal.enter("hello")
        try terminal.expect("echo table: \"hello\"\n")
        try terminal.prompt(2)
    }

    @Test func greetsWithWhatToType() throws {
        let terminal = try PseudoTerminal()
        #expect(try terminal.prompt(1).contains("`help` lists the words, Ctrl-D leaves\n"))
    }

    @Test func readsOnUntilACellIsWhole() throws {
        let terminal = try PseudoTerminal()
        try terminal.prompt(1)
        terminal.enter("[1,")
        try terminal.expect("    ...> ")
        terminal.enter("2]")
        try terminal.expect("echo table: \"[1,\\n2]\"")
        try terminal.prompt(2)
    }

    @Test func controlCForgetsTheLine() throws {
        let terminal = try PseudoTerminal()
        try terminal.prompt(1)
        terminal.type("half a li")
        try terminal.expect("half a li")
        terminal.type("\u{3}")
        try terminal.expect("^C")
        try terminal.prompt(1)
        terminal.enter("whole")
        try terminal.expect("echo table: \"whole\"\n")
    }

    @Test func controlCForgetsTheCellInAContinuation() throws {
        let terminal = try PseudoTerminal()
        try terminal.prompt(1)
        terminal.enter("(one")
        try terminal.expect("...> ")
        terminal.type("\u{3}")
        try terminal.prompt(1)
        terminal.enter("two")
        try terminal.expect("echo table: \"two\"\n")
    }

    @Test func controlCLeavesASearchOfTheHistory() throws {
        let terminal = try PseudoTerminal()
        try terminal.prompt(1)
        terminal.enter("needle")
        try terminal.prompt(2)
        terminal.type("\u{12}need")
        try terminal.expect("[7mneed")  // the match is shown: the search waits for a key
        terminal.type("\u{3}")
        try terminal.prompt(2)
        terminal.enter("after")
        try terminal.expect("echo table: \"after\"\n")
    }

    @Test func controlCCancelsAComputation() throws {
        let terminal = try PseudoTerminal()
        try terminal.prompt(1)
        terminal.enter("burn 600")
        try terminal.expect("burning")
        terminal.type("\u{3}")
        try terminal.expect("cancelled")
        try terminal.prompt(2)
        terminal.enter("alive")
        try terminal.expect("echo table: \"alive\"\n")
    }

    @Test func aSecondControlCGivesThePromptBack() throws {
        let terminal = try PseudoTerminal()
        try terminal.prompt(1)
        terminal.enter("block 600")
        try terminal.expect("\n")
        terminal.type("\u{3}")
        try terminal.expect("cancelling")
        terminal.type("\u{3}")
        try terminal.expect("left to itself")
        try terminal.prompt(2)
        terminal.enter("alive")
        try terminal.expect("echo table: \"alive\"\n")
        try terminal.prompt(3)
        terminal.type("\u{4}")
        #expect(try terminal.exitCode() == 0)
    }

    @Test func controlDLeavesInOrder() throws {
        let terminal = try PseudoTerminal()
        try terminal.prompt(1)
        terminal.type("\u{4}")
        #expect(try terminal.exitCode() == 0)
        #expect(terminal.isInOrder)
    }

    @Test func controlDGivesAnUnfinishedCellUp() throws {
        let terminal = try PseudoTerminal()
        try terminal.prompt(1)
        terminal.enter("(one")
        try terminal.expect("...> ")
        terminal.type("\u{4}")
        try terminal.prompt(1)
    }

    @Test(arguments: [(SIGTERM, 143), (SIGHUP, 129), (SIGQUIT, 131)] as [(Int32, Int32)])
    func aSignalEndsThePromptInOrder(_ signal: Int32, _ code: Int32) throws {
        let terminal = try PseudoTerminal()
        try terminal.prompt(1)
        terminal.type("half")
        try terminal.expect("half")
        #expect(!terminal.isInOrder)
        terminal.signal(signal)
        #expect(try terminal.exitCode() == code)
        #expect(terminal.isInOrder)
    }

    @Test(arguments: ["burn 600", "block 600"]) func sigtermEndsAComputation(_ cell: String) throws {
        let terminal = try PseudoTerminal()
        try terminal.prompt(1)
        terminal.enter(cell)
        try terminal.expect("\n")
        terminal.signal(SIGTERM)
        #expect(try terminal.exitCode() == 143)
        #expect(terminal.isInOrder)
    }

    @Test func controlZKeepsTheHalfTypedLine() throws {
        let terminal = try PseudoTerminal(["sh", "-i"], environment: ["PS1": "sh% ", "ENV": ""])
        try terminal.expect("sh% ")
        terminal.enter(PseudoTerminal.binary + " --echo")
        try terminal.prompt(1)
        terminal.type("half ty")
        try terminal.expect("half ty")
        terminal.type("\u{1a}")
        try terminal.expect("sh% ")
        terminal.enter("fg")
        try terminal.expect("half ty")
        terminal.enter("ped")
        try terminal.expect("echo table: \"half typed\"\n")
    }

    @Test func aComputationKnowsTheNewWidth() throws {
        let terminal = try PseudoTerminal(columns: 100)
        try terminal.prompt(1)
        terminal.enter("width")
        try terminal.expect("width 100\n")
        try terminal.prompt(2)
        terminal.resize(columns: 50)
        terminal.enter("width")
        try terminal.expect("width 50\n")
    }

    @Test func worksTwentyColumnsWide() throws {
        let terminal = try PseudoTerminal(columns: 20)
        try terminal.prompt(1)
        terminal.enter("burn 15")
        let bar = try terminal.expect("burned 15\n")
        #expect(bar.contains("ETA"))
        try terminal.prompt(2)
    }

    @Test func pastesSeveralLinesAsOneCell() throws {
        let terminal = try PseudoTerminal()
        try terminal.prompt(1)
        terminal.type("\u{1b}[200~one\ntwo\u{1b}[201~")
        try terminal.expect("two")
        terminal.enter("")
        try terminal.expect("echo table: \"one\\ntwo\"\n")
    }

    @Test func altEnterInsertsALineAndArrowsMoveBetween() throws {
        let terminal = try PseudoTerminal()
        try terminal.prompt(1)
        terminal.type("één\u{1b}\rtwo")
        try terminal.expect("two")
        terminal.enter("\u{1b}[AX\u{1b}[BY")
        try terminal.expect("echo table: \"éénX\\ntwoY\"\n")
    }

    @Test func showsCompletionsWithTheirHelp() throws {
        let terminal = try PseudoTerminal()
        try terminal.prompt(1)
        terminal.type("b\t")
        try terminal.expect("  block  sleep for n seconds")
        try terminal.expect("  burn   work for n tenths")
        try terminal.expect("nash[1]> b")
        terminal.type("u\t")
        try terminal.expect("urn ")
    }

    @Test func completesFileNamesInQuotes() throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("measured.csv", "")
        let terminal = try PseudoTerminal()
        try terminal.prompt(1)
        terminal.type("load \"\(folder.path)/mea\t")
        try terminal.expect(path + "\"")
    }

    @Test func editsTheCellElsewhere() throws {
        let folder = try TemporaryFolder()
        let editor = try folder.file("edit", "#!/bin/sh\necho \"$1\" > \"$2\"\necho more >> \"$2\"\n", mode: 0o755)
        let terminal = try PseudoTerminal(environment: ["EDITOR": editor + " edited"])
        try terminal.prompt(1)
        terminal.type("start\u{18}\u{5}")
        try terminal.expect("more")
        terminal.enter("")
        try terminal.expect("echo table: \"edited\\nmore\"\n")
    }

    @Test func editsAllLinesOfTheCell() throws {
        let folder = try TemporaryFolder()
        let editor = try folder.file("edit", "#!/bin/sh\necho ']' >> \"$1\"\n", mode: 0o755)
        let terminal = try PseudoTerminal(environment: ["VISUAL": editor])
        try terminal.prompt(1)
        terminal.enter("[1")
        try terminal.expect("...> ")
        terminal.type("2\u{18}\u{5}")
        try terminal.prompt(1)
        terminal.enter("")
        try terminal.expect("echo table: \"[1\\n2\\n]\"\n")
    }

    @Test func anEditorThatIsMissingLeavesTheCell() throws {
        let terminal = try PseudoTerminal(environment: ["EDITOR": "no-such-editor; true"])
        try terminal.prompt(1)
        terminal.type("start\u{18}\u{5}")
        try terminal.expect("cannot start the editor no-such-editor;")
        terminal.enter("ed")
        try terminal.expect("echo table: \"started\"\n")
    }

    @Test func showsABarForLongWorkAndErasesIt() throws {
        let terminal = try PseudoTerminal()
        try terminal.prompt(1)
        terminal.enter("burn 15")
        try terminal.expect("burning")
        try terminal.expect("ETA 0:0")
        try terminal.expect("\u{1b}[Kburned 15\n")
    }

    @Test func thePromptIsGreenUnlessColourIsUnwanted() throws {
        let colorful = try PseudoTerminal(environment: ["NO_COLOR": ""])
        try colorful.expect("\u{1b}[32mnash[1]> \u{1b}[0m")
        let plain = try PseudoTerminal([PseudoTerminal.binary, "--echo", "--no-color"], environment: ["NO_COLOR": ""])
        #expect(!(try plain.prompt(1).contains("\u{1b}[32m")))
    }

    @Test func dumbTerminalsSeeNeitherBarNorColour() throws {
        let terminal = try PseudoTerminal(environment: ["TERM": "dumb"])
        try terminal.prompt(1)
        terminal.enter("burn 13")
        try terminal.prompt(2)
        #expect(!terminal.text.contains("ETA"))
        #expect(!terminal.text.contains("\u{1b}"))
    }

    @Test func sessionCommandsSteerTheSession() throws {
        let folder = try TemporaryFolder()
        let terminal = try PseudoTerminal()
        try terminal.prompt(1)
        terminal.enter(":mode json")
        try terminal.prompt(1)
        terminal.enter("x")
        try terminal.expect("echo json: \"x\"\n")
        terminal.enter(":mode xml")
        try terminal.expect("`:mode` does not take `xml`: write table, json, csv, markdown")
        terminal.enter(":save \"\(folder.path)/s.md\"")
        try terminal.expect("saved ")
        #expect(try folder.text("s.md") == "```nash\nx\n```\n\n```text\necho json: \"x\"\n```\n")
        terminal.enter(":quit")
        #expect(try terminal.exitCode() == 0)
    }
}
