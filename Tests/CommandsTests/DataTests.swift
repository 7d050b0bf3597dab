import Commands
import Foundation
import Language
import Testing
import Training

/// Data sets as values of the language.
@Suite struct DataTests {
    @Test func `digits is a data set without being opened`() throws {
        #expect(try Bench().lines("digits.count") == ["1797"])
        #expect(try Bench().lines("[digits.train, digits.valid, digits.test]") == ["[1438, 0, 359]"])
        #expect(try Bench().lines("digits.class_names | first 2") == [#"["0", "1"]"#])
    }

    @Test func `splits are drawn by seed`() throws {
        #expect(try Bench().lines("(digits | data valid: 20%) == (data digits, valid: 20%)") == ["true"])
        #expect(try Bench().lines("(data digits, seed: 1) == digits") == ["false"])
        #expect(try Bench().lines("(data (data digits, size: 16), size: [4, 5]).shape") == ["[1, 4, 5]"])
    }

    @Test func `a table becomes features and classes`() throws {
        let table = #"[{a: 1, b: 2.5, c: "x", d: true}, {a: 2, b: 1, c: "y", d: false}] | as_table"#
        #expect(try Bench().lines("(\(table) | data target: .c, test: 0%).shape") == ["[2, 1, 1]"])
        #expect(try Bench().lines("(\(table) | data target: .d).class_names") == [#"["false", "true"]"#])
    }

    @Test(arguments: [
        ("data cifar10", "not its images", true), (#"data "no/such""#, "no/such: cannot be read", false),
        ("data digits, target: .x", "`target` belongs to a table", true),
        ("[{x: 1}] | as_table | data", "needs `target:`", true), ("data digits, valid: 100%", "less than 100%", false),
        ("data digits, size: [1, 2, 3]", "one or two positive", false), ("data 3", "takes a data set", true),
        (#"[{x: "a"}] | as_table | data target: .x"#, "no column of numbers", false),
        ("[{x: 1, y: 0.5}] | as_table | data target: .y", "holds no classes", false),
        ("nb201 | sample 1 | query accuracy, data: digits", "measured data set", true),
    ])
    func `errors say what was expected`(_ program: String, _ message: String, _ isRejected: Bool) throws {
        let error = try #require(Bench().error(program))
        #expect(error.diagnostic.message.contains(message))
        #expect(error.isRejected == isRejected)
    }

    @Test func `any command may take samples`() throws {
        #expect(try DataSource(bound: .value(.symbol(Symbol(kind: "data set", name: "digits")))).open().count == 1797)
        #expect(try DataSource(bound: .value(.handle(DataSetHandle(.digits)))).open().classes == 10)
        #expect(throws: CommandError.self) { try DataSource(bound: .value(.string("no/such"))).open() }
        #expect(throws: ArgumentError.self) {
            try DataSource(bound: .value(.symbol(Symbol(kind: "measured data set", name: "cifar10"))))
        }
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: cifar), "there is no ../shared/data"))
    func `CIFAR-10 opens from its folder`() throws {
        let lines = try Bench().lines(#"d = data "\#(Self.cifar)", valid: 50%; [d.train, d.valid, d.test, d.classes]"#)
        #expect(lines == ["[10000, 10000, 10000, 10]"])
    }

    static let cifar = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "../shared/data/cifar-10-batches-bin").standardized.path
}
