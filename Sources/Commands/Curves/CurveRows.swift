import Estimation
import Language

/// The curves that a table holds, one row an epoch.
struct CurveRows {
    static let epoch = "epoch"
    private static let keys = ["trial", "arch"]

    /// A curve of the table.
    struct Item {
        /// What tells it from the others; nil where the table holds one curve.
        let key: Value?
        /// The rows' epochs and values, ascending; values NaN where a cell is none.
        let epochs: [Double]
        let values: [Double]

        /// The value after each epoch from the first to the last, NaN where it was none. For an epoch without a row the
        /// value before it stands, for those before the first row that one.
        var whole: [Double] {
            let known = Dictionary(zip(epochs, values)) { $1 }
            var value = values.first ?? .nan
            return stride(from: 1, through: epochs.last ?? 0, by: 1).map { epoch in
                value = known[epoch] ?? value
                return value
            }
        }

        /// The points with a value.
        func curve() throws -> LearningCurve { try LearningCurve(epochs: epochs, values: values) }
    }

    let items: [Item]
    let keyName: String?
    let unit: Unit?
    let epochUnit: Unit?
    let label: String

    init(_ table: Table, value: Measure?, by: RowValue?) throws {
        let cells = try value.map { try $0.column(over: table) } ?? Self.column("accuracy", of: table)
        guard let numbers = cells.numbers else {
            throw CommandError("`\(cells.name)` is a column of \(cells.type.phrase), not of numbers", code: .wrongType)
        }
        let values = numbers.enumerated().map { cells.missing[$0] ? Double.nan : $1 }
        let epochColumn = try Self.column(Self.epoch, of: table)
        guard let epochs = epochColumn.numbers, epochColumn.missing.isEmpty else {
            throw CommandError("`epoch` must be a whole number, such as 3ep, in every row", code: .wrongType)
        }
        let key = try by.map { try $0.column(over: table) } ?? Self.keys.lazy.compactMap { table[$0] }.first
        (unit, epochUnit, label) = (cells.unit, epochColumn.unit, value?.label ?? cells.name)
        keyName = key?.name
        guard let key else {
            items = table.rowCount == 0 ? [] : [Self.item(nil, Array(0..<table.rowCount), epochs, values)]
            return
        }
        let grouping = Grouping([key])
        var rows = [[Int]](repeating: [], count: grouping.count)
        for (row, id) in grouping.ids.enumerated() { rows[id].append(row) }
        items = rows.map { Self.item(key[$0[0]], $0, epochs, values) }
    }

    /// Whether larger values are better; for losses and errors they are not, unless `goal` says so.
    func isRising(_ goal: CurveAim?) -> Bool {
        let falls = ["loss", "error", "perplexity"].contains { label.lowercased().contains($0) }
        return goal.map { $0 == .max } ?? !falls
    }

    /// The scale of the values, by those that `others` has too: a share where it can be one, a positive number where
    /// less is better and none is nought.
    func scale(_ goal: CurveAim?, with others: CurveRows? = nil) -> CurveScale {
        let isRising = isRising(goal)
        let values = (items + (others?.items ?? [])).lazy.flatMap(\.values).filter(\.isFinite)
        let (low, high) = values.reduce((0.0, 0.0)) { (Swift.min($0.0, $1), Swift.max($0.1, $1)) }
        if unit == .percent, low >= 0, high <= 100 { return .share(of: 100) }
        if unit == nil, isRising, low >= 0, high <= 100 { return .share(of: high <= 1 ? 1 : 100) }
        return !isRising && values.allSatisfy { $0 > 0 } ? .positive : .plain
    }

    /// The name of the column that tells curves apart where none is given.
    static func defaultKey(in schema: Schema) -> ColumnType? { keys.lazy.compactMap { schema[$0] }.first }

    private static func item(_ key: Value?, _ rows: [Int], _ epochs: [Double], _ values: [Double]) -> Item {
        let rows = rows.sorted { epochs[$0] < epochs[$1] }
        return Item(key: key, epochs: rows.map { epochs[$0] }, values: rows.map { values[$0] })
    }

    private static func column(_ name: String, of table: Table) throws -> Column {
        do {
            return try table.column(name)
        } catch {
            throw CommandError(error.message, help: error.help, code: .unknownColumn)
        }
    }
}
