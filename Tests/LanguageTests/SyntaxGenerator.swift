/// Draws texts for fuzzing: correct ones from the grammar, and broken ones from correct ones.
struct SyntaxGenerator<Generator: RandomNumberGenerator> {
    var generator: Generator
    private var room = 0

    init(using generator: Generator) { self.generator = generator }

    /// A program that the grammar derives.
    mutating func program() -> String {
        room = 40
        return statements("\n")
    }

    /// A text with bytes or pieces of others put in, taken out, doubled or swapped.
    mutating func mutation(of texts: [String]) -> String {
        var bytes = Array(pick(texts).utf8)
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            let place = Int.random(in: 0...bytes.count, using: &generator)
            let end = min(bytes.count, place + Int.random(in: 0...6, using: &generator))
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: bytes.removeSubrange(place..<end)
            case 1: bytes.insert(contentsOf: pick(Self.pieces).utf8, at: place)
            case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
            case 3: bytes.insert(.random(in: 0...255, using: &generator), at: place)
            case 4: bytes.replaceSubrange(place..<end, with: pick(Self.pieces).utf8)
            default:
                let other = Array(pick(texts).utf8)
                let cut = Int.random(in: 0...other.count, using: &generator)
                bytes = Array(bytes[..<place] + other[cut...])
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static var pieces: [String] {
        [
            " ", "\n", "\t", "\r\n", "|", ",", "=", "->", ".", "..", "-", "--", "+", "*", "**", "/", "==", "!=", "<",
            "<=",
            ">", "~", "??", "(", ")", "[", "]", "{", "}", ":", ";", "#", "\"", "'", "\\", "\\u{", "%", "5ms", "1e",
            "1e9",
            "0.5", "99999999999999999999", "let ", "def ", "for ", " in ", "if ", " else ", "use ", " and ", " or ",
            "not ",
            " mod ", "true", "none", ".x", "x", "名前", "é", "e\u{301}", "😀", "\u{A0}", "“", "\u{0}", "\u{1B}[31m",
            "\u{202E}",
            "||", "&&", "|>", "!", "$", "{a, b -> ", "{a: ", "f(", "x = ", "lambda ", "import ", "\u{FEFF}", "\u{FE0F}",
        ]
    }

    private mutating func pick<T>(_ choices: [T]) -> T { choices[Int.random(in: 0..<choices.count, using: &generator)] }

    private mutating func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &generator) < share }

    /// Whether there is room to go deeper; every call takes some.
    private mutating func deeper() -> Bool {
        room -= 1
        return room > 0
    }

    private mutating func list(_ upTo: Int, _ separator: String, _ part: (inout Self) -> String) -> String {
        (0..<Int.random(in: 1...upTo, using: &generator)).map { _ in part(&self) }.joined(separator: separator)
    }
}

// The grammar, production by production.
extension SyntaxGenerator {
    private mutating func statements(_ separator: String) -> String {
        list(3, pick(["; ", "\n", "\n\n"])) { $0.statement() }
    }

    private mutating func statement() -> String {
        guard deeper() else { return "x" }
        switch Int.random(in: 0..<9, using: &generator) {
        case 0: return "\(pick(["", "let "]))\(name()) = \(pipeline())"
        case 1: return "def \(name())(a, b = \(expression())) = \(pipeline())"
        case 2: return "def \(name())() \(block())"
        case 3: return "for \(name()) in \(expression()) \(block())"
        case 4: return "if \(expression()) \(block())"
        case 5: return "if \(expression()) \(block()) else if \(expression()) \(block()) else \(block())"
        case 6: return "use \(string())"
        default: return pipeline()
        }
    }

    private mutating func block() -> String { "{ \(statements("\n")) }" }

    private mutating func pipeline() -> String {
        list(3, pick([" | ", "\n| ", " |\n  ", "|"])) { $0.stage() }
    }

    private mutating func stage() -> String {
        chance(0.5) ? "\(name()) \(arguments())" : expression()
    }

    private mutating func arguments() -> String {
        var number = 0
        return list(3, pick([", ", ",", ",\n"])) { generator in
            number += 1
            return generator.chance(0.4) ? "key\(number): \(generator.expression())" : generator.expression()
        }
    }

    mutating func expression() -> String {
        guard deeper() else { return primary() }
        return list(2, pick([" or ", " and "])) { $0.comparison() }
    }

    private mutating func comparison() -> String {
        let not = chance(0.1) ? "not " : ""
        guard chance(0.3) else { return not + sum() }
        return not + "\(sum()) \(pick(["==", "!=", "<", "<=", ">", ">=", "in", "~"])) \(sum())"
    }

    private mutating func sum() -> String {
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: list(3, pick([" + ", " - ", " * ", " / ", " mod "])) { $0.unary() }
        case 1: "\(unary()) ?? \(unary())"
        case 2: "\(unary()) .. \(unary())"
        default: unary()
        }
    }

    private mutating func unary() -> String {
        let power = chance(0.1) ? " ** \(postfix())" : ""
        return pick(["", "", "", "-", "-- ", "--- "]) + postfix() + power
    }

    private mutating func postfix() -> String {
        guard deeper() else { return primary() }
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: return "\(name())(\(arguments()))"
        case 1: return "\(name())[\(expression())]"
        case 2: return "\(name()).\(name()).in"
        case 3: return "f()(\(expression())).b[1]"
        default: return primary()
        }
    }

    private mutating func primary() -> String {
        switch Int.random(in: 0..<12, using: &generator) {
        case 0: return number()
        case 1: return string()
        case 2: return ".\(name())"
        case 3: return pick(["true", "false", "none"])
        case 4 where deeper(): return "(\(pipeline()))"
        case 5 where deeper(): return "[\(list(3, ", ") { $0.expression() })\(pick(["", ",", ",\n"]))]"
        case 6 where deeper(): return "{a: \(expression()), \"b c\": \(expression()),\n if: 1}"
        case 7 where deeper(): return "{\(pick(["a", "a, b", "_x1"])) -> \(pipeline())}"
        case 8: return pick(["[]", "{}", ". ", ".[0]"])
        default: return name()
        }
    }

    private mutating func name() -> String { pick(["x", "y", "a_b", "naswot", "名前", "_", "in_", "lets", "e5", "ms"]) }

    private mutating func number() -> String {
        pick([
            "0", "7", "1.5", "1e-3", "2E+5", "600M", "1.5k", "5ms", "90%", "0.25%", "81ep", "2GiB", "1.1M", "007",
            "3e3ms",
        ])
    }

    private mutating func string() -> String {
        pick([#""""#, #""a b""#, #""\n\t\"\\\u{3b1}""#, #"'\d+'"#, "\"two\nlines\"", "\"日本 😀\"", #""{}|#;""#])
    }
}
