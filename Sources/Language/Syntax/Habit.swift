/// What other languages write, and what to write here.
struct Habit: Sendable {
    let spelling: String
    let help: String

    /// The foreign sign that the bytes start with.
    static func spelling(at bytes: ArraySlice<UInt8>) -> Habit? {
        guard let first = bytes.first, let habits = signsByFirst[first] else { return nil }
        return habits.first { bytes.starts(with: $0.spelling.utf8) }
    }

    private static let signsByFirst: [UInt8: [Habit]] = Dictionary(grouping: signs) { $0.spelling.utf8.first ?? 0 }

    // Longer ones first; none of them is part of a correct text.
    private static let signs = [
        Habit(spelling: "%in%", help: "write `x in list`"),
        Habit(spelling: "%>%", help: "stages are joined by `|`"),
        Habit(spelling: "|>", help: "stages are joined by `|`"),
        Habit(spelling: "||", help: "write `or`; a pipe is one `|`"),
        Habit(spelling: "&&", help: "write `and`"),
        Habit(spelling: "&", help: "write `and`; nothing runs in the background"),
        Habit(spelling: "!==", help: "write `!=`"),
        Habit(spelling: "===", help: "write `==`"),
        Habit(spelling: "=>", help: "a function is `{x -> x + 1}`; greater or equal is `>=`"),
        Habit(spelling: "=<", help: "less or equal is `<=`"),
        Habit(spelling: "=~", help: "write `~` to match text with a regular expression"),
        Habit(spelling: "~=", help: "write `!=` for unequal, `~` to match text with a regular expression"),
        Habit(spelling: "<>", help: "write `!=`"),
        Habit(spelling: ":=", help: "write `=`"),
        Habit(spelling: "::", help: "names have no prefix: write the name alone"),
        Habit(spelling: "**=", help: "write `x = x ** 2`"),
        Habit(spelling: "+=", help: "write `x = x + 1`"),
        Habit(spelling: "-=", help: "write `x = x - 1`"),
        Habit(spelling: "*=", help: "write `x = x * 2`"),
        Habit(spelling: "/=", help: "write `x = x / 2`, or `!=` for unequal"),
        Habit(spelling: "//", help: "a comment starts with `#`; a quotient is `a / b`"),
        Habit(spelling: "/*", help: "a comment starts with `#` and ends with its line"),
        Habit(spelling: "%", help: "the remainder is `a mod b`; a percentage has no space: `90%`"),
        Habit(spelling: "^", help: "a power is `a ** b`"),
        Habit(spelling: "$", help: "names have no `$`: write the name alone"),
        Habit(spelling: "@", help: "names have no `@`: write the name alone"),
        Habit(spelling: "`", help: "text needs double quotes: \"…\""),
        Habit(spelling: "\\", help: "a line goes on by itself after `|`, `,`, `=` and operators, and inside brackets"),
    ]

    /// Signs that mean something only together with the one after them.
    static let lone: [UInt8: String] = [
        UInt8(ascii: "!"): "write `not x`; unequal is `!=`",
        UInt8(ascii: "?"):
            "`?name` gives help at the prompt, `help name` everywhere; `a ?? b` replaces a missing value",
    ]

    /// Words that start a function in other languages.
    static let functionWords: Set<String> = ["lambda", "function", "fn", "func"]

    /// Words that end a session in other programs.
    static let farewells: [String: String] = [
        "quit": "Ctrl-D ends the session", "exit": "Ctrl-D ends the session", "bye": "Ctrl-D ends the session",
    ]

    /// Words that start a statement in other languages.
    static let statementWords: [String: String] = [
        "import": "write `use \"file.nash\"`; the commands are all there from the start",
        "from": "write `use \"file.nash\"`; the commands are all there from the start",
        "return": "a function's last value is its result: write the value alone",
        "while": "there is no `while`: loop over a range or a table with `for x in 1..10 { … }`",
        "elif": "write `} else if … {`",
        "elseif": "write `} else if … {`",
    ]
}

/// Characters that look like one of the language's, from word processors and web pages.
struct LookAlike: Sendable {
    let name: String
    let help: String

    static let all: [Unicode.Scalar: LookAlike] = {
        var all: [Unicode.Scalar: LookAlike] = [:]
        for mark in "“”„‟«»″".unicodeScalars { all[mark] = .init(name: "the curly quote `\(mark)`", help: quotes) }
        for mark in "‘’‚‹›′".unicodeScalars { all[mark] = .init(name: "the curly quote `\(mark)`", help: quotes) }
        for mark in "‐‑‒–—―−".unicodeScalars { all[mark] = .init(name: "the dash `\(mark)`", help: "write `-`") }
        for (mark, sign) in signs { all[mark] = .init(name: "the sign `\(mark)`", help: "write `\(sign)`") }
        for value: UInt32 in [0xA0, 0x1680, 0x202F, 0x205F, 0x3000] + (0x2000...0x200A) { add(value, &all) }
        for value: UInt32 in [0x85, 0x0B, 0x0C, 0x2028, 0x2029] { add(value, &all) }
        for value: UInt32 in [0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF] { add(value, &all, isHidden: true) }
        return all
    }()

    private static let quotes = "text stands in straight quotes: \"…\""

    private static let signs: [Unicode.Scalar: String] = [
        "≤": "<=", "≥": ">=", "≠": "!=", "×": "*", "·": "*", "÷": "/", "→": "->", "←": "=", "…": "..", "¬": "not",
        "∧": "and", "∨": "or", "∈": "in", "，": ",", "：": ":", "；": ";", "（": "(", "）": ")", "｜": "|", "¦": "|",
        "＝": "=", "∣": "|", "￨": "|",
    ]

    private static func add(_ value: UInt32, _ all: inout [Unicode.Scalar: LookAlike], isHidden: Bool = false) {
        guard let scalar = Unicode.Scalar(value) else { return }
        let number = String(value, radix: 16, uppercase: true)
        let padded = String(repeating: "0", count: max(0, 4 - number.count)) + number
        let name = value == 0xA0 ? "a non-breaking space" : isHidden ? "an invisible character" : "an unusual space"
        all[scalar] = .init(
            name: "\(name) (U+\(padded))",
            help: isHidden ? "delete it: it often comes with pasted text" : "write an ordinary space in its place")
    }
}
