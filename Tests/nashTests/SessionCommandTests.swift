import Testing

@testable import nash

@Suite struct SessionCommandTests {
    @Test(arguments: [
        (":mode json", "mode", "json"), (":m  json ", "mode", "json"), (":save \"a b.md\"", "save", "a b.md"),
        (":q", "quit", ""),
    ])
    func parses(_ line: String, _ name: String, _ argument: String) throws {
        let parsed = try SessionCommand.parse(line)
        #expect(parsed.command.name == name)
        #expect(parsed.argument == argument)
    }

    @Test(arguments: [":", ":nosuch"]) func saysWhatThereIs(_ line: String) throws {
        let error = #expect(throws: SessionError.self) { try SessionCommand.parse(line) }
        #expect("\(try #require(error))".contains("`:help` lists them"))
    }

    @Test func exitIsToldHowToLeave() throws {
        let error = #expect(throws: SessionError.self) { try SessionCommand.parse(":exit") }
        #expect("\(try #require(error))".contains("Ctrl-D ends the session"))
    }

    @Test func whatCannotBeOpenedIsToldWithoutTheProgramsName() throws {
        let error = #expect(throws: SessionError.self) { _ = try SessionNotebook.open("no/such.nash") }
        #expect("\(try #require(error))".hasPrefix("cannot read no/such.nash: "))
    }

    @Test func completesNamesAndValues() throws {
        let names = try #require(SessionCommand.completions(of: ":m", at: 2))
        #expect(names.replacements(of: "m", at: 1, in: ":m").map(\.text) == ["mode"])
        let values = try #require(SessionCommand.completions(of: ":mode j", at: 7))
        #expect(values.replacements(of: "j", at: 6, in: ":mode j").map(\.text) == ["json"])
        #expect(SessionCommand.completions(of: ":save x", at: 7) == nil)
    }

    @Test func aScriptHoldsOnlyWhatRan() {
        var notebook = SessionNotebook()
        notebook.note(Cell(source: "a = 1", name: "cell 1", number: 1), .done, output: "")
        notebook.note(Cell(source: "b = oops", name: "cell 2", number: 2), .rejected, output: "")
        notebook.note(Cell(source: "a", name: "cell 3", number: 3), .done, output: "\u{1b}[1m1\u{1b}[0m\n")
        #expect(notebook.script == "#%%\na = 1\n\n#%% [3]\na\n")
        #expect(notebook.markdown.hasSuffix("```nash\na\n```\n\n```text\n1\n```\n"))
        #expect(notebook.listing(width: 40) == "1  done      a = 1\n2  rejected  b = oops\n3  done      a\n")
    }

    @Test func aCellThatRunsAgainKeepsItsPlace() throws {
        var notebook = SessionNotebook()
        for number in 1...3 { notebook.note(Cell(source: "\(number)", name: "", number: number), .done, output: "") }
        notebook.note(Cell(source: "two", name: "", number: 2), .failed, output: "")
        #expect(notebook.entries.map(\.cell.source) == ["1", "two", "3"])
        #expect(notebook.nextNumber == 4)
        #expect(try notebook.cells(notebook.numbers("2..3", for: "run")).map(\.number) == [2, 3])
        #expect(try notebook.numbers("", for: "run") == 1...3)
        for wrong in ["0", "4..9", "x", "3..2", "1..2..3"] {
            #expect(throws: SessionError.self) { try notebook.numbers(wrong, for: "run") }
        }
    }
}

@Suite struct EditorTests {
    @Test func theVariableIsWordsNotAShellLine() {
        #expect(Editor.command("code --wait", "vi") == ["code", "--wait"])
        #expect(Editor.command("", "ed; rm") == ["ed;", "rm"])
        #expect(Editor.command(nil, " ") == ["vi"])
    }
}

@Suite struct CandidateListTests {
    @Test(arguments: [8, 20, 40, 80]) func fitsTheWindow(_ width: Int) {
        let candidates = (1...30).map {
            Completions.Candidate(text: "candidate_\($0)", help: String(repeating: "help ", count: $0))
        }
        let text = CandidateList(width: width, height: 10, color: false).render(candidates)
        let lines = text.split(separator: "\n")
        #expect(lines.count == 10)
        #expect(lines.last == "  … 21 more")
        #expect(lines.dropLast().allSatisfy { $0.count < width })
    }
}
