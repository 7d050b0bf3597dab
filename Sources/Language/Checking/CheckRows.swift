extension Checker {
    /// Checks row expressions against the rows they range over.
    func rowArguments(_ assignment: Assignment, over rows: Schema) throws -> BoundArgument {
        let type = assignment.parameter.type
        let pieces = assignment.arguments.flatMap { argument -> [Expression] in
            if type.isMany, case .list(let items) = argument.value.kind { return items }
            return [argument.value]
        }
        let bound = try pieces.map { BoundArgument.row(try rowArgument($0, assignment.parameter, over: rows)) }
        return type.isMany ? .many(bound) : bound[0]
    }

    private func rowArgument(
        _ expression: Expression, _ parameter: Signature.Parameter, over rows: Schema
    ) throws -> RowExpression {
        let fact = try rowFact(of: expression, over: rows)
        if let row = parameter.type.rowType, !row.cellType.accepts(fact.type) {
            throw place(expression.span).error(
                .wrongType, "`\(parameter.name)` must be \(parameter.type.wording), not \(fact.type.phrase)",
                help: hint(expression, for: row))
        }
        return RowExpression(
            label: label(of: expression), field: expression.fieldName, fields: expression.rowFields,
            type: { [self] in try rowFact(of: expression, over: $0).type },
            column: { _ in preconditionFailure("a row expression is computed only when its command runs") })
    }

    private func hint(_ expression: Expression, for row: any RowParameter.Type) -> String? {
        if case .name(let name) = expression.kind { return "for a column write `.\(name)`" }
        return row.cellType == .bool ? "a condition compares, such as `.accuracy > 90%`" : nil
    }

    /// The type of one cell of a row expression.
    func rowFact(of expression: Expression, over rows: Schema) throws -> Fact {
        switch expression.kind {
        case .lambda(let lambda): return try fact(of: lambda, given: [Fact(.record(rows))], at: expression.span)
        case .name(let name) where scope[name]?.type == .function: return .unknown
        case .name(let name) where scope[name] == nil && rows[name] != nil:
            throw place(expression.span).error(
                .unknownName, "there is no value `\(name)`", help: "for the column write `.\(name)`")
        default: return try fact(of: expression, row: rows)
        }
    }

    /// The text of a row expression, as the name of the column that it makes.
    func label(of expression: Expression) -> String { expression.label(in: source) }
}

extension Expression {
    /// A field's name, or the text as it was written.
    func label(in source: Source) -> String {
        fieldName ?? source[span]
    }
}

extension ParameterType {
    /// The row parameter behind an optional or an array.
    static var rowType: (any RowParameter.Type)? {
        (self as? any RowParameter.Type) ?? (self as? any Wrapping.Type)?.content.rowType
    }
}

/// A parameter type made of another one.
protocol Wrapping {
    static var content: any ParameterType.Type { get }
}

extension Optional: Wrapping where Wrapped: ParameterType {
    static var content: any ParameterType.Type { Wrapped.self }
}

extension Array: Wrapping where Element: ParameterType {
    static var content: any ParameterType.Type { Element.self }
}

extension Expression {
    /// The name when the expression is nothing but `.name`.
    var fieldName: String? {
        if case .field(let name) = kind { name } else { nil }
    }

    /// Whether it reads the row: `.field` or `.` occurs in it, outside of nested calls of commands.
    var readsRow: Bool { rowFields.map { !$0.isEmpty } ?? true }

    /// The fields that it reads of the row; nil when it uses the row as a whole.
    var rowFields: Set<String>? {
        switch kind {
        case .field(let name): [name]
        case .row, .lambda: nil
        case .none, .bool, .int, .float, .quantity, .string, .name: []
        case .parenthesised(let pipeline): Self.union(pipeline.stages.compactMap(\.expression))
        case .list(let items): Self.union(items)
        case .record(let fields): Self.union(fields.map(\.value))
        case .unary(_, let operand): operand.rowFields
        case .binary(_, let left, let right), .index(let left, let right): Self.union([left, right])
        case .call(let callee, let arguments): Self.union([callee] + arguments.map(\.value))
        case .member(let object, _): object.rowFields
        }
    }

    private static func union(_ expressions: [Expression]) -> Set<String>? {
        var result: Set<String> = []
        for expression in expressions {
            guard let fields = expression.rowFields else { return nil }
            result.formUnion(fields)
        }
        return result
    }
}

extension Stage {
    var expression: Expression? {
        if case .expression(let expression) = kind { expression } else { nil }
    }
}
