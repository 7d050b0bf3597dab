extension Evaluator {
    /// The row expressions of one argument: several when it is a list of them.
    func rowArguments(_ expression: Expression, isMany: Bool) throws -> [BoundArgument] {
        if isMany, case .list(let items) = expression.kind { return items.map { .row(rowExpression($0)) } }
        return [.row(rowExpression(expression))]
    }

    private func rowExpression(_ expression: Expression) -> RowExpression {
        RowExpression(
            label: expression.label(in: source), field: expression.fieldName, fields: expression.rowFields,
            type: { schema in
                try Checker(source: source, runtime: runtime, scope: scope).rowFact(of: expression, over: schema).type
            },
            column: { table in try column(of: expression, over: table) })
    }

    /// The column that a row expression makes over the rows of `table`.
    func column(of expression: Expression, over table: Table) throws -> Column {
        let label = expression.label(in: source)
        switch expression.kind {
        case .lambda(let lambda): return try column(label, of: function(of: lambda), over: table, at: expression.span)
        case .name(let name):
            if case .function(let function) = scope[name] {
                return try column(label, of: function, over: table, at: expression.span)
            }
        default: break
        }
        return try operand(expression, over: table).column(named: label, count: table.rowCount)
    }

    private func column(_ label: String, of function: Function, over table: Table, at span: Span) throws -> Column {
        var cells: [Value] = []
        cells.reserveCapacity(table.rowCount)
        for row in 0..<table.rowCount { cells.append(try call(function, [.record(table.row(row))], at: span)) }
        return Column(label, values: cells)
    }

    /// Whole columns at a time where the operation allows it, else row by row.
    private func operand(_ expression: Expression, over table: Table) throws -> Operand {
        switch expression.kind {
        case .field(let name):
            guard let column = table[name] else {
                throw place(expression.span).error(
                    .unknownColumn, "there is no column `\(name)`",
                    help: Naming.help(for: name, among: table.columns.map(\.name)))
            }
            return .column(column)
        case .parenthesised(let pipeline):
            guard pipeline.stages.count == 1, !pipeline.isContinued, let inner = pipeline.stages[0].expression else {
                break
            }
            return try operand(inner, over: table)
        case .unary(let op, let inner):
            let operand = try operand(inner, over: table)
            return try operate(at: inner.span) { () throws(OperationError) in try Kernels.apply(op, operand) }
        case .binary(let op, let left, let right):
            let (lhs, rhs) = (try operand(left, over: table), try operand(right, over: table))
            return try operate(at: right.span, left: (left.span, lhs.type), right: rhs.type) {
                () throws(OperationError) in
                try Kernels.apply(op, lhs, rhs, count: table.rowCount)
            }
        case .call(let callee, let arguments):
            if let result = try mapped(callee, arguments, over: table, at: expression.span) { return result }
        default: break
        }
        if expression.rowFields?.isEmpty == true { return .constant(try evaluate(expression)) }
        return .column(try rowByRow(expression, over: table))
    }

    /// A function on numbers over a whole column.
    private func mapped(
        _ callee: Expression, _ arguments: [CallArgument], over table: Table, at span: Span
    ) throws -> Operand? {
        guard case .name(let name) = callee.kind, scope[name] == nil, arguments.count == 1,
            let function = ScalarFunction.named(name),
            case .column(let column) = try operand(arguments[0].value, over: table)
        else { return nil }
        do {
            return try function.column(column).map(Operand.column)
        } catch {
            throw place(span).diagnostic(for: error, among: [])
        }
    }

    private func rowByRow(_ expression: Expression, over table: Table) throws -> Column {
        var cells: [Value] = []
        cells.reserveCapacity(table.rowCount)
        for row in 0..<table.rowCount {
            if row % 1024 == 0 { try check() }
            cells.append(try with(row: .record(table.row(row))).evaluate(expression))
        }
        return Column(expression.label(in: source), values: cells)
    }
}
