import Testing

@testable import Language

func outline(_ text: String) throws -> String {
    SyntaxOutline.of(try Parser.parse(Source(name: "test", text: text)))
}

@Suite struct SyntaxParserTests {
    @Test(arguments: SyntaxExamples.all) func readsExample(_ line: String) throws {
        let program = try Parser.parse(Source(name: "example", text: line))
        #expect(!program.statements.isEmpty)
        #expect(Parser.isComplete(line))
    }

    @Test(arguments: [
        // Rule 1: the space decides between a command and an expression.
        ("x -1", "(x! (- 1))"), ("x - 1", "(- x 1)"), ("x-1", "(- x 1)"), ("x -y", "(x! (- y))"),
        ("f (a)", "(f! (paren a))"), ("f(a)", "(call f a)"), ("f [1]", "(f! [1])"), ("f[1]", "(at f 1)"),
        ("f .a", "(f! .a)"), ("f.a", "(get f a)"), ("f {a: 1}", "(f! {\"a\": 1})"), ("f .", "(f! .)"),
        ("f \"s\"", "(f! \"s\")"), ("f none", "(f! none)"), ("f not .a", "(f! (not .a))"),
        ("x and y", "(and x y)"), ("x in y", "(in x y)"), ("x mod 3", "(mod x 3)"),
        ("t | where .a == 1 | first", "<t | (where! (== .a 1)) | first>"),
        ("n = network (arch s, \"x\"), a: 1", "(bind n (network! (paren (arch! s \"x\")) a:1))"),
        // Precedence.
        ("a or b and not c == d", "(or a (and b (not (== c d))))"), ("1 + 2 * 3", "(+ 1 (* 2 3))"),
        ("-2 ** 2", "(- (** 2 2))"), ("2 ** -1 ** 3", "(** 2 (- (** 1 3)))"), ("2 ** 3 ** 2", "(** 2 (** 3 2))"),
        ("a ?? b ?? 1..5 + 1", "(?? (?? a b) (.. 1 (+ 5 1)))"), ("1 - 2 - 3", "(- (- 1 2) 3)"),
        ("not not a", "(not (not a))"), ("a.b(1)[2].c", "(get (at (call (get a b) 1) 2) c)"),
        (".a + .b", "(+ .a .b)"), (".[\"a b\"]", "(at . \"a b\")"),
        // Line ends.
        ("a\n| b\n  # remark\n\n| c", "<a | b | c>"), ("a |\nb", "<a | b>"), ("x =\n 3", "(bind x 3)"),
        ("f 1,\n 2", "(f! 1 2)"), ("a; b\nc;", "a;\nb\nc;"), ("f(\n1\n,\n2\n)", "(call f 1 2)"),
        ("[1,\n2,\n]", "[1 2]"), ("(a\n| b)", "(paren <a | b>)"), ("{x ->\n x\n}", "{x -> x}"), ("a +\nb", "(+ a b)"),
        ("a;\n| b", "a;\n| b"), ("| b | c", "| <b | c>"), ("\n\n# only a remark\n", ""), (";;", ""),
        ("def f(x,\n y) {\n a = (x\n + 1)\n a\n}\nf(2)", "(def f [x y] {(bind a (paren (+ x 1)))\na})\n(call f 2)"),
        // Words of the language where no value's name stands.
        ("t | select .in, .mod", "<t | (select! .in .mod)>"), ("a.not", "(get a not)"), ("{if: 1}", "{\"if\": 1}"),
        ("f in: 3", "(f! in:3)"), ("let let_ = 3", "(bind let_ 3)"),
        ("if a { b } else if c { d } else { e }", "(if a {b} (if c {d} {e}))"),
    ]) func reads(_ text: String, _ expected: String) throws {
        #expect(try outline(text) == expected)
    }
}
