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
