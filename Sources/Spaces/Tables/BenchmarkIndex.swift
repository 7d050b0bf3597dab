/// The order in which a benchmark lists its architectures, both ways: from genes to a row and from a row to genes.
public struct BenchmarkIndex: Sendable {
    /// How many architectures the benchmark has measured.
    public let count: Int
    /// How many genes each has.
    public let length: Int
    /// How many values a gene has: 0 ..< choices.
    public let choices: Int

    /// All genes, `[row · length + gene]`.
    private let genes: [UInt8]
    private let rows: Rows

    /// From the number that the genes spell in the base of the choices to the row.
    private enum Rows {
        /// By place, −1 where there is none: for spaces of which most is measured.
        case all([Int32])
        /// By hash: for spaces too large to list.
        case some([UInt128: Int32])
    }

    /// The largest space for which every architecture has a place of its own.
    private static let largestListed = 1 << 20

    init(genes: [UInt8], length: Int, choices: Int) {
        (self.genes, self.length, self.choices) = (genes, length, choices)
        count = genes.count / length
        rows = Self.rows(genes, length, choices)
    }

    private static func rows(_ genes: [UInt8], _ length: Int, _ choices: Int) -> Rows {
        let size = number([UInt8](repeating: UInt8(choices - 1), count: length)[...], choices) + 1
        let numbers = stride(from: 0, to: genes.count, by: length).map { number(genes[$0..<$0 + length], choices) }
        if size > largestListed {
            return .some(Dictionary(zip(numbers, 0...), uniquingKeysWith: { first, _ in first }))
        }
        var places = [Int32](repeating: -1, count: Int(size))
        for (row, number) in numbers.enumerated() { places[Int(number)] = Int32(row) }
        return .all(places)
    }

    /// The first gene is the highest digit.
    private static func number(_ genes: some Collection<UInt8>, _ choices: Int) -> UInt128 {
        genes.reduce(0) { $0 &* UInt128(choices) &+ UInt128($1) }
    }

    /// The row, from 0, of the architecture with these genes; nil if it was not measured or there is none such.
    @inlinable
    public func row(of genes: some Collection<UInt8>) -> Int? {
        genes.withContiguousStorageIfAvailable { row(of: $0) } ?? Array(genes).withUnsafeBufferPointer { row(of: $0) }
    }

    @usableFromInline
    func row(of genes: UnsafeBufferPointer<UInt8>) -> Int? {
        guard genes.count == length, genes.allSatisfy({ $0 < choices }) else { return nil }
        switch rows {
        case .all(let places):
            let row = places[genes.reduce(0) { $0 &* choices &+ Int($1) }]
            return row < 0 ? nil : Int(row)
        case .some(let places):
            return places[Self.number(genes, choices)].map(Int.init)
        }
    }

    /// Whether the rows of another index are the same architectures in the same order.
    public func hasRows(of other: BenchmarkIndex) -> Bool { length == other.length && genes == other.genes }

    /// The genes of the architecture in a row of 0 ..< count.
    public func genes(at row: Int) -> [UInt8] {
        precondition((0..<count).contains(row), "the benchmark has \(count) rows, not a row \(row)")
        return Array(genes[row * length..<(row + 1) * length])
    }
}

/// One published quantity of the architectures of a benchmark.
public struct BenchmarkColumn: Sendable {
    /// In what a quantity is measured.
    public enum Unit: String, Sendable {
        /// Hundredths: 94.37 is 94.37 %.
        case percent = "%"
        /// Thousandths of a second.
        case milliseconds = "ms"
        /// Seconds.
        case seconds = "s"
        /// A number of things.
        case count = ""
    }

    /// What it is: `cifar10.test@200`, `pixel3`, `params`.
    public let name: String
    /// In what it is measured.
    public let unit: Unit
    /// The value of each row of the benchmark; NaN where it is missing.
    public let values: [Double]
    /// The order of the rows.
    public let index: BenchmarkIndex

    /// The value of a row of 0 ..< index.count; nil where it is missing.
    public subscript(row: Int) -> Double? {
        let value = values[row]
        return value.isNaN ? nil : value
    }

    /// The value of the architecture with these genes, in constant time; nil where it was not measured.
    @inlinable
    public func value(for genes: some Collection<UInt8>) -> Double? {
        index.row(of: genes).flatMap { self[$0] }
    }
}
