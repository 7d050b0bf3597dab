import Testing

@testable import Language

@Suite struct SyntaxPrinterTests {
    @Test(arguments: [
        ("x=1+2*3", "x = 1 + 2 * 3"), ("let y = 600M", "y = 600000000"), ("1.10", "1.1"), ("2e5", "200000.0"),
        ("5.0ms", "5ms"), ("f( 1,a: b )", "f(1, a: b)"), ("'a\"\\'", "\"a\\\"\\\\\""),
        ("{ 'a b' : 1 , c:2 }", "{\"a b\": 1, c: 2}"), ("{x,y->x}", "{x, y -> x}"), ("1 .. 5", "1..5"),
        ("f --- x", "f --- x"), ("a - -b", "a - -b"), ("- -3", "--3"), ("a|b\n|c", "a | b | c"), ("a;b", "a;\nb"),
        ("not(a)", "not (a)"), (" | f .x", "| f .x"), ("a.in[ 1 ]( )", "a.in[1]()"), ("x = -2**2", "x = -2 ** 2"),
        ("if a{b}else if c{}else{d;}", "if a {\n    b\n} else if c {} else {\n    d;\n}"),
        ("for x in 1..3{def g(a,b=2){a}}", "for x in 1..3 {\n    def g(a, b = 2) {\n        a\n    }\n}"),
        ("def f()=a|b 1", "def f() = a | b 1"), ("use 'x.nash'", "use \"x.nash\""),
    ]) func printsCanonically(_ text: String, _ expected: String) throws {
        let program = try Parser.parse(Source(name: "test", text: text))
        #expect(SyntaxPrinter.print(program) == expected)
        #expect(SyntaxInvariants.violation(in: text) == nil)
    }

    @Test(arguments: SyntaxExamples.all) func examplesKeepTheirMeaning(_ line: String) {
        #expect(SyntaxInvariants.violation(in: line) == nil)
    }
}
