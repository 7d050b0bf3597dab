import Estimation
import Language
import Spaces
import Statistics

/// A table to fit predictors to, or one that is fitted.
enum ValidationInput: ValueReadable {
    case table(Table)
    case predictor(PredictorHandle)

    static let valueType = ValueType.oneOf([.table(.unknown), .handle(PredictorHandle.typeName)])

    init?(_ value: Value) {
        guard let own = PredictorHandle(value).map(Self.predictor) ?? Table(value).map(Self.table) else { return nil }
        self = own
    }
}

/// A fitted predictor before all other rows of a benchmark.
struct FittedValidation {
    private let predictor: PredictorHandle
    private let space: any Space
    private let column: BenchmarkColumn

    /// The columns of the result.
    static func schema(unit: Unit?) -> Schema {
        Schema([
            ColumnType("predictor", .string), ColumnType("measured", .string), ColumnType("rows", .int),
            ColumnType("judged", .int), ColumnType("kendall", .number), ColumnType("spearman", .number),
            ColumnType("rmse", .number, unit: unit), ColumnType("within10", .number, unit: .percent),
            ColumnType("log_likelihood", .number), ColumnType("coverage", .number, unit: .percent),
        ])
    }

    init(_ predictor: PredictorHandle, on space: any Space, device: String?) throws {
        guard let fitted = predictor.recipe.extractor?.space, predictor.recipe.columns.isEmpty else {
            throw CommandError(
                "the predictor was fitted with columns of its table, which other rows do not have",
                help: "fit it on architectures alone", code: .wrongType)
        }
        guard fitted.name == space.name else {
            throw CommandError(
                "the predictor was fitted on `\(fitted.name)`, not on `\(space.name)`",
                help: "`validate on: \(fitted.name)`", argument: "on", code: .wrongType)
        }
        (self.predictor, self.space) = (predictor, fitted)
        column = try answering {
            if let device { return try Tables.known.latency(space: space.name, device: device) }
            return try Self.measured(predictor, on: fitted)
        }
    }

    /// The column of the tables that agrees with all targets.
    private static func measured(_ predictor: PredictorHandle, on space: any Space) throws -> BenchmarkColumn {
        guard let matrix = predictor.lesson.architectures,
            Tables.benchmarks.contains(where: { $0.space == space.name })
        else {
            throw CommandError("no table has measured `\(space.name)`", help: "`tables` lists them", code: .noAnswer)
        }
        let found = try columns(of: space).filter { column in
            predictor.targets.indices.allSatisfy {
                column.value(for: matrix.genes(of: $0)) == predictor.targets[$0]
            }
        }
        guard let column = found.first else {
            throw CommandError(
                "no table of `\(space.name)` has the \(predictor.targets.count) values that the predictor was fitted to",
                help: "measure other architectures, `predict` them and `correlate`; or give `device`", code: .noAnswer)
        }
        guard found.count == 1 else {
            throw CommandError(
                "several tables have the values that the predictor was fitted to: "
                    + found.map(\.name).joined(separator: ", "),
                help: "fit it to more rows, or give `device`", argument: "device", code: .noAnswer)
        }
        return column
    }

    private static func columns(of space: any Space) throws -> [BenchmarkColumn] {
        let latencies = try Tables.known.devices(space: space.name).map {
            try Tables.known.latency(space: space.name, device: $0)
        }
        let accuracies = try Tables.known.accuracies(space: space.name).map { setting in
            try Tables.known.accuracy(
                space: space.name, data: setting.data, split: setting.split, epochs: setting.epochs,
                training: setting.training)
        }
        return latencies + accuracies
    }

    /// The judgement, one row.
    func table(in context: Context) throws -> Table {
        var seen: Set<Int> = []
        if let matrix = predictor.lesson.architectures {
            for row in matrix.indices {
                if let place = column.index.row(of: matrix.genes(of: row)) { seen.insert(place) }
            }
        }
        let rows = (0..<column.index.count).filter { column[$0] != nil && !seen.contains($0) }
        guard rows.count >= 2 else {
            throw CommandError(
                "there are \(rows.count) other rows to judge it on", help: "fit it on fewer", code: .failed)
        }
        try context.cancel.check()
        let others = GeneMatrix(
            space: space.name, length: space.genes.count,
            rows.map { Architecture(space: space.name, genes: column.index.genes(at: $0)) })
        let inputs = try predictor.recipe.inputs(of: ArchitectureColumn.table(others, of: space))
        let guesses = try Predicting.guarded { try predictor.fitted.predictions(for: inputs) }
        let truths = rows.map { column.values[$0] }
        return try Predicting.guarded { try table(guesses, truths) }
    }

    private func table(_ guesses: [Prediction], _ truths: [Double]) throws -> Table {
        let judgement = try Validation(of: guesses, truths: truths, rows: predictor.targets.count)
        let near = zip(guesses, truths).count { abs($0.mean - $1) <= 0.1 * abs($1) }
        return Table([
            Column("predictor", .strings([predictor.name])), Column("measured", .strings([column.name])),
            Column("rows", .ints([judgement.rows])), Column("judged", .ints([truths.count])),
            Column("kendall", .floats([judgement.kendall ?? .nan])),
            Column("spearman", .floats([judgement.spearman ?? .nan])),
            Column("rmse", .floats([judgement.error]), unit: predictor.unit),
            Column("within10", .floats([Double(near) / Double(truths.count) * 100]), unit: .percent),
            Column("log_likelihood", .floats([judgement.logLikelihood])),
            Column("coverage", .floats([judgement.coverage * 100]), unit: .percent),
        ])
    }
}
