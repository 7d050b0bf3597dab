import Language

extension Measure {
    /// Its numbers over the rows of `table`, NaN where a cell is `none`.
    func numbers(over table: Table) throws -> [Double] {
        let column = try column(over: table)
        guard let numbers = column.numbers else {
            throw CommandError("`\(label)` is a column of \(column.type.phrase), not of numbers", code: .wrongType)
        }
        return numbers
    }
}
