import Language
import Testing

@testable import Commands

/// What is said of programs that are wrong: the code, the words, the place, and what to try.
@Suite struct ErrorsTests {
    struct Fault: CustomTestStringConvertible, Sendable {
        let program: String
        let code: Code
        /// The text that the first label underlines.
        let place: String
        let help: String?
        var isRejected = true

        init(_ program: String, _ code: Code, at place: String, help: String? = nil, isRejected: Bool = true) {
            (self.program, self.code, self.place, self.help, self.isRejected) = (program, code, place, help, isRejected)
        }

        var testDescription: String { program }
    }

    static let faults = [
        Fault(
            "t = nb201 | sample 2 | cost; t | where .parms > 1", .unknownColumn, at: ".parms",
            help: "did you mean `params`?"),
        Fault(
            "nb201 | sample 2 | query latency, device: pixel3 | where .latency < 5", .wrongUnit, at: "5",
            help: "did you mean 5ms?"),
        Fault(
            "nb201 | sample 2 | query accuracy, data: cifar10 | where .accuracy > 90", .wrongUnit, at: "90",
            help: "did you mean 90%?"),
        Fault("nb202 | count", .unknownName, at: "nb202", help: "did you mean `nb201`?"),
        Fault("nb201 | smaple 3", .unknownCommand, at: "smaple", help: "did you mean `sample`?"),
        Fault("nb201 | sample 3, sed: 1", .unknownArgument, at: "sed", help: "did you mean `seed`?"),
        Fault("nb201 | sample", .missingArgument, at: "sample"),
        Fault("nb201 | sample 3, 4", .tooManyArguments, at: "4"),
        Fault("nb201 | sample 3, seed: 1, seed: 2", .syntax, at: "seed"),
        Fault("nb201 | sample \"3\"", .wrongType, at: "\"3\""),
        Fault("nb201 | sample -3", .outOfRange, at: "-3"),
        Fault("nb201 | sample 3 | query latency, device: pixel4", .unknownConstant, at: "pixel4"),
        Fault("nb201 | sample 3 | query latency", .missingArgument, at: "latency"),
        Fault("nb201 | sample 3 | query accuracy, device: pixel3", .unknownArgument, at: "pixel3"),
        Fault(
            "nb201 | sample 3 | query accuracy, data: \"cifar10\"", .wrongType, at: "\"cifar10\"",
            help: "write `cifar10` without quotes"),
        Fault("nb201 = 3", .boundAgain, at: "nb201"),
        Fault("x = 3; x -1", .notACommand, at: "x", help: "write `x - 1`"),
        Fault("5ms + 3ep", .wrongUnit, at: "3ep"),
        Fault(".accuracy", .noRow, at: ".accuracy"),
        Fault("nb201 | first 3", .wrongInput, at: "first 3"),
        Fault("3 | sample 3", .wrongInput, at: "sample 3"),
        Fault("sample 3", .wrongInput, at: "sample 3"),
        Fault("[1, 2] | 3", .notACommand, at: "3"),
        Fault("nb201 | sample 2 | cost | plot .macs, .arch", .wrongType, at: ".arch"),
        Fault("nb201 | sample 2 | cost | plot .macs, to: \"x.jpeg\"", .plot, at: "\"x.jpeg\""),
        Fault("nb201 | sample 2 | cost | plot .macs, x_scale: lin", .unknownConstant, at: "lin"),
        Fault("nb201 | sample 2 | cost | pareto", .missingArgument, at: "pareto"),
        Fault("nb201 | sample 2 | cost | sort", .missingArgument, at: "sort"),
        Fault("nb201 | sample 2 | where .arch", .wrongType, at: ".arch"),
        Fault("nb201.size", .unknownField, at: "size"),
        Fault("f = {a -> a.b}; f(3)", .unknownField, at: "b", isRejected: false),
        Fault("def f(a) = a; f(1, 2)", .tooManyArguments, at: "f(1, 2)", isRejected: false),
        Fault("def f(n) = f(n + 1); f(0)", .recursion, at: "f(n + 1)", isRejected: false),
        Fault("[1, 2][5]", .outOfRange, at: "5", isRejected: false),
        Fault("arch nb201, \"|nor_conv_3x3~0|\"", .badFile, at: "\"|nor_conv_3x3~0|\"", isRejected: false),
        Fault("load \"no/such.csv\"", .file, at: "\"no/such.csv\"", isRejected: false),
        Fault("darts | enumerate", .tooMuch, at: "enumerate", isRejected: false),
        Fault("fail \"enough\"", .failed, at: "fail \"enough\"", isRejected: false),
        Fault("use \"no/such.nash\"", .file, at: "\"no/such.nash\""),
        Fault("if 3 { 1 }", .wrongType, at: "3"),
        Fault("for i in 3 { i }", .wrongType, at: "3"),
        Fault("9223372036854775807 + 1", .outOfRange, at: "1"),
        Fault(
            "nb201 | sample 2 | cost | hypervolume max: .params, reference: {parms: 1}", .missingArgument,
            at: "{parms: 1}", isRejected: false),
        Fault("5 ms", .syntax, at: "ms", help: "write the unit right behind the number, `5ms`"),
        Fault(
            "nb201 | sample 2 | query latency, device: pixel3 | where .latency < 5 ms", .syntax, at: "ms",
            help: "write the unit right behind the number, `5ms`"),
        Fault(
            "nb201 | sample 2 | query accuracy cifar10", .syntax, at: "cifar10", help: "write `, data: cifar10`"),
        Fault(
            "def f(t) {\n  count(t)\n  t | query(accuracy cifar10)\n}", .syntax, at: "cifar10",
            help: "write `, data: cifar10`"),
        Fault(
            "nb201 | sample 2 | cost | top 1 by -.params | count", .syntax, at: "by",
            help: "an argument's name has a colon: write `, by: -.params`"),
        Fault(
            "nb201 | sample 3 seed 0", .syntax, at: "seed",
            help: "an argument's name has a colon: write `, seed: 0`"),
        Fault(
            "nb201 | sample 3, seed 0", .syntax, at: "0",
            help: "a named argument is `seed: 0`; else separate arguments with `,`, stages with `|`"),
        Fault(
            "nb201 | query accuracy train_time", .syntax, at: "train_time",
            help: "separate arguments with `,` and stages with `|`"),
        Fault(
            "nb201 | query accuracy data: cifar10", .syntax, at: "data",
            help: "a comma is missing: write `, data: …`"),
        Fault(
            "nb201 | query accuracy 5", .syntax, at: "5", help: "separate arguments with `,` and stages with `|`"),
        Fault("quit", .unknownName, at: "quit", help: "Ctrl-D ends the session"),
        Fault("exit()", .unknownCommand, at: "exit", help: "Ctrl-D ends the session"),
        Fault(
            "nb201 | train data: digits", .wrongInput, at: "train data: digits",
            help: "train one architecture, as in `nb201 | sample 1 | train`, or all of them at once by "
                + "`method: sandwich` or `single_path`", isRejected: false),
        Fault(
            "[{arch: \"01210012\"}] | as_table | cost", .wrongType, at: "cost",
            help: "read its texts: `derive arch(macro, .arch), as: arch`", isRejected: false),
        Fault(
            "nb201 | sample 2 | where .arch == \"x\"", .wrongType, at: "\"x\"",
            help: "compare its text: `.arch.text == …`"),
        Fault(
            "arch macro, \"nb201:1,3,0,2,4,1\"", .badFile, at: "\"nb201:1,3,0,2,4,1\"",
            help: "use that space, or parse its text here", isRejected: false),
        Fault(
            "nb201 | sample 2 | cost | mean", .wrongInput, at: "mean",
            help: "take a column of the table first: `… | .params | mean`"),
        Fault(
            "nb201 | sample 2 | cost | mean .macs", .wrongInput, at: "mean .macs",
            help: "take a column of the table first: `… | .macs | mean`"),
        Fault(
            "macro | sample 2 | query latency, device: pixel3", .noAnswer, at: "pixel3",
            help: "there are latencies of nb201, fbnet; on this machine `measure latency` takes them",
            isRejected: false),
        Fault("load \"/no/such.csv\"", .file, at: "\"/no/such.csv\"", help: "check the path", isRejected: false),
        Fault(
            "space stages: [{channels: 8, kernels: 3}]", .wrongType, at: "[{channels: 8, kernels: 3}]",
            isRejected: false),
    ]

    @Test(arguments: faults)
    func `names the place and what to try`(_ fault: Fault) throws {
        let (diagnostic, isRejected) = try #require(Bench().error(fault.program))
        #expect(diagnostic.code == fault.code)
        #expect(isRejected == fault.isRejected)
        let label = try #require(diagnostic.labels.first)
        let text = Array(label.source.text.utf8)[label.span.start..<label.span.end]
        #expect(String(decoding: text, as: UTF8.self) == fault.place)
        if let help = fault.help { #expect(diagnostic.help == help) }
        #expect(!diagnostic.message.isEmpty && !Renderer().render(diagnostic).isEmpty)
    }

    @Test(arguments: [
        "[{arch: \"01210012\"}] | as_table | derive arch(macro, .arch), as: arch | cost | count",
        "[{arch: \"macro:0,1,2,1,0,0,1,2\"}] | as_table | derive arch(macro, .arch), as: arch | cost | count",
        "t = macro | sample 1; t | where .arch.text == t[0].arch.text | count",
    ]) func `what is advised works`(_ program: String) throws { #expect(try Bench().lines(program) == ["1"]) }

    @Test func `one too many is told in a sentence`() throws {
        let diagnostic = try #require(Bench().error("nb201 | sample 20000")).diagnostic
        #expect(
            diagnostic.message
                == "nb201: there are 15625 architectures, fewer than 20000; ask for at most 15625")
    }

    @Test func `one is no plural`() {
        #expect([0, 1, 2].map { $0.counting("epoch") } == ["0 epochs", "1 epoch", "2 epochs"])
    }

    @Test func `two labels tell of both sides, or of the table's origin`() throws {
        let sides = try #require(Bench().error("5ms + 3ep")).diagnostic.labels
        #expect(sides.map(\.remark) == ["a number of epochs", "a time"])
        let origin = try #require(Bench().error("nb201 | sample 2 | cost | where .parms > 1")).diagnostic.labels
        #expect(origin.map(\.span) == [Span(32, 38), Span(19, 23)])
    }

    @Test func `a cell that fails binds nothing`() throws {
        let bench = Bench()
        #expect(bench.error("x = 1; y = [1][3]") != nil)
        #expect(bench.error("x")?.diagnostic.code == .unknownName)
    }

    @Test func `nothing runs when a later line is wrong`() throws {
        let bench = Bench()
        #expect(bench.error("x = 1\nnb201 | sampel 3")?.isRejected == true)
        #expect(bench.error("x")?.diagnostic.code == .unknownName)
    }
}
