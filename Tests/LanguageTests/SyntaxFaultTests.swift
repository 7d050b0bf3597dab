import Testing

@testable import Language

/// Wrong programs, most of them as other languages write things, and what is said about them.
@Suite struct SyntaxFaultTests {
    @Test(arguments: [
        // Signs of other languages.
        ("a && b", "write `and`"), ("a || b", "write `or`"), ("!x", "`not x`"), ("x % 3", "`a mod b`"),
        ("5%3", "`a mod b`"),
        ("t |> f", "joined by `|`"), ("f => 3", "`{x -> x + 1}`"), ("x += 1", "`x = x + 1`"), ("a // b", "`a / b`"),
        ("2 ^ 3", "`a ** b`"), ("f $x", "names have no `$`"), ("a %in% b", "`x in list`"),
        ("f 1 \\", "goes on by itself"), ("x := 3", "write `=`"), ("a <> b", "`!=`"), ("a =~ b", "write `~`"),
        ("x <- 5", "`x < -5`"), ("++x", "no sign"), ("f(*x)", "not unpacked"), ("?sample", "help name"),
        // Words of other languages.
        ("lambda x: x + 1", "`{x -> x + 1}`"), ("derive y: function(x) x", "`{x -> x + 1}`"), ("import foo", "use"),
        ("from a import b", "use"), ("return x", "value alone"), ("while x < 3 { }", "for x in"),
        ("elif x { }", "else if"),
        // Arguments.
        ("sample --seed 0", "`seed: …`"), ("sample 10, --seed=0", "`seed: …`"), ("sample 10, seed=0", "`seed: …`"),
        ("f(seed=0)", "`seed: …`"), ("sample 10 seed: 0", "comma is missing"), ("sample 10, seed : 0", "`seed: …`"),
        ("f(\"seed\": 0)", "no quotes"), ("f 1 2", "separate arguments"), ("sample n 5", "`n: 5`"),
        ("f(a,)", "remove the comma"),
        ("f (x) (y)", "no space"), ("where t .a", "no space before its dot"), ("f a: 1, a: 2", "remove one"),
        // Comparison, binding, brackets.
        ("a < b < c", "`a < b and b < …`"), ("1..2..3", "two ends"), ("a == not b", "(not …)"),
        ("if x = 3 { y }", "`==`"),
        ("a.b = 3", "values do not change"), ("x = y = 3", "`y == …`"), ("x, y = 1, 2", "line of its own"),
        ("{a = 1}", "`a: …`"), ("{ -> 3}", "one parameter"), ("{a, b}", "a list `[a, b]`"),
        ("{a: 1, a: 2}", "remove one"),
        ("f(a, b, a: 1, b 2)", "`b: 2`"), ("a | | b", "write `or`"), ("(a: 1)", "{seed: 0}"),
        ("\"a\nb\" c \"d\"", "quote may be missing"),
        // Statements.
        ("if x: y", "between `{` and `}`"), ("def f(x): x", "between `{` and `}`"), ("if x\n{ }", "same line"),
        ("if a { b }\nelse { c }", "`} else {`"), ("for x y { }", "for x in"), ("use lib", "file.nash"),
        ("let x", "`let x = …`"), ("if = 3", "`==`"), ("for x in y { } | f", "give no value"),
        ("def f = 3", "def f(x)"),
        ("def f(a, a) = 3", "remove one"), ("x = if a { b }", "statement"), ("let for = 3", "`for_`"),
        (":mode json", "at the prompt"),
    ]) func saysWhatToWrite(_ text: String, _ help: String) {
        let error = #expect(throws: Diagnostic.self) { try outline(text) }
        #expect(error?.help?.contains(help) == true, "\(error?.message ?? "") / \(error?.help ?? "no help")")
        #expect(Parser.isComplete(text), "more text cannot mend it")
    }

    @Test(
        arguments: [
            ("(a, b)", .syntax, [2..<3]), ("f(a, b", .unterminated, [1..<2, 6..<6]), ("(a]", .syntax, [2..<3, 0..<1]),
            ("a)", .syntax, [1..<2]), ("[1, 2", .unterminated, [0..<1, 5..<5]),
            ("def f() {\n a\n", .unterminated, [8..<9, 12..<12]),
            ("for x in y { a) }", .syntax, [14..<15, 11..<12]), ("{a: 1, a: 2}", .syntax, [7..<8, 1..<2]),
            ("f(a; b)", .syntax, [3..<4]), ("x = ", .syntax, [3..<3]),
        ] as [(String, Code, [Range<Int>])]) func labelsBothEnds(_ text: String, _ code: Code, _ spans: [Range<Int>])
    {
        let error = #expect(throws: Diagnostic.self) { try outline(text) }
        #expect(error?.code == code)
        #expect(error?.labels.map { $0.span.start..<$0.span.end } == spans)
    }

    @Test(arguments: [
        "(", "(a b", "[1, 2", "{a: 1", "{x ->", "f(", "a |", "a = ", "f 1,", "a +", "a and", "not", "x ==", "\"abc",
        "'abc",
        "def f(x) {",
        "for x in y {\n a", "if a { b } else {", "a ?? ", "x[", "f(a,\n", "def f(x) =", "a |  # remark", "{a, b ->",
        "if a {", "(\"a)", "x **",
    ]) func isIncomplete(_ text: String) { #expect(!Parser.isComplete(text)) }

    @Test(arguments: [
        "", "a", "a;", "# remark", "f 1, 2", "(a]", "a &&", "if x", "for x in y", "def f(x)", "5m +", "let",
        "use", "a.",
        "f --seed", "\"\\q", "a < b <", "{a: 1}", "\n\n", "x = 99999999999999999999 +", "(“",
    ]) func isCompleteOrBeyondMending(_ text: String) { #expect(Parser.isComplete(text)) }

    @Test(arguments: [
        String(repeating: "(", count: 20_000), String(repeating: "-", count: 20_000) + " 1",
        "x = " + String(repeating: "not ", count: 20_000) + "x", String(repeating: "[", count: 20_000),
        String(repeating: "{a: ", count: 20_000), String(repeating: "{x -> ", count: 20_000),
        "2" + String(repeating: " ** 2", count: 20_000), "1" + String(repeating: " + 1", count: 20_000),
        "a" + String(repeating: ".b", count: 20_000), "a" + String(repeating: "()", count: 20_000),
        "if a { }" + String(repeating: " else if a { }", count: 20_000),
        String(repeating: "if a { ", count: 20_000), String(repeating: "f (", count: 20_000),
        String(repeating: "f(a: ", count: 20_000), String(repeating: "a[", count: 20_000),
        "a" + String(repeating: " and a", count: 20_000),
    ]) func depthIsLimited(_ text: String) {
        let error = #expect(throws: Diagnostic.self) { try outline(text) }
        #expect(error?.code == .tooDeep)
        #expect(Parser.isComplete(text))
    }

    @Test func whatIsLongIsNotDeep() throws {
        let list = "[" + (1...50_000).map { "\($0) + 1" }.joined(separator: ", ") + "]"
        #expect(try outline(list).hasPrefix("[(+ 1 1) (+ 2 1)"))
        let stages = "t" + String(repeating: " | first 1", count: 20_000)
        #expect(try outline(stages).hasPrefix("<t | (first! 1)"))
        let chain = (1...900).map { "x\($0)" }.joined(separator: " or ")
        #expect(try outline(chain).hasPrefix("(or (or"))
    }
}
