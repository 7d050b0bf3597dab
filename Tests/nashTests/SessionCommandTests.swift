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

    @Test func completesNamesAndValues() throws {
        let names = try #require(SessionCommand.completions(of: ":m", at: 2))
        #expect(names.replacements(of: "m", at: 1, in: ":m").map(\.text) == ["mode"])
        let values = try #require(SessionCommand.completions(of: ":mode j", at: 7))
        #expect(values.replacements(of: "j", at: 6, in: ":mode j").map(\.text) == ["json"])
        #expect(SessionCommand.completions(of: ":save x", at: 7) == nil)
    }

    @Test func aScriptHoldsOnlyWhatRan() {
        let transcript = Transcript()
        transcript.add(.init(source: "a = 1", output: "", isDone: true))
        transcript.add(.init(source: "b = oops", output: "", isDone: false))
        transcript.add(.init(source: "a", output: "\u{1b}[1m1\u{1b}[0m\n", isDone: true))
        #expect(transcript.script == "#%%\na = 1\n\n#%%\na\n")
        #expect(transcript.markdown.hasSuffix("```nash\na\n```\n\n```text\n1\n```\n"))
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
