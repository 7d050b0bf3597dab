extension Column {
    /// A column of any values, in the narrowest cells that hold them.
    ///
    /// Ints with floats become floats; quantities of one dimension become floats in the unit of the first;
    /// `none` becomes a missing cell with its reason.
    public init(_ name: String, values: [Value], origin: String? = nil) {
        let missing = MissingCells(values)
        let cells = values.narrowed
        self.init(name, cells.cells, missing: missing, unit: cells.unit, origin: origin)
    }

    /// A column of one value in every row.
    public init(_ name: String, repeating value: Value, count: Int, origin: String? = nil) {
        let one = Column(name, values: [value], origin: origin)
        self = one.gather(Array(repeating: 0, count: count))
    }
}

extension MissingCells {
    /// The `none`s among `values`, and those that are no finite number.
    fileprivate init(_ values: [Value]) {
        var reasons: [Int: String] = [:]
        let flags = values.enumerated().map { row, value in
            guard case .none(let reason) = value else { return false }
            if let reason { reasons[row] = reason }
            return true
        }
        self.init(flags: flags, reasons: reasons)
    }
}

/// What all values of a column have in common.
private enum Common: Equatable {
    case nothing, bools, ints, floats, strings
    case quantities(Dimension)
    case handles(String)
    case mixture

    init(_ value: Value) {
        self =
            switch value {
            case .none: .nothing
            case .bool: .bools
            case .int: .ints
            case .float: .floats
            case .string: .strings
            case .quantity(let quantity): .quantities(quantity.unit.dimension)
            case .handle(let handle): .handles(type(of: handle).typeName)
            default: .mixture
            }
    }

    func joined(_ other: Common) -> Common {
        switch (self, other) {
        case (.nothing, let common), (let common, .nothing): common
        case (.ints, .floats), (.floats, .ints): .floats
        default: self == other ? self : .mixture
        }
    }
}

extension [Value] {
    fileprivate var narrowed: (cells: Cells, unit: Unit?) {
        switch reduce(Common.nothing, { $0.joined(Common($1)) }) {
        case .nothing, .mixture: (.values(self), nil)
        case .bools: (.bools(map { if case .bool(let bool) = $0 { bool } else { false } }), nil)
        case .ints: (.ints(map { if case .int(let int) = $0 { int } else { 0 } }), nil)
        case .floats: (.floats(map { $0.number ?? 0 }), nil)
        case .strings: (.strings(map { $0.text ?? "" }), nil)
        case .quantities: quantities
        case .handles(let name): (.handles(HandleArray(name, map { $0.handle })), nil)
        }
    }

    private var quantities: (cells: Cells, unit: Unit?) {
        let unit = lazy.compactMap { if case .quantity(let quantity) = $0 { quantity.unit } else { nil } }.first
        guard let unit else { return (.values(self), nil) }
        let numbers = map { if case .quantity(let quantity) = $0 { quantity.magnitude(in: unit) } else { 0.0 } }
        return (.floats(numbers), unit)
    }
}

extension Value {
    fileprivate var handle: (any Handle)? { if case .handle(let handle) = self { handle } else { nil } }
}

/// Handles of one type, each on its own: the form of cells that no room has a compact one for.
struct HandleArray: HandleCells {
    let typeName: String
    /// One a row; a missing row borrows another's.
    private let handles: [any Handle]

    /// - Precondition: one handle at least is not nil.
    init(_ typeName: String, _ handles: [(any Handle)?]) {
        let stand = handles.lazy.compactMap { $0 }.first
        precondition(stand != nil, "a column of handles without a handle")
        self.typeName = typeName
        self.handles = handles.compactMap { $0 ?? stand }
    }

    var count: Int { handles.count }

    func handle(at row: Int) -> any Handle { handles[row] }

    func gather(_ rows: [Int]) -> any HandleCells { HandleArray(typeName, rows: rows.map { handles[$0] }) }

    func appending(_ other: any HandleCells) -> (any HandleCells)? {
        guard other.typeName == typeName else { return nil }
        return HandleArray(typeName, rows: handles + (0..<other.count).map { other.handle(at: $0) })
    }

    private init(_ typeName: String, rows: [any Handle]) {
        self.typeName = typeName
        self.handles = rows
    }
}
