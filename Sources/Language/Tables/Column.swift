/// A named column of a table: cells of one type, a unit, and where they came from.
public struct Column: Sendable {
    public var name: String
    public var cells: Cells
    /// Which cells are `none`.
    public var missing: MissingCells
    /// The unit of the numbers in `cells`; nil for plain numbers and everything that is no number.
    public var unit: Unit?
    /// The stage that made the column, as text; nil where it was given by the user.
    public var origin: String?

    public init(
        _ name: String, _ cells: Cells, missing: MissingCells = MissingCells(), unit: Unit? = nil,
        origin: String? = nil
    ) {
        self.name = name
        self.cells = cells
        self.missing = missing
        self.unit = unit
        self.origin = origin
    }

    public var count: Int { cells.count }
}

/// The cells of a column; where a cell is missing, its place holds an arbitrary value.
public enum Cells: Sendable {
    case bools([Bool])
    case ints([Int])
    case floats([Double])
    case strings([String])
    /// Handles of one type, in whatever compact form their room keeps them.
    case handles(any HandleCells)
    /// Values of any type: lists, records, tables, or a mixture.
    case values([Value])

    public var count: Int {
        switch self {
        case .bools(let cells): cells.count
        case .ints(let cells): cells.count
        case .floats(let cells): cells.count
        case .strings(let cells): cells.count
        case .handles(let cells): cells.count
        case .values(let cells): cells.count
        }
    }
}

/// A column of handles in a compact form, for example architectures as rows of one flat array of genes.
public protocol HandleCells: Sendable {
    /// The type name of the handles.
    var typeName: String { get }
    var count: Int { get }
    func handle(at row: Int) -> any Handle
    /// The cells of `rows`, in that order.
    func gather(_ rows: [Int]) -> any HandleCells
    /// These cells followed by `other`'s; nil when they do not go together in one compact form.
    func appending(_ other: any HandleCells) -> (any HandleCells)?
}

/// Which cells of a column are `none`, and why where that is known.
public struct MissingCells: Sendable {
    /// One flag a row, or empty when nothing is missing.
    public private(set) var flags: [Bool]
    /// The reason by row.
    public private(set) var reasons: [Int: String]

    public init(flags: [Bool] = [], reasons: [Int: String] = [:]) {
        self.flags = flags.contains(true) ? flags : []
        self.reasons = reasons
    }

    public var isEmpty: Bool { flags.isEmpty }
    public subscript(row: Int) -> Bool { flags.isEmpty ? false : flags[row] }
    public var count: Int { flags.reduce(0) { $0 + ($1 ? 1 : 0) } }
}
