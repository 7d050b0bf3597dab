import Commands
import Foundation
import Language
import Testing

/// The words on predictors, from a table to a file.
@Suite struct PredictorsTests {
    let bench = Bench()
    static let train = "train = nb201 | sample 60, seed: 0 | query accuracy, data: cifar10;"

    @Test func `a forest guesses the rest of the space in order`() throws {
        let kendall = try bench.numbers(
            """
            \(Self.train) rf = train | fit forest, target: .accuracy, trees: 30, seed: 0;
            nb201 | sample 500, seed: 1 | predict rf | query accuracy, data: cifar10
            | correlate .prediction, with: .accuracy, method: kendall
            """, "kendall")
        #expect(try #require(kendall.first) > 0.65)
    }

    /// More rows than the space has cells twice over: each cell is guessed once. More rows than a block: in two blocks.
    @Test(arguments: ["macro | sample 14000, seed: 2, distinct: false", "fbnet | sample 33000, seed: 2"])
    func `many rows are guessed as a few are`(_ rows: String) throws {
        let space = rows.prefix { $0 != " " }
        let program = """
            p = \(space) | sample 30, seed: 1 | cost | fit forest, target: .macs, trees: 5, features: adjacency, seed: 0;
            rows = \(rows);
            """
        let all = try bench.numbers("\(program) rows | predict p", "prediction")
        let last = try bench.numbers("\(program) rows | last 25 | predict p", "prediction")
        #expect(last.count == 25 && Array(all.suffix(25)) == last)
        #expect(Set(last).count > 5)
    }

    @Test func `gains are for predictors that are made of trees`() throws {
        let forest = try bench.numbers(
            "\(Self.train) p = train | fit forest, target: .accuracy, trees: 10, seed: 0; p | importance by: gain, top: 0",
            "importance")
        #expect(abs(forest.reduce(0, +) - 1) < 1e-9)
        #expect(forest == forest.sorted(by: >))
        let error = try #require(
            bench.error("\(Self.train) p = train | fit knn, target: .accuracy, seed: 0; p | importance by: gain"))
        #expect(error.diagnostic.message.contains("not made of trees alone"))
    }

    @Test func `predictions stand in the target's unit`() throws {
        let table = try bench.table(
            "\(Self.train) p = train | fit target: .accuracy, trees: 20, seed: 0; nb201 | sample 3 | predict p")
        #expect(try table.column("prediction").unit == .percent)
        #expect(try table.column("deviation").unit == .percent)
    }

    @Test func `what the checker knows of predictions lets a wrong unit be found`() throws {
        let error = try #require(
            bench.error(
                """
                \(Self.train)
                p = train | fit forest, target: .accuracy, trees: 5, seed: 0; nb201 | sample 3 | predict p | where .prediction > 5ms
                """))
        #expect(error.diagnostic.code == .wrongUnit)
    }

    @Test func `a predictor comes back from its file as it was`() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).safetensors").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let program = """
            \(Self.train) p = train | fit forest, target: .accuracy, trees: 10, seed: 0;
            p | save "\(path)"; q = load_predictor "\(path)";
            """
        #expect(try bench.lines("\(program) p == q").last == "true")
        let twin = Bench()
        let (before, after) = (
            try bench.numbers("nb201 | sample 20, seed: 5 | predict p", "prediction"),
            try twin.numbers("q = load_predictor \"\(path)\"; nb201 | sample 20, seed: 5 | predict q", "prediction")
        )
        #expect(before == after && before.count == 20)
    }

    @Test func `columns are features`() throws {
        let features = try bench.value(
            """
            (nb201 | sample 20, seed: 0 | cost | query accuracy, data: cifar10
            | fit knn, target: .accuracy, features: columns, columns: [.live_params, .live_depth]).features
            """)
        #expect(ValuePrinter.line(features) == #"["live_params", "live_depth"]"#)
    }

    @Test func `a learning curve rises`() throws {
        let kendall = try bench.numbers(
            """
            nb201 | sample 300, seed: 0 | query accuracy, data: cifar10
            | validate forest, target: .accuracy, sizes: [10, 150], folds: 3, seed: 0
            """, "kendall")
        #expect(kendall.count == 2 && kendall[0] < kendall[1])
    }

    @Test(arguments: [
        ("nb201 | sample 1 | query accuracy, data: cifar10 | fit forest, target: .accuracy", "1 row"),
        (
            "nb201 | sample 5 | where .arch == none | query accuracy, data: cifar10 | fit forest, target: .accuracy",
            "0 rows"
        ),
        ("nb201 | sample 9 | cost | fit forest, target: .macs, columns: .arch", "numbers"),
        ("nb201 | sample 9 | cost | fit knn, target: .macs, trees: 9", "has no `trees`"),
        ("macro | sample 9 | cost | fit knn, target: .macs, features: path", "path"),
        (
            "p = nb201 | sample 9 | cost | fit knn, target: .macs; macro | sample 2 | predict p",
            "fitted on `nb201`"
        ),
        ("nb201 | sample 9 | cost | validate forest, target: .macs, folds: 1", "folds"),
        ("nb201 | sample 9 | cost | validate forest, target: .macs, sizes: 9", "size of 9"),
        ("[{a: 1, b: 2}, {a: 1, b: 3}] | as_table | fit knn, target: .b, columns: .a", "same features"),
        ("[{a: 1, b: 2}, {a: 2, b: none}] | as_table | fit knn, target: .b, columns: .a", "none in 1 of 2 rows"),
        ("[{a: 1, b: 2}, {a: 2, b: 4}] | as_table | fit gcn, target: .b, columns: .a", "architectures"),
    ])
    func `what cannot be fitted is said`(_ program: String, _ words: String) throws {
        let error = try #require(bench.error(program), "no error")
        let text = "\(error.diagnostic.message) \(error.diagnostic.help ?? "")"
        #expect(text.contains(words), "\(text)")
    }
}
