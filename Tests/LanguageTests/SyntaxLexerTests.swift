import Testing

@testable import Language

@Suite struct SyntaxLexerTests {
    private func kinds(_ text: String) throws -> [Token.Kind] {
        try Lexer.tokens(of: Source(name: "test", text: text)).map(\.kind).dropLast()
    }

    @Test(
        arguments: [
            ("600M", .int(600_000_000)), ("1.5k", .int(1500)), ("1.1M", .int(1_100_000)), ("2.50K", .int(2500)),
            ("1.2345k", .float(1234.5)), ("0.5", .float(0.5)), ("1e-3", .float(0.001)), ("2E+5", .float(200_000)),
            ("1e3k", .float(1e6)), ("007", .int(7)), ("1.0", .float(1)), ("9223372036854775807", .int(.max)),
            ("5ms", .quantity(5, .milliseconds)), ("90%", .quantity(90, .percent)), ("81ep", .quantity(81, .epochs)),
            ("2GiB", .quantity(2, .gibibytes)), ("3it", .quantity(3, .iterations)), ("1.5h", .quantity(1.5, .hours)),
            ("2e3ms", .quantity(2000, .milliseconds)), ("0.0", .float(0)),
            ("\"a\\n\\t\\\"\\\\\\u{3b1}\"", .string("a\n\t\"\\α")), ("'\\d+\"'", .string("\\d+\"")),
            ("\"日本 😀\"", .string("日本 😀")), ("\"two\nlines\"", .string("two\nlines")), ("\"\"", .string("")),
            ("naïve_名前2", .name("naïve_名前2")), ("_", .name("_")), ("not", .name("not")),
        ] as [(String, Token.Kind)]) func readsOne(_ text: String, _ kind: Token.Kind) throws
    {
        #expect(try kinds(text) == [kind])
    }

    @Test(arguments: Unit.allCases) func readsEveryUnit(_ unit: Unit) throws {
        #expect(try kinds("12\(unit.rawValue)") == [.quantity(12, unit)])
    }

    @Test(arguments: Sign.allCases) func readsEverySign(_ sign: Sign) throws {
        #expect(try kinds("\(sign.rawValue) 1") == [.sign(sign), .int(1)])
    }

    @Test(
        arguments: [
            ("1..5", [.int(1), .sign(.range), .int(5)]), ("a..b", [.name("a"), .sign(.range), .name("b")]),
            ("1.x", [.int(1), .sign(.dot), .name("x")]), ("x.ms", [.name("x"), .sign(.dot), .name("ms")]),
            ("a**-b", [.name("a"), .sign(.power), .sign(.minus), .name("b")]),
            ("#!/usr/bin/env nash\n#%% cell\na # end\n", [.name("a"), .newline]),
            ("\u{FEFF}a\r\nb", [.name("a"), .newline, .name("b")]),
            ("a |\n\n b\n\t| c", [.name("a"), .sign(.pipe), .name("b"), .sign(.pipe), .name("c")]),
            ("a = \n 1", [.name("a"), .sign(.assign), .int(1)]), ("\n\na", [.name("a")]),
        ] as [(String, [Token.Kind])]) func readsSeveral(_ text: String, _ expected: [Token.Kind]) throws
    {
        #expect(try kinds(text) == expected)
    }

    @Test func tokensKnowTheirPlaceAndTheSpaceBefore() throws {
        let tokens = try Lexer.tokens(of: Source(name: "test", text: "f -名 (2)"))
        #expect(
            tokens.map(\.span) == [
                Span(0, 1), Span(2, 3), Span(3, 6), Span(7, 8), Span(8, 9), Span(9, 10), Span(10, 10),
            ])
        #expect(tokens.map(\.isSpaced) == [true, true, false, true, false, false, false])
    }

    @Test(
        arguments: [
            ("5m", .badUnit, "`5ms`"), ("5seconds", .badUnit, "`5s`"), ("3gb", .badUnit, "`3GB`"),
            ("5µs", .badUnit, "`5us`"),
            ("10x", .badUnit, "MiB"), ("3x3", .badUnit, "needs quotes"), ("5epochs", .badUnit, "`5ep`"),
            ("1_000", .badNumber, "`1000`"), ("0x1F", .badNumber, ""), ("1e400", .badNumber, ""),
            ("1e-400", .badNumber, ""),
            ("99999999999999999999", .badNumber, "1e20"), ("10000000T", .badNumber, "1e20"), (".5", .badNumber, "0.5"),
            ("1.2.3", .badNumber, "quotes"), ("\"abc", .unterminated, "`\"`"), ("'abc\nb", .unterminated, "`'`"),
            ("\"\\q\"", .badEscape, "\\\\"), ("\"\\u{}\"", .badEscape, "3b1"), ("\"\\u{D800}\"", .badEscape, "3b1"),
            ("\"\\u{110000}\"", .badEscape, "3b1"), ("\"\\u41\"", .badEscape, "3b1"), ("\"\\", .unterminated, "`\"`"),
            ("\u{0}", .syntax, ""), ("😀", .syntax, ""), ("\u{A0}x", .syntax, "ordinary space"),
            ("“x”", .syntax, "straight quotes"), ("a – b", .syntax, "`-`"), ("a ≤ b", .syntax, "`<=`"),
            ("a\u{200B}b", .syntax, "delete it"),
        ] as [(String, Code, String)]) func refuses(_ text: String, _ code: Code, _ help: String)
    {
        let error = #expect(throws: Diagnostic.self) { try kinds(text) }
        #expect(error?.code == code)
        #expect(help.isEmpty || error?.help?.contains(help) == true, "\(error?.help ?? "no help")")
    }

    @Test func anOpenStringIsShownWhereItStarts() {
        let error = #expect(throws: Diagnostic.self) { try kinds("f 1, \"abc\nd") }
        #expect(error?.labels.first?.span == Span(5, 6))
    }

    @Test(
        arguments: [
            ([0x61, 0xFF], 1), ([0xC3], 0), ([0x61, 0xE2, 0x82], 1), ([0xEF, 0xBF, 0xBD, 0xEF, 0xBF], 3),
            ([0xED, 0xA0, 0x80], 0),
            ([0x61, 0x0A, 0x62, 0x80, 0x63], 3),
        ] as [([UInt8], Int)]) func badEncodingNamesItsOffset(_ bytes: [UInt8], _ offset: Int)
    {
        let error = #expect(throws: Diagnostic.self) { try Source(name: "file", bytes: bytes) }
        #expect(error?.code == .badEncoding)
        #expect(error?.labels.first?.span.start == offset)
    }

    @Test func goodBytesAreText() throws {
        #expect(try Source(name: "file", bytes: Array("a é 😀".utf8)).text == "a é 😀")
    }
}
