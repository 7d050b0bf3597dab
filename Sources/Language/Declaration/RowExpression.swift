/// An argument that is computed for each row of a table: `.accuracy`, `.latency < 5ms`, `{r -> r.a + r.b}`.
public struct RowExpression: Sendable {
    /// A name for the column that it makes: the field's own, or the expression's text.
    public let label: String
    /// The field, when the expression is nothing but one.
    public let field: String?
    /// The fields that it reads; nil when that cannot be told (it uses the row as a whole).
    public let fields: Set<String>?
    private let typing: @Sendable (Schema) throws -> ValueType
    private let evaluation: @Sendable (Table) throws -> Column

    /// Makes it of its parts.
    public init(
        label: String, field: String? = nil, fields: Set<String>?,
        type: @escaping @Sendable (Schema) throws -> ValueType,
        column: @escaping @Sendable (Table) throws -> Column
    ) {
        self.label = label
        self.field = field
        self.fields = fields
        self.typing = type
        self.evaluation = column
    }

    /// The type of its cells over rows of `schema`; throws a `Diagnostic` when it does not fit them.
    public func type(over schema: Schema) throws -> ValueType { try typing(schema) }

    /// Its column over the rows of `table`, one cell a row.
    public func column(over table: Table) throws -> Column { try evaluation(table) }

    /// The type and unit of its column over rows of `schema`.
    public func columnType(over schema: Schema) throws -> ColumnType {
        if let field, let column = schema[field] { return column }
        return ColumnType(label, try typing(schema))
    }
}

/// What the cells of a row expression must be.
public protocol RowParameter: ParameterType {
    static var cellType: ValueType { get }
    var expression: RowExpression { get }
    init(_ expression: RowExpression)
}

extension RowParameter {
    /// Whether its argument is computed for each row.
    public static var isRow: Bool { true }
    /// What the checker knows of it.
    public static var valueType: ValueType { .function }

    /// Takes an argument, or says why not.
    public init(bound argument: BoundArgument) throws(ArgumentError) {
        guard case .row(let row) = argument else { throw ArgumentError("must be \(Self.wording), such as `.accuracy`") }
        self.init(row)
    }

    /// The name of the column that it makes.
    public var label: String { expression.label }

    /// Its column over the rows of `table`.
    public func column(over table: Table) throws -> Column { try expression.column(over: table) }
}

/// Any row expression.
public struct RowValue: RowParameter {
    /// What help and errors call it, with its article.
    public static let wording = "a column or expression"
    /// What its cells must be.
    public static let cellType = ValueType.any
    /// What is computed for each row.
    public let expression: RowExpression
    /// The parameter of an expression.
    public init(_ expression: RowExpression) { self.expression = expression }
}

/// A row expression that is true or false.
public struct Condition: RowParameter {
    /// What help and errors call it, with its article.
    public static let wording = "a condition"
    /// What its cells must be.
    public static let cellType = ValueType.bool
    /// What is computed for each row.
    public let expression: RowExpression
    /// The parameter of an expression.
    public init(_ expression: RowExpression) { self.expression = expression }
}

/// A row expression that is a number or a quantity.
public struct Measure: RowParameter {
    /// What help and errors call it, with its article.
    public static let wording = "a column of numbers"
    /// What its cells must be.
    public static let cellType = ValueType.oneOf([.number, Quantity.valueType])
    /// What is computed for each row.
    public let expression: RowExpression
    /// The parameter of an expression.
    public init(_ expression: RowExpression) { self.expression = expression }
}
