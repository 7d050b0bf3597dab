import Language
import Training

/// The rows of a table as samples: its numeric columns are the features, another one holds the classes.
struct TableSamples {
    private let features: [Column]
    private let target: Column
    private let rows: [Int]

    /// More classes than any table of a classification has; beyond it the target is a measurement.
    private static let greatestClasses = 1000

    /// - Parameter note: hears which columns and how many rows are left out.
    /// - Throws: `CommandError` where no numeric column or no whole row is there.
    init(_ table: Table, target: Column, note: (String) -> Void) throws {
        let others = table.columns.filter { $0.name != target.name }
        let features = others.filter { $0.numbers != nil }
        let left = others.filter { $0.numbers == nil }.map { "`\($0.name)`" }
        guard !features.isEmpty else {
            throw CommandError(
                "the table has no column of numbers beside `\(target.name)`", help: "features must be numbers",
                code: .wrongType)
        }
        if !left.isEmpty { note("columns left out, as they hold no numbers: \(left.joined(separator: ", "))") }
        let rows = (0..<table.rowCount).filter { row in !(features + [target]).contains { $0.missing[row] } }
        guard !rows.isEmpty else {
            throw CommandError("no row of the table has all its cells", help: "drop columns with missing cells")
        }
        if rows.count < table.rowCount { note("rows left out, as a cell is none: \(table.rowCount - rows.count)") }
        (self.features, self.target, self.rows) = (features, target, rows)
    }

    /// The features `[F, 1, 1]` with their classes, in ascending order.
    ///
    /// - Throws: `CommandError` where the target holds measurements instead of classes.
    func data() throws -> RawData {
        let (names, labels) = try classes()
        let columns = features.map { $0.numbers ?? [] }
        let values = rows.flatMap { row in columns.map { Float($0[row]) } }
        guard values.allSatisfy(\.isFinite) else {
            throw CommandError("a number of the table is too large for 32 bits", help: "rescale the column")
        }
        return try DataFailure.explained {
            try RawData(
                name: "table", place: "table", shape: [columns.count, 1, 1], classNames: names,
                samples: .numbers(values), labels: labels)
        }
    }

    private func classes() throws -> (names: [String], labels: [Int]) {
        let (names, labels) =
            switch target.cells {
            case .strings(let cells): Self.numbered(rows.map { cells[$0] }) { $0 }
            case .ints(let cells): Self.numbered(rows.map { cells[$0] }) { "\($0)" }
            case .bools(let cells): Self.numbered(rows.map { cells[$0] ? 1 : 0 }) { $0 == 1 ? "true" : "false" }
            default:
                throw CommandError(
                    "`\(target.name)` holds no classes", help: "classes are text, whole numbers, or true and false",
                    argument: "target", code: .wrongType)
            }
        guard names.count <= Self.greatestClasses else {
            throw CommandError(
                "`\(target.name)` has \(names.count) different values, too many for classes", argument: "target",
                code: .outOfRange)
        }
        return (names, labels)
    }

    /// The different cells in ascending order, and the place of each cell among them.
    private static func numbered<Cell: Hashable & Comparable>(
        _ cells: [Cell], _ name: (Cell) -> String
    ) -> (names: [String], labels: [Int]) {
        let different = Set(cells).sorted()
        let places = Dictionary(uniqueKeysWithValues: different.enumerated().map { ($1, $0) })
        return (different.map(name), cells.map { places[$0] ?? 0 })
    }
}
