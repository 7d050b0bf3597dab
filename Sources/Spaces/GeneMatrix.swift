/// Many architectures of one space in one block of bytes: row i holds the genes of architecture i.
public struct GeneMatrix: Hashable, Sendable, RandomAccessCollection {
    /// The name of the space.
    public let space: String
    /// Genes a row.
    public let length: Int
    /// All rows, one after another.
    public private(set) var storage: [UInt8]

    /// An empty matrix with room for `capacity` rows of `length` genes.
    public init(space: String, length: Int, capacity: Int = 0) {
        self.space = space
        self.length = length
        storage = []
        storage.reserveCapacity(length * capacity)
    }

    /// The rows of `architectures`.
    ///
    /// - Precondition: all have `length` genes.
    public init(space: String, length: Int, _ architectures: some Sequence<Architecture>) {
        self.init(space: space, length: length)
        for architecture in architectures { append(architecture.genes) }
    }

    init(space: String, length: Int, storage: [UInt8]) {
        self.space = space
        self.length = length
        self.storage = storage
    }

    /// Adds a row.
    ///
    /// - Precondition: it has `length` genes.
    public mutating func append(_ genes: [UInt8]) {
        precondition(genes.count == length, "a row of \(space) has \(length) genes, not \(genes.count)")
        storage.append(contentsOf: genes)
    }

    /// Adds the rows of `other`.
    ///
    /// - Precondition: its rows are as long.
    public mutating func append(contentsOf other: GeneMatrix) {
        precondition(other.length == length, "rows of \(space) have \(length) genes, not \(other.length)")
        storage += other.storage
    }

    /// The rows of these numbers, in that order.
    public func gather(_ rows: [Int]) -> GeneMatrix {
        let genes = [UInt8](unsafeUninitializedCapacity: rows.count * length) { buffer, initialized in
            storage.withUnsafeBufferPointer { storage in
                for (place, row) in rows.enumerated() {
                    for gene in 0..<length {
                        buffer.initializeElement(at: place * length + gene, to: storage[row * length + gene])
                    }
                }
            }
            initialized = rows.count * length
        }
        return GeneMatrix(space: space, length: length, storage: genes)
    }

    /// The genes of row `row`.
    public func genes(of row: Int) -> ArraySlice<UInt8> { storage[row * length..<(row + 1) * length] }

    /// The number of the first row.
    public var startIndex: Int { 0 }
    /// The number of rows.
    public var endIndex: Int { length == 0 ? 0 : storage.count / length }

    /// Row `row` as an architecture.
    public subscript(row: Int) -> Architecture {
        Architecture(space: space, genes: Array(storage[row * length..<(row + 1) * length]))
    }

    /// Gene `gene` of row `row`.
    public subscript(row: Int, gene: Int) -> UInt8 { storage[row * length + gene] }
}
