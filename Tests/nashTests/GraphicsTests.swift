import Plotting
import Testing

@testable import nash

/// Figures inside the terminal.
@Suite struct GraphicsTests {
    @Test func `a picture for kitty is cut into chunks that fit together`() {
        let png = (0..<10_000).map { UInt8($0 % 251) }
        let parts = Graphics.kittyImage(png).split(separator: "\u{1b}_G", omittingEmptySubsequences: true)
        #expect(parts.count == 4)
        #expect(parts[0].hasPrefix("a=T,f=100,m=1;"))
        #expect(parts.dropFirst().dropLast().allSatisfy { $0.hasPrefix("m=1;") })
        #expect(parts.last?.hasPrefix("m=0;") == true)
    }

    @Test(arguments: [
        ([UInt8]("M".utf8), "TQ=="), ([UInt8]("Ma".utf8), "TWE="), ([UInt8]("Man".utf8), "TWFu"), ([], ""),
    ])
    func `base 64 is RFC 4648's`(_ bytes: [UInt8], _ text: String) {
        #expect(Graphics.kittyImage(bytes) == "\u{1b}_Ga=T,f=100,m=0;\(text)\u{1b}\\\n")
    }

    @Test(arguments: [
        (["TERM": "xterm-kitty"], Graphics.kitty), (["TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"], .kitty),
        (["TERM": "foot"], .sixel), (["TERM": "xterm", "TERM_PROGRAM": "mintty"], .sixel),
        (["TERM": "xterm-kitty", "TMUX": "/tmp/tmux,1,0"], .text), (["TERM": "tmux-256color"], .text),
        (["TERM": "screen"], .text), (["TERM": "dumb"], .text), ([:], .text), (["TERM": "linux"], .text),
        (["TERM": "xterm-256color"], nil), (["TERM": "vt340"], nil),
    ])
    func `the environment tells of known terminals only`(_ variables: [String: String], _ expected: Graphics?) {
        #expect(Graphics { variables[$0] } == expected)
    }

    @Test(arguments: [
        ("\u{1b}_Gi=31;OK\u{1b}\\\u{1b}[?62;22c", Graphics.kitty, ""),
        ("\u{1b}_Gi=31;ENOENT:no\u{1b}\\\u{1b}[?62;4c", .sixel, ""),
        ("\u{1b}[?63;1;2;4;6c", .sixel, ""), ("\u{1b}[?4;6c", .text, ""), ("\u{1b}[?62;14;24c", .text, ""),
        ("ls\u{1b}[?62;4c -l\n", .sixel, "ls -l\n"), ("", .text, ""), ("\u{1b}[?62;", .text, "\u{1b}[?62;"),
        ("\u{1b}[Aé", .text, "\u{1b}[Aé"),
    ])
    func `an answer is told from what was typed`(_ bytes: String, _ expected: Graphics, _ typed: String) {
        let answer = TerminalAnswer(Array(bytes.utf8))
        #expect(Graphics(answer) == expected)
        #expect(String(decoding: answer.typed, as: UTF8.self) == typed)
    }

    @Test func `an unknown wish is told`() throws {
        for graphics in Graphics.allCases { #expect(Graphics.complaint(about: graphics.rawValue) == nil) }
        #expect(Graphics.complaint(about: "") == nil)
        let complaint = try #require(Graphics.complaint(about: "iterm"))
        #expect(complaint.contains("'iterm'") && complaint.contains("kitty, sixel, text"))
    }

    @Test(arguments: [
        Window(columns: 80, rows: 24, pixelWidth: 720, pixelHeight: 432), Window(columns: 40, rows: 10),
        Window(columns: 200, rows: 60, pixelWidth: 3600, pixelHeight: 2160), Window(columns: 300, rows: 80),
        Window(columns: 80, rows: 24, pixelWidth: 400, pixelHeight: 200),
    ])
    func `a picture is no wider and no higher than the window`(_ window: Window) {
        let figure = window.fitted(Figure())
        let width = window.pixelWidth > 0 ? window.pixelWidth : window.columns * 9
        #expect(figure.width <= width)
        if window.pixelHeight > 300 { #expect(figure.height <= window.pixelHeight) }
        #expect(abs(Double(figure.width) / Double(figure.height) - 1.6) < 0.02)
    }

    @Test func `letters are as high as the terminal's`() {
        let window = Window(columns: 200, rows: 60, pixelWidth: 3600, pixelHeight: 2160)
        #expect(window.fitted(Figure()).theme.fontSize == 24)
    }

    @Test func `a text plot leaves the prompt in the window`() {
        for rows in 12...80 { #expect(Window(columns: 120, rows: rows).plotRows <= max(10, rows - 3)) }
    }
}
