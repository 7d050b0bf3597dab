import Estimation
import Language
import Statistics

/// How good predictors are on rows that they have not seen.
struct Validate: Command {
    static let chapter = Chapter.analysis
    static let summary = "Judge predictors on rows held out: rank correlation, error, likelihood, coverage."
    static let discussion = """
        Without `sizes` the rows are dealt into `folds` parts; each is once held out, and the guesses of all rows are \
        judged together. With `sizes` each predictor is fitted on that many rows, drawn `folds` times, and judged on the \
        others: a learning curve, one row a predictor and size. `log_likelihood` is the mean of ln of the density that the \
        guess gives to the truth; `coverage` the share of truths within 1.64 deviations, 90% if the deviations are right. \
        `seconds` is one fit with its guesses. A fitted predictor is judged `on` all other rows of a space for which the \
        tables know what it guesses: the column of the tables that agrees with all values that it was fitted to, or the \
        latencies of `device`. `within10` is the share of guesses within a tenth of the truth.
        """
    static let examples = [
        Example(
            """
            nb201 | sample 60, seed: 0 | query accuracy, data: cifar10
            | validate forest, knn, target: .accuracy, folds: 3, seed: 0 | columns | count
            """, gives: "8"),
        Example(
            """
            nb201 | sample 20, seed: 0 | query latency, device: pixel3 | fit latency, target: .latency
            | validate on: nb201
            """),
    ]

    @Argument("the predictors") var predictors: [PredictorName] = []
    @Option("what to learn") var target: Measure?
    @Option("for a fitted predictor: the space that it is judged on") var on: SpaceHandle?
    @Option("for a fitted predictor: the device that it was fitted to, found in the tables unless given")
    var device: DeviceName?
    @Option("how many parts, or draws of a size") var folds = 5
    @Option("how many rows to fit on, for a learning curve") var sizes: [Int] = []
    @Option("families of features; auto unless given") var features: [FeatureName] = []
    @Option("columns of numbers that are features too") var columns: [Measure] = []
    @Option("start of the random numbers") var seed: SeedOption = .derived

    func outputType(for input: ValueType) throws -> ValueType {
        if input == .handle(PredictorHandle.typeName) {
            try checkFitted()
            return .table(FittedValidation.schema(unit: nil))
        }
        if input == .any { return .table(.unknown) }
        try checkTable()
        let unit: Unit? =
            if case .table(let schema) = input {
                try $target.known.flatMap { $0 }?.expression.columnType(over: schema).unit
            } else { nil }
        return .table(
            Schema([
                ColumnType("predictor", .string), ColumnType("rows", .int), ColumnType("kendall", .number),
                ColumnType("spearman", .number), ColumnType("rmse", .number, unit: unit),
                ColumnType("log_likelihood", .number), ColumnType("coverage", .number, unit: .percent),
                ColumnType("seconds", .number, unit: .seconds),
            ]))
    }

    /// Refuses what does not go with a fitted predictor.
    private func checkFitted() throws {
        let others = [("predictors", $predictors.isGiven), ("target", $target.isGiven), ("sizes", $sizes.isGiven)]
        if let name = others.first(where: \.1)?.0 {
            throw CommandError(
                "a fitted predictor has its target, and is judged as it is", help: "leave `\(name)` out",
                argument: name, code: .unknownArgument)
        }
        if !$on.isGiven {
            throw CommandError(
                "`validate` of a fitted predictor needs `on:`", help: "the space, as in `validate on: nb201`",
                code: .missingArgument)
        }
    }

    /// Refuses what does not go with a table.
    private func checkTable() throws {
        for (name, isGiven) in [("predictors", $predictors.isGiven), ("target", $target.isGiven)] where !isGiven {
            throw CommandError(
                "`validate` of a table needs `\(name)`", help: "as in `validate forest, target: .accuracy`",
                code: .missingArgument)
        }
        for (name, isGiven) in [("on", $on.isGiven), ("device", $device.isGiven)] where isGiven {
            throw CommandError(
                "`\(name)` belongs to a fitted predictor",
                help: "pipe one in, as in `… | fit latency, target: .latency`",
                argument: name, code: .unknownArgument)
        }
    }

    func run(_ input: ValidationInput, in context: Context) throws -> Table {
        switch input {
        case .table(let table):
            try checkTable()
            return try judged(table, target!, context)
        case .predictor(let predictor):
            try checkFitted()
            return try FittedValidation(predictor, on: on!.space, device: device?.name).table(in: context)
        }
    }

    private func judged(_ input: Table, _ target: Measure, _ context: Context) throws -> Table {
        let (values, unit) = try Predicting.targets(target, over: input)
        guard folds >= 2, folds <= max(2, values.count) || !sizes.isEmpty else {
            throw CommandError(
                "`folds` must be from 2 to the number of rows, \(values.count)", argument: "folds", code: .outOfRange)
        }
        if let size = sizes.first(where: { $0 < 2 || $0 > values.count - 2 }) {
            throw CommandError(
                "a size of \(size) does not leave 2 of \(values.count) rows on either side", argument: "sizes",
                code: .outOfRange)
        }
        let inputs = try PredictorRecipe(features, columns: columns, over: input).inputs(of: input)
        var generator = seed.generator(in: context)
        let start = Seed(generator.next())
        var rows: [(name: String, judgement: Validation)] = []
        for predictor in predictors {
            for size in sizes.isEmpty ? [nil] : sizes.map(Optional.some) {
                try context.cancel.check()
                context.progress.report(
                    done: rows.count, of: predictors.count * max(1, sizes.count), label: predictor.name)
                let judgement = try Predicting.guarded {
                    try Validation(
                        predictor.predictor, inputs, targets: values, folds: folds, size: size, seed: start,
                        cancelled: { context.cancel.isCancelled })
                }
                rows.append((predictor.name, judgement))
            }
        }
        return Self.table(rows, unit)
    }

    private static func table(_ rows: [(name: String, judgement: Validation)], _ unit: Unit?) -> Table {
        let all = rows.map(\.judgement)
        return Table([
            Column("predictor", .strings(rows.map(\.name))), Column("rows", .ints(all.map(\.rows))),
            Column("kendall", .floats(all.map { $0.kendall ?? .nan })),
            Column("spearman", .floats(all.map { $0.spearman ?? .nan })),
            Column("rmse", .floats(all.map(\.error)), unit: unit),
            Column("log_likelihood", .floats(all.map(\.logLikelihood))),
            Column("coverage", .floats(all.map { $0.coverage * 100 }), unit: .percent),
            Column("seconds", .floats(all.map(\.seconds)), unit: .seconds),
        ])
    }
}
