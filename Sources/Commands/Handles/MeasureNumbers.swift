import Language

extension Measure {
    /// Its numbers over the rows of `table`, NaN where a cell is `none`.
    func numbers(over table: Table) throws -> [Double] {
        let column = try column(over: table)
        guard let numbers = column.numbersOrNaN else {
            throw CommandError("`\(label)` is a column of \(column.type.phrase), not of numbers", code: .wrongType)
        }
        return numbers
    }
}

extension Column {
    /// The numbers, NaN where a cell is `none`; nil where the cells are no numbers.
    var numbersOrNaN: [Double]? {
        guard let numbers, !missing.isEmpty else { return numbers }
        return zip(numbers, missing.flags).map { $1 ? .nan : $0 }
    }
}
