import Estimation
import Language
import Networks
import Spaces

/// Which features a predictor sees of the rows of a table.
struct PredictorRecipe: Sendable {
    /// The space, and the families that its architectures have by themselves; nil for columns alone.
    let extractor: FeatureExtractor?
    /// The columns of the table that are features too.
    let columns: [String]

    /// What `features:` and `columns:` ask for over a table.
    init(_ names: [FeatureName], columns: [Measure], over table: Table) throws {
        self.columns = try columns.map { column in
            guard let field = column.expression.field else {
                throw CommandError(
                    "`\(column.label)` is no plain column",
                    help: "make it one first, as in `derive x: \(column.label)`",
                    argument: "columns", code: .wrongType)
            }
            return field
        }
        let asked = names.isEmpty ? FeatureFamily.auto : names.flatMap(\.families)
        let isKnown = table[ArchitectureColumn.name] != nil
        if asked.isEmpty || (names.isEmpty && !isKnown && !columns.isEmpty) {
            extractor = nil
        } else {
            var families: [FeatureFamily] = []
            for family in asked where !families.contains(family) { families.append(family) }
            extractor = try Predicting.guarded {
                try FeatureExtractor(ArchitectureColumn.cells(of: table).space, families)
            }
        }
        guard extractor != nil || !self.columns.isEmpty else {
            throw CommandError(
                "there are no features", help: "name columns, as in `columns: [.synflow]`", argument: "features",
                code: .missingArgument)
        }
    }

    init(_ extractor: FeatureExtractor?, columns: [String]) { (self.extractor, self.columns) = (extractor, columns) }

    /// The features of all rows of a table.
    func inputs(of table: Table) throws -> PredictorInputs {
        let rows = try rows(of: table)
        return try Predicting.guarded { try rows.inputs(Array(0..<table.rowCount)) }
    }

    /// What it sees of the rows of a table, before features are made of it.
    func rows(of table: Table) throws -> PredictorRows {
        let values = try columns.map { name in (name: name, values: try Self.numbers(name, of: table)) }
        guard let extractor else {
            return PredictorRows(
                recipe: self, cells: try? ArchitectureColumn.cells(of: table), columns: values, count: table.rowCount)
        }
        let cells = try ArchitectureColumn.cells(of: table)
        guard cells.space.name == extractor.space.name else {
            throw CommandError(
                "the predictor was fitted on `\(extractor.space.name)`, not on `\(cells.space.name)`",
                help: "fit one on architectures of `\(cells.space.name)`", code: .wrongType)
        }
        return PredictorRows(recipe: self, cells: cells, columns: values, count: table.rowCount)
    }

    private static func numbers(_ name: String, of table: Table) throws -> [Double] {
        let column: Column
        do {
            column = try table.column(name)
        } catch {
            throw CommandError(error.message, help: error.help, code: .unknownColumn)
        }
        guard let numbers = column.numbers else {
            throw CommandError(
                "`\(name)` is a column of \(column.type.phrase), not of numbers", argument: "columns", code: .wrongType)
        }
        guard column.missing.isEmpty else {
            throw CommandError(
                "`\(name)` is none in \(column.missing.count) of \(column.count) rows",
                help: "leave these rows out, or this column", code: .failed)
        }
        return numbers
    }
}

/// What the words on predictors share.
enum Predicting {
    /// The values to learn, in the unit of their column.
    static func targets(_ target: Measure, over table: Table) throws -> (values: [Double], unit: Unit?) {
        let column = try target.column(over: table)
        let values = try target.numbers(over: table)
        let missing = values.indices.count { column.missing[$0] || !values[$0].isFinite }
        guard missing == 0 else {
            throw CommandError(
                "`\(target.label)` is none in \(missing) of \(values.count) rows",
                help: "leave these rows out, as in `where \(target.expression.field.map { ".\($0)" } ?? "…") > 0`",
                argument: "target", code: .failed)
        }
        return (values, column.unit)
    }

    /// Runs `body`; its errors become those of the language.
    static func guarded<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as PredictorError {
            throw CommandError(error.reason, help: error.hint, code: error.part == .file ? .badFile : .failed)
        } catch let error as NetworkError {
            throw CommandError(error.reason, help: error.hint, code: .failed)
        }
    }
}
