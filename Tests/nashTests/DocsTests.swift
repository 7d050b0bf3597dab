import Foundation
import Language
import Testing

@testable import nash

/// The documents' examples are run, and print what the documents say.
///
/// A block fenced as `nash` is a cell; the block fenced as `text` behind it is what it prints, at a width of 80 columns.
/// The cells of a document run in one session, in an empty folder. `NASH_UPDATE_DOCS=1` writes what they print into the
/// documents instead.
@Suite struct DocsTests {
    /// Every document, by its path.
    static let documents = ["README.md"] + manuals.sorted().map { "docs/" + $0 }

    private static var manuals: [String] {
        let files = try? FileManager.default.contentsOfDirectory(atPath: root + "docs")
        return (files ?? []).filter { $0.hasSuffix(".md") }
    }

    @Test(arguments: documents)
    func `examples print what the document says`(_ path: String) throws {
        var document = Document(try Files.text(Self.root + path))
        let printed = try Self.run(document.examples.map(\.source))
        try #require(printed.count == document.examples.count)
        if environment("NASH_UPDATE_DOCS") != nil {
            document.update(printed)
            return try Files.replace(Self.root + path, with: Array(document.text.utf8))
        }
        for (example, text) in zip(document.examples, printed) {
            #expect(text == example.output, "\(path), line \(example.line)")
        }
    }

    @Test(arguments: documents)
    func `blocks that are not run are programs too`(_ path: String) throws {
        for source in Document(try Files.text(Self.root + path)).unrun {
            #expect(throws: Never.self) { try Parser.parse(Source(name: path, text: source)) }
        }
    }

    @Test func `there are documents with examples`() throws {
        #expect(Self.documents.contains("docs/manual.md"))
        #expect(try Document(Files.text(Self.root + "README.md")).examples.count > 3)
    }

    @Test func `the reference is as the declarations say`() throws {
        let written = try Files.text(Self.root + "docs/reference.md")
        #expect(
            try Self.run("'\(PseudoTerminal.binary)' --reference", "") == written,
            "docs/reference.md is stale: run scripts/reference")
    }

    @Test func `the sample script runs`() throws {
        let output = try Self.run("'\(PseudoTerminal.binary)' '\(Self.root)scripts/tour.nash'", "")
        #expect(output.contains("94.37"))
    }

    /// The package's folder, with a slash.
    private static let root: String = {
        let path = #filePath
        return path.ranges(of: "Tests/nashTests/").last.map { String(path[..<$0.lowerBound]) } ?? ""
    }()

    /// What cells print, in one session.
    private static func run(_ cells: [String]) throws -> [String] {
        let input = cells.map { $0 + "\u{1E}" }.joined()
        return try run("'\(PseudoTerminal.binary)' --cells", input)
            .split(separator: "\u{1E}", omittingEmptySubsequences: false).dropLast().map(String.init)
    }

    /// What a line of shell prints in an empty folder with `input`.
    private static func run(_ line: String, _ input: String) throws -> String {
        let folder = try TemporaryFolder()
        _ = try folder.file("input", input)
        var words = cWords([
            "bash", "-c",
            "cd '\(folder.path)' && export NASH_RUNS= NASH_STORE=\"$PWD/studies\" && \(line) < input > output",
        ])
        defer { words.forEach { free($0) } }
        var child = pid_t()
        try #require(posix_spawnp(&child, "bash", nil, nil, &words, environ) == 0)
        var status: Int32 = 0
        waitpid(child, &status, 0)
        #expect(status == 0)
        return try Files.text(folder.path + "/output")
    }
}

/// The blocks of code in a Markdown text.
struct Document {
    /// A cell, and what the document says that it prints.
    struct Example {
        var line: Int
        var source: String
        var output: String
    }

    private(set) var lines: [String]
    private(set) var examples: [Example] = []
    /// Programs that are shown and not run.
    private(set) var unrun: [String] = []
    /// The lines of each example's output, fences included; empty behind the cell where there is none.
    private var outputs: [Range<Int>] = []

    init(_ text: String) {
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var place = 0
        while let block = block(from: place) {
            place = block.upperBound
            switch lines[block.lowerBound] {
            case "```nash": add(block)
            case "```nash no-run": unrun.append(content(of: block))
            case "```text"
            where outputs.last.map { lines[$0.lowerBound..<block.lowerBound].allSatisfy(\.isEmpty) } == true:
                outputs[outputs.count - 1] = block
                examples[examples.count - 1].output = content(of: block)
            default: break
            }
        }
    }

    var text: String { lines.joined(separator: "\n") }

    /// Puts what the examples print in the place of what the document says.
    mutating func update(_ printed: [String]) {
        for (range, output) in zip(outputs, printed).reversed() {
            let block = output.isEmpty ? [] : ["```text"] + Self.lines(of: output) + ["```"]
            let gap = range.isEmpty && !block.isEmpty ? [""] : []
            lines.replaceSubrange(range, with: gap + block)
        }
    }

    private mutating func add(_ block: Range<Int>) {
        examples.append(Example(line: block.lowerBound + 1, source: content(of: block), output: ""))
        outputs.append(block.upperBound..<block.upperBound)
    }

    /// The next fenced block at or behind `place`, its fences included.
    private func block(from place: Int) -> Range<Int>? {
        guard let start = lines[place...].firstIndex(where: { $0.hasPrefix("```") }) else { return nil }
        guard let end = lines[(start + 1)...].firstIndex(of: "```") else { return nil }
        return start..<end + 1
    }

    private func content(of block: Range<Int>) -> String {
        lines[(block.lowerBound + 1)..<(block.upperBound - 1)].map { $0 + "\n" }.joined()
    }

    private static func lines(of text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }
}

extension Files {
    /// The text of a file.
    fileprivate static func text(_ path: String) throws -> String { String(decoding: try read(path), as: UTF8.self) }
}
