import Language
import Notebook
import Testing

/// The `#%%` form of notebooks.
@Suite struct NotebookFileTests {
    private static let example = """
        #!/usr/bin/env nash
        # What this is about.

        #%% [md] Intro
        # # Heading
        #
        # Some *text*.

        #%% First
        a = [1,
            2]

        #%% [5]
        a
        #%%
        #%% [md]
        #no blank
        """

    @Test func `cells have titles, numbers, sources and lines`() throws {
        let file = try NotebookFile(Self.example, name: "x.nash")
        #expect(file.cells.map(\.kind) == [.text, .code, .code, .code, .text])
        #expect(file.cells.map(\.title) == ["Intro", "First", "", "", ""])
        #expect(file.cells.map(\.number) == [0, 1, 5, 6, 0])
        #expect(file.cells.map(\.source) == ["# Heading\n\nSome *text*.", "a = [1,\n    2]", "a", "", "no blank"])
        #expect(file.cells.map(\.line) == [5, 10, 14, 16, 17])
        #expect(file.text == Self.example)
    }

    @Test func `what stands before the first marker is a cell if it is more than comments`() throws {
        let file = try NotebookFile("# one\nx = 1\n\n#%% Two\nx\n", name: "x")
        #expect(file.cells.map(\.source) == ["# one\nx = 1", "x"])
        #expect(file.cells.map(\.number) == [1, 2])
        #expect(try NotebookFile("# one\n\n#%% Two\nx\n", name: "x").cells.map(\.number) == [1])
    }

    @Test func `a file without markers is one cell`() throws {
        let file = try NotebookFile("#!/usr/bin/env nash\n1 +\n", name: "x")
        #expect(file.cells.map(\.source) == ["#!/usr/bin/env nash\n1 +"])
        #expect(!NotebookFile.hasMarkers("x #%%\n #%%\n"))
        #expect(NotebookFile.hasMarkers("x\n#%%\n"))
    }

    @Test(
        arguments: [
            ("#%% [md Title\nx\n", 1, "is never closed"), ("\n#%% [0]\n", 2, "neither `[md]` nor the number"),
            ("#%% [two]\n", 1, "`[two]` is neither"), ("#%% [-1]\n", 1, "neither"), ("#%% []\n", 1, "neither"),
            ("#%% [99999999999999999999]\n", 1, "neither"), ("#%%Title\n", 1, "a blank is expected"),
            ("#%%\n1\n#%% [1]\n", 3, "cell 1 stands behind cell 1"),
            ("#%% [3] Title\n(1 +\n\n#%%\n2\n", 4, "cell 3 `Title`, which begins at line 1, is not complete"),
            ("1 |\n#%%\n", 2, "cell 1, which begins at line 1, is not complete: the cell ends at line 2"),
            ("#%% [md]\n# a\n\nb\n", 4, "a line in a cell of text begins with `#`"),
        ] as [(String, Int, String)])
    func `an error says where and what`(_ text: String, _ line: Int, _ message: String) throws {
        let error = #expect(throws: NotebookError.self) { try NotebookFile(text, name: "x.nash") }
        #expect(error?.line == line)
        #expect("\(try #require(error))".contains(message))
        #expect("\(try #require(error))".hasPrefix("x.nash:\(line): "))
    }

    @Test func `an error of a file points at its line`() throws {
        let text = "x = 1\n#%% [md\n"
        let error = try #require(#expect(throws: NotebookError.self) { try NotebookFile(text, name: "x.nash") })
        let label = try #require(error.diagnostic(in: text).labels.first)
        #expect(label.span.start == 6 && label.span.end == 13)
    }

    /// Files of every form that can be, from a seed.
    @Test(arguments: 0..<300 as Range<UInt64>)
    func `a file prints as it was read, and its cells make the same file`(_ seed: UInt64) throws {
        var generator = Generator(state: seed)
        let text = generator.file()
        let file = try NotebookFile(text, name: "x")
        #expect(file.text == text)
        let lines = Self.lines(of: text)
        for cell in file.cells where !cell.source.isEmpty {
            #expect(lines[cell.line - 1].contains(Self.lines(of: cell.source)[0]))
        }
        var previous = 0
        let again = file.cells.map { cell in
            defer { previous = max(previous, cell.number) }
            return cell.kind == .text
                ? NotebookCell(text: cell.source, title: cell.title)
                : NotebookCell(code: cell.source, title: cell.title, number: cell.number, after: previous)
        }
        let copy = try NotebookFile(NotebookFile.text(of: again), name: "copy")
        #expect(copy.cells.map(\.number) == file.cells.map(\.number))
        #expect(copy.cells.map(\.title) == file.cells.map(\.title))
        #expect(copy.cells.map(\.kind) == file.cells.map(\.kind))
        // Of Markdown the lines' ends are new.
        #expect(copy.cells.map { $0.source.filterReturns() } == file.cells.map { $0.source.filterReturns() })
    }
}

extension NotebookFileTests {
    private static func lines(of text: String) -> [String] {
        text.filterReturns().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}

extension String {
    /// The text with `\n` for `\r\n`.
    fileprivate func filterReturns() -> String {
        String(String.UnicodeScalarView(unicodeScalars.filter { $0 != "\r" }))
    }
}

/// Draws files of cells.
private struct Generator: RandomNumberGenerator {
    var state: UInt64

    /// SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014).
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }

    mutating func file() -> String {
        // Lines that end in `\r\n` are left to files without strings over several lines.
        let end = Bool.random(using: &self) ? "\n" : "\r\n"
        var lines = pick([[], ["#!/usr/bin/env nash", ""], ["# a comment"], ["x = 1", "# y"]])
        var number = lines.contains("x = 1") ? 1 : 0
        for _ in 0..<Int.random(in: 1...6, using: &self) {
            if Bool.random(using: &self) {
                lines.append("#%%" + pick([" [md]", "  [ md ] ", " [md] Über `alles`", "\t[md] a ] b"]))
                lines += some(["# text", "#", "", "#tight", "# # Heading", "#   * item", "# ü 漢"])
            } else {
                number += 1
                let jump = number + Int.random(in: 0...3, using: &self)
                let marker = pick([
                    "", " ", " Title", " Title of (all) [x]", " [\(jump)]", " [ \(jump) ] [in] brackets",
                ])
                if marker.contains("\(jump) ]") || marker.contains("[\(jump)]") { number = jump }
                lines.append("#%%" + marker)
                lines += some(["a = 1", "", "  # indented", "[1,", "x | where .a > 1", "\"ä\"", "(", ")"])
                if !complete(lines) { lines.append("]))))") }
            }
        }
        return lines.joined(separator: end) + pick(["", end, end + end])
    }

    /// Whether brackets are closed in the last cell; what closes them may as well be wrong, for it parses elsewhere.
    private func complete(_ lines: [String]) -> Bool {
        let cell = lines.reversed().prefix { !$0.hasPrefix("#%%") }.joined()
        return !cell.contains("[") && !cell.contains("(")
    }

    private mutating func pick<Item>(_ items: [Item]) -> Item { items[Int.random(in: 0..<items.count, using: &self)] }

    private mutating func some(_ items: [String]) -> [String] {
        (0..<Int.random(in: 0...5, using: &self)).map { _ in pick(items) }
    }
}
