import Language
import Testing

/// The language at work: what programs show.
@Suite struct SemanticsTests {
    @Test(arguments: [
        ("1 + 2 * 3", "7"), ("7 mod 3", "1"), ("2 ** 10", "1024"), ("7 / 2", "3.5"), ("\"a\" + \"b\"", "ab"),
        ("600M", "600000000"), ("2GiB / 1MiB", "2048"), ("90% > 89.5%", "true"), ("1s + 500ms", "1.5s"),
        ("none ?? 3", "3"), ("none == none", "false"), ("3 in 1..5", "true"), ("\"conv3\" ~ \"^conv\"", "true"),
        ("x = 4\nx + 1", "5"), ("let y = 2; y", "2"), ("[1, 2, 3][-1]", "3"), ("[1, 2, 3][0..1]", "[1, 2]"),
        ("{a: 1, b: 2}.b", "2"), ("def sq(x) = x ** 2; sq(5)", "25"), ("def twice(x) { y = x * 2; y }; 4 | twice", "8"),
        ("f = {a, b -> a * b}; f(6, 7)", "42"), ("if 2 > 1 { \"yes\" } else { \"no\" }", "yes"),
        ("s = 0; for i in 1..4 { s = s + i }; s", "10"), ("5; it + 1", "6"), ("log10(1000)", "3"),
        ("100 | sqrt", "10"), ("log(0) ?? -1", "-1"), ("[3, 1, 2] | sort | first 2", "[1, 2]"),
        ("t = [{a: 1, b: 2}, {a: 3, b: none}] | as_table; t | where .b > 0 | count", "1"),
        ("t = [{a: 1}, {a: 3}] | as_table; t | derive .a * 2, as: b | .b", "[2, 6]"),
        ("t = [{a: 1}, {a: 3}] | as_table; t | derive {r -> r.a + 1}, as: b | .b", "[2, 4]"),
        ("t = [{a: 1}, {a: 3}] | as_table; t.a | mean", "2"),
        ("t = [{a: 1}, {a: 3}] | as_table; t | .a + 1", "[2, 4]"),
        ("first([7, 8, 9], 2)", "[7, 8]"), ("[1, 2] | append [3] | sum", "6"),
        ("not true or false", "false"), ("true and (1 < 2)", "true"), ("-2 ** 2", "-4"),
    ])
    func `a program shows its value`(_ program: String, _ shown: String) throws {
        #expect(try Bench().lines(program).last == shown)
    }

    @Test func `results are kept by number`() throws {
        let bench = Bench()
        _ = try bench.lines("10")
        _ = try bench.lines("20")
        #expect(try bench.lines("out[1] + out[2]") == ["30"])
        #expect(try bench.lines("| {x -> x + 1}") == ["31"])
    }

    @Test func `a semicolon hides a result`() throws {
        #expect(try Bench().lines("1; 2\n3") == ["2", "3"])
    }

    @Test func `the same seed gives the same architectures, cells differ`() throws {
        let bench = Bench()
        #expect(
            try bench.lines("nb201 | sample 5, seed: 7 | .arch") == bench.lines("nb201 | sample 5, seed: 7 | .arch"))
        #expect(try bench.lines("nb201 | sample 5 | .arch") != bench.lines("nb201 | sample 5 | .arch"))
        #expect(try Bench().lines("nb201 | sample 5 | .arch") == Bench().lines("nb201 | sample 5 | .arch"))
    }

    @Test func `functions see names that are bound again`() throws {
        let bench = Bench()
        _ = try bench.lines("k = 1\ndef f(x) = x + k")
        _ = try bench.lines("k = 10")
        #expect(try bench.lines("f(1)") == ["11"])
    }

    @Test func `a space of one's own has the rights of the others`() throws {
        let bench = Bench()
        _ = try bench.lines(
            """
            mine = space stages: [
                {block: ["mbconv", "conv"], kernel: [3, 5], expand: [3, 6], channels: [16, 24], depth: [1, 2]},
                {channels: [32, 48], stride: 2}
            ], where: .params < 20k and .depth1 <= 2
            """)
        #expect(try bench.numbers("mine | enumerate | cost", "params").allSatisfy { $0 < 20_000 })
        #expect(try bench.lines("(mine | sample 1, seed: 0).arch[0] | neighbors | count") != ["0"])
        #expect(
            try bench.lines("mine | sample 20, seed: 0 | mutate seed: 1 | cost | where .params >= 20k | count") == ["0"]
        )
    }

    @Test func `a missing cell is no number`() throws {
        let bench = Bench()
        _ = try bench.lines("t = [{a: 1, b: 3}, {a: 2, b: none}, {a: 3, b: 1}] | as_table")
        #expect(try bench.table("t")["b"]?.numbers?[1].isNaN == true)
        #expect(try bench.numbers("t | correlate .a, with: .b", "rows") == [2])
        #expect(try bench.lines("t | pareto max: .b | count") == ["1"])
    }

    @Test func `a long computation stops when asked`() throws {
        let cancel = CancelToken()
        cancel.cancel()
        #expect(throws: CellError.self) {
            try Bench().session.run(
                Source(name: "test", text: "for i in 1..1000000000 { i }"), cancel: cancel)
        }
    }
}
