import Commands
import Foundation
import Language
import Testing
import Training

/// `export` and `import` of networks.
@Suite final class ExportTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "nash-export-\(UUID())").path
    private let small = """
        n = arch nb201, "|none~0|+|nor_conv_3x3~0|none~1|+|skip_connect~0|none~1|avg_pool_3x3~2|" \
        | network input: [1, 8, 8], channels: 4, cells: 1, seed: 9\n
        """

    init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func path(_ name: String) -> String { "\(folder)/\(name)" }

    @Test(arguments: ["onnx", "safetensors"])
    func `what is imported does what was exported`(_ form: String) throws {
        let program = """
            \(small)n | export "\(path("best.\(form)"))"
            m = import "\(path("best.\(form)"))"
            [n | evaluate data: digits, m | evaluate data: digits]
            """
        let lines = try Bench().lines(small + "n | evaluate data: digits")
        let imported = try Bench().lines(
            program.split(separator: "\n").dropLast().joined(separator: "\n") + "\nm | evaluate data: digits")
        #expect(lines.last == imported.last)
        let read = "m = import \"\(path("best.\(form)"))\"\n"
        #expect(try Bench().lines(read + "m.arch.text").last == Bench().lines(small + "n.arch.text").last)
        #expect(try Bench().lines(read + "m.live_params").last == Bench().lines(small + "n.live_params").last)
        #expect(try Bench().lines(read + "m.weights").last?.contains("best.\(form)") == true)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["best.\(form)"])
    }

    @Test func `a network of an own space takes its architecture from that space`() throws {
        let mine = "mine = space input: [1, 8, 8], stages: [{channels: [4, 8]}]\n"
        let program = mine + "mine | sample 1, seed: 0 | .arch | each {a -> a | network | export \"\(path("a.onnx"))\"}"
        _ = try Bench().lines(program)
        let read = "import \"\(path("a.onnx"))\""
        #expect(try Bench().lines("m = \(read)\nm.arch").last?.contains("none") == true)
        #expect(try Bench().lines(mine + "m = \(read), space: mine\nm.arch.space.name").last == "mine")
    }

    @Test func `what cannot be exported says why`() throws {
        let cases = [
            (
                "n | export \"\(path("best.pt"))\"", "no network is written or read as `.pt`",
                "end the path in .onnx or .safetensors"
            ),
            (
                "n | export \"\(path("best"))\"", "`\(path("best"))` has no ending",
                "end the path in .onnx or .safetensors"
            ),
            (
                "n | export \"\(path("a.onnx"))\", format: jsonl",
                "`format` is for studies; a network's form is the ending of its path", "as in `export \"best.onnx\"`"
            ),
            (
                "n | export \"/no/such/folder/a.onnx\"",
                "/no/such/folder/a.onnx: the file cannot be written: No such file or directory",
                "check the path"
            ),
            ("n | export \"/dev/full\"", "`/dev/full` has no ending", "end the path in .onnx or .safetensors"),
        ]
        for (line, message, help) in cases {
            let diagnostic = try #require(Bench().error(small + line)).diagnostic
            #expect(diagnostic.message == message)
            #expect(diagnostic.help == help)
        }
        let none =
            "arch nb201, \"|none~0|+|none~0|none~1|+|none~0|none~1|none~2|\" | network | export \"\(path("a.onnx"))\""
        #expect(
            try #require(Bench().error(none)).diagnostic.message.contains("no path leads from the input to the output"))
        #expect(try #require(Bench().error("3 | export \"a.onnx\"")).isRejected)
    }

    @Test func `a full disk is told in the system's words`() throws {
        try FileManager.default.createSymbolicLink(atPath: path("a.onnx"), withDestinationPath: "/dev/full")
        let diagnostic = try #require(Bench().error(small + "n | export \"\(path("a.onnx"))\"")).diagnostic
        #expect(diagnostic.message == "\(path("a.onnx")): the file cannot be written: No space left on device")
        #expect(diagnostic.help == "make room, or choose another place")
    }

    @Test func `what cannot be imported says why`() throws {
        let text = path("text.onnx")
        try "hello, this is no model".write(toFile: text, atomically: true, encoding: .utf8)
        _ = try Bench().lines(small + "n | export \"\(path("whole.onnx"))\"")
        let whole = try Data(contentsOf: URL(filePath: path("whole.onnx")))
        try whole.prefix(whole.count / 2).write(to: URL(filePath: path("half.onnx")))
        for (file, message) in [
            ("text.onnx", ": byte 2: model: wire type 4 is none of ONNX's"), ("half.onnx", " and only "),
        ] {
            let diagnostic = try #require(Bench().error("import \"\(path(file))\"")).diagnostic
            #expect(diagnostic.message.hasPrefix("\(path(file)): byte "))
            #expect(diagnostic.message.contains(message), "\(diagnostic.message)")
            #expect(diagnostic.code == .badFile)
            #expect(diagnostic.help == "is it an ONNX file, and all of it?")
        }
        let missing = try #require(Bench().error("import \"\(path("none.onnx"))\"")).diagnostic
        #expect(missing.message == "\(path("none.onnx")): the file cannot be opened: No such file or directory")
        #expect(
            try #require(Bench().error("import \"a.pt\"")).diagnostic.help == "end the path in .onnx or .safetensors")
    }

    /// Other languages read code with this word.
    @Test func `code is not imported`() throws {
        let diagnostic = try #require(Bench().error("import \"lib.nash\"")).diagnostic
        #expect(diagnostic.message == "`import` reads networks, and lib.nash is code")
        #expect(diagnostic.help == "write `use \"lib.nash\"`")
        #expect(try #require(Bench().error("import lib")).diagnostic.help?.hasPrefix("write `use") == true)
    }

    @Test func `weights without a network say what to do`() throws {
        let n = try #require(NetworkHandle(Bench().value(small + "n")))
        try n.blueprint.wholeState().write(to: path("a.safetensors"))
        let diagnostic = try #require(Bench().error("import \"\(path("a.safetensors"))\"")).diagnostic
        #expect(diagnostic.message == "\(path("a.safetensors")) holds weights without the network that they belong to")
        #expect(diagnostic.help?.contains("| network | load_weights") == true)
    }

    /// A network of another program has no architecture, and words that need one say so.
    @Test func `a network without an architecture works as far as it can`() throws {
        _ = try Bench().lines(small + "n | export \"\(path("a.onnx"))\"")
        var bytes = try Data(contentsOf: URL(filePath: path("a.onnx")))
        let key = try #require(bytes.range(of: Data("nash.architecture".utf8)))
        bytes.replaceSubrange(key, with: Data("else.architecture".utf8))
        try bytes.write(to: URL(filePath: path("a.onnx")))
        let read = "m = import \"\(path("a.onnx"))\"\n"
        #expect(try Bench().lines(read + "m | evaluate data: digits | .samples").last == "359")
        #expect(try Bench().lines(read + "m.params").last == Bench().lines(small + "n.live_params").last)
        #expect(try Bench().lines(read + "m.arch").last?.contains("none") == true)
        let diagnostic = try #require(Bench().error(read + "m | score l2_norm")).diagnostic
        #expect(diagnostic.message == "`score` needs a network's architecture, and this one was imported without")
    }
}
