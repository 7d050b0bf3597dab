import Commands
import Language
import Testing

@testable import Notebook

/// Which values have digests, and when they are the same.
@Suite struct DigestTests {
    init() { RecordedSession.useOwnStore }

    private func table(_ seconds: [Double], _ x: [Int] = [1, 2]) -> Value {
        .table(Table([Column("x", .ints(x)), Column("seconds", .floats(seconds))]))
    }

    @Test func `what the clock made does not count, and all else does`() {
        #expect(ValueDigest.of(table([1, 2])) == ValueDigest.of(table([3, 4])))
        #expect(ValueDigest.of(table([1, 2])) != ValueDigest.of(table([1, 2], [1, 3])))
        #expect(
            ValueDigest.of(.list([.record(Record([("a", .int(1)), ("busy", .float(2))]))]))
                == ValueDigest.of(.list([.record(Record([("a", .int(1)), ("busy", .float(3))]))])))
        #expect(ValueDigest.of(.int(1)) != ValueDigest.of(.string("1")))
    }

    @Test func `rows that describe a column of the clock do not count`() throws {
        let session = Session(vocabulary: .nash)
        var digests: [String] = []
        for seconds in [[1.5, 2], [1.5, 7]] {
            session.scope["t"] = table(seconds)
            try session.run(Source(name: "", text: "t | describe"), show: { digests.append(ValueDigest.of($0)) })
        }
        #expect(digests.count == 2 && digests[0] == digests[1])
    }

    @Test(arguments: [
        "nb201", "arch macro, \"01210012\" | network", "[{a: 1, b: 2}, {a: 2, b: 3}] | as_table | plot .a, .b",
        "digits",
        "nb201 | sample 30, seed: 0 | query accuracy, data: cifar10 | fit forest, target: .accuracy, seed: 0",
        "nb201 | lookup device: fpga", "arch macro, \"01210012\"",
    ])
    func `handles have the same digest in two sessions`(_ program: String) throws {
        let digests = try (0..<2).map { _ in
            var digest = ""
            try Session(vocabulary: .nash).run(
                Source(name: "", text: program), show: { digest = ValueDigest.of($0) })
            return digest
        }
        #expect(digests[0] == digests[1] && !digests[0].isEmpty)
    }

    /// Programs with, for each statement, whether what it gives derives from a measurement.
    @Test(
        arguments: [
            ("m = a | measure latency\nm\n1\nm = 2\nm", "yynnn"), ("x = 1; y = x + 1; y", "nnn"),
            ("a | roofline; a | roofline peak: 5G, bandwidth: 1G", "yn"),
            ("nb201 | lookup device: pixel3; nb201 | lookup device: host", "ny"),
            ("a | limit latency: 5ms; a | limit latency: 5ms, on: raspi4", "yn"),
            ("def f(x) = x | measure memory\nf(1)\na | f\n| count", "yyy"),
            ("def g(x) { y = measure(x); y }\ng(1)", "yy"),
            ("h.seconds; h | where .seconds > 1; h | where .epochs > 1", "yyn"),
            ("for i in 1..2 { x = a | measure latency }\nx", "yy"),
            ("x = 1; for i in 1..2 { x; x = measure(a) }\nx", "nyy"),
            ("if true { z = measure(a) } else { z = 1 }\nz", "yy"), ("m = measure(a)\n{q: [m]}\nmap = {u -> m}", "yyy"),
            ("a | measure latency\n1\n(|\n count)\nout[1]", "ynny"), ("use \"none.nash\"; 1", "nn"),
        ])
    func `what derives from a measurement is found by the text`(_ text: String, _ expected: String) throws {
        let source = Source(name: "x", text: text.replacing("(|\n count)", with: "2"))
        var names = MeasuredNames(.nash)
        let found = try Parser.parse(source).statements.map { names.take($0, of: source) ? "y" : "n" }
        #expect(found.joined() == expected)
    }

    @Test func `what is loaded from a file of measured values is measured`() throws {
        let folder = try Folder()
        let session = RecordedSession(into: folder.path + "/run")
        let file = folder.path + "/m.csv"
        func hasDigests(_ text: String) -> [Bool] {
            session.run(text).outputs.filter { $0.kind == .value }.map { $0.digest != nil }
        }
        session.run("t = [{x: 1, seconds: 2}, {x: 2, seconds: 3}] | as_table")
        #expect(hasDigests("t | derive .seconds, as: y | save \"\(file)\"") == [false])
        #expect(hasDigests("u = load \"\(file)\"\nu\nu | count\n1") == [false, false, true])
        #expect(hasDigests("v = load \"\(folder.path)/run/../m.csv\"\nv") == [false])
        #expect(hasDigests("def g(p) = load p\nw = g(\"\(file)\")\nw\ng(\"\(file)\") | count") == [false, false])
        #expect(hasDigests("for p in [\"\(file)\"] { z = load p }\nz") == [false])
        #expect(hasDigests("load \"\(file)\"\nfail \"no\"") == [false])
        #expect(hasDigests("v | save \"\(folder.path)/n.jsonl\"\nload \"\(folder.path)/n.jsonl\"") == [false, false])
        #expect(hasDigests("t | select .x | save \"\(file)\"\nload \"\(file)\"\nu") == [true, true, false])
    }

    @Test func `a file that is used is walked too`() throws {
        let folder = try Folder()
        try folder.file("lib.nash", "def f(x) = x | measure latency\nuse \"lib.nash\"\n")
        let source = Source(name: folder.path + "/main.nash", text: "use \"lib.nash\"\nf(1)\ng(1)")
        var names = MeasuredNames(.nash)
        let found = try Parser.parse(source).statements.map { names.take($0, of: source) }
        #expect(found == [true, true, false])
    }

    @Test func `a file that is as it was is hashed once`() throws {
        let folder = try Folder()
        let path = try folder.file("a", "abc")
        var files = DataFiles()
        let hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect(files.hash(path) == hash)
        #expect(files.hash(folder.path) == SHA256.text("\(hash)  a\n"))
        try folder.file("a", "abcd")
        #expect(files.hash(path) == SHA256.text("abcd"))
        #expect(files.hash(folder.path + "/none") == nil && files.record("/dev/null") == nil)
    }
}
