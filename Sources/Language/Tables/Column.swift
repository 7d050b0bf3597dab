/// A named column of a table: cells of one type, a unit, and where they came from.
///
/// Floats are finite wherever the cell is not missing.
public struct Column: Sendable {
    /// What `.name` asks for.
    public var name: String
    /// The cells, in one form.
    public private(set) var cells: Cells
    /// Which cells are `none`.
    public private(set) var missing: MissingCells
    /// The unit of the numbers in `cells`; nil for plain numbers and everything that is no number.
    public var unit: Unit?
    /// The stage that made the column, as text; nil where it was given by the user.
    public var origin: String?

    /// Makes a column of cells; floats that are infinite or no number become missing.
    public init(
        _ name: String, _ cells: Cells, missing: MissingCells = MissingCells(), unit: Unit? = nil,
        origin: String? = nil
    ) {
        self.name = name
        self.cells = cells
        self.missing = missing.joined(with: cells.unusable)
        self.unit = unit
        self.origin = origin
    }

    /// How many cells there are, missing ones too.
    public var count: Int { cells.count }

    /// The column under another name.
    public func named(_ name: String) -> Column {
        var result = self
        result.name = name
        return result
    }
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

    /// How many cells there are.
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
    /// How many there are.
    var count: Int { get }
    /// The handle of a row, 0 ..< count.
    func handle(at row: Int) -> any Handle
    /// The cells of `rows`, in that order.
    func gather(_ rows: [Int]) -> any HandleCells
    /// These cells followed by `other`'s; nil when they do not go together in one compact form.
    func appending(_ other: any HandleCells) -> (any HandleCells)?
}
