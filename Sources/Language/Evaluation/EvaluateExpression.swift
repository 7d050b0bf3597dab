extension Evaluator {
    /// The value of an expression.
    func evaluate(_ expression: Expression) throws -> Value {
        switch expression.kind {
        case .none: return .none
        case .bool(let value): return .bool(value)
        case .int(let value): return .int(value)
        case .float(let value): return .float(value)
        case .quantity(let magnitude, let unit): return .quantity(Quantity(magnitude, unit))
        case .string(let text): return .string(text)
        case .name(let text): return try value(of: Name(text, expression.span))
        case .field(let name): return try field(Name(name, expression.span), of: try rowValue(at: expression.span))
        case .row: return try rowValue(at: expression.span)
        case .parenthesised(let pipeline): return try run(pipeline)
        case .list(let items): return .list(try items.map(evaluate))
        case .record(let fields): return .record(Record(try fields.map { ($0.text, try evaluate($1)) }))
        case .lambda(let lambda): return .function(function(of: lambda))
        case .unary(let op, let operand):
            let value = try evaluate(operand)
            return try operate(at: operand.span) { () throws(OperationError) in try Operators.apply(op, value) }
        case .binary(let op, let left, let right): return try binary(op, left, right)
        case .call(let callee, let arguments): return try call(callee, arguments, at: expression.span)
        case .index(let object, let index): return try element(of: object, at: index)
        case .member(let object, let name): return try field(name, of: try evaluate(object))
        }
    }

    private func value(of name: Name) throws -> Value {
        if let value = scope[name.text] { return value }
        if let constant = runtime.vocabulary.constant(name.text) { return constant.value }
        if runtime.vocabulary.word(name.text) != nil { return try call(name, [], piped: nil, at: name.span) }
        if let function = ScalarFunction.named(name.text) {
            return .function(Function(name: name.text, parameters: ["x"]) { try function($0[0]) })
        }
        throw place(name.span).error(
            .unknownName, "there is nothing named `\(name.text)`", help: Naming.help(for: name.text, among: scope.names)
        )
    }

    private func rowValue(at span: Span) throws -> Value {
        guard let row else {
            throw place(span).error(
                .noRow, "no row is piped in here",
                help: "use it in an argument that takes a column, or write a function: `{r -> …}`")
        }
        return row
    }

    /// `and`, `or` and `??` look at their right side only when it matters.
    private func binary(_ op: BinaryOperator, _ left: Expression, _ right: Expression) throws -> Value {
        let lhs = try evaluate(left)
        switch (op, lhs) {
        case (.and, .bool(false)), (.or, .bool(true)): return lhs
        case (.fallback, .none): return try evaluate(right)
        case (.fallback, _): return lhs
        default: break
        }
        let rhs = try evaluate(right)
        return try operate(at: right.span, left: (left.span, lhs.type), right: rhs.type) { () throws(OperationError) in
            try Operators.apply(op, lhs, rhs)
        }
    }

    /// What `body` gives for operands, of which the last stands at `span`.
    func operate<Result>(
        at span: Span, left: (span: Span, type: ValueType)? = nil, right: ValueType? = nil,
        _ body: () throws(OperationError) -> Result
    ) throws -> Result {
        do {
            return try body()
        } catch {
            throw place(span).diagnostic(for: error, left: left, right: right.map { (span, $0) })
        }
    }

    private func call(_ callee: Expression, _ arguments: [CallArgument], at span: Span) throws -> Value {
        if case .name(let text) = callee.kind, scope[text] == nil {
            if let function = ScalarFunction.named(text) {
                return try apply(function, try arguments.map { try evaluate($0.value) }, at: span)
            }
            return try call(Name(text, callee.span), arguments, piped: nil, at: span)
        }
        let value = try evaluate(callee)
        guard case .function(let function) = value else {
            throw place(callee.span).error(.notCallable, "\(value.type.phrase) cannot be called")
        }
        return try call(function, try arguments.map { try evaluate($0.value) }, at: span)
    }

    // MARK: Parts of values

    private func field(_ name: Name, of value: Value) throws -> Value {
        switch value {
        case .record(let record):
            if let value = record[name.text] { return value }
            throw noField(name, value, among: record.names)
        case .table(let table):
            if let column = table[name.text] { return .list(column.values) }
            throw noField(name, value, among: table.columns.map(\.name))
        case .handle(let handle):
            if let value = try handle.field(name.text) { return value }
            throw noField(name, value, among: type(of: handle).fields.map(\.name))
        case .none: return value
        default: throw noField(name, value, among: [])
        }
    }

    private func noField(_ name: Name, _ value: Value, among names: [String]) -> Diagnostic {
        place(name.span).error(
            .unknownField, "\(value.type.phrase) has no field `\(name.text)`",
            help: Naming.help(for: name.text, among: names))
    }

    private func element(of object: Expression, at index: Expression) throws -> Value {
        let (whole, part) = (try evaluate(object), try evaluate(index))
        switch (whole, part) {
        case (.list(let items), .int(let position)):
            return items[try offset(position, in: items.count, at: index.span)]
        case (.list(let items), .range(let range)):
            return .list(Array(items[try bounds(range, in: items.count, at: index.span)]))
        case (.table(let table), .int(let position)):
            return .record(table.row(try offset(position, in: table.rowCount, at: index.span)))
        case (.table(let table), .range(let range)):
            return .table(table.gather(Array(try bounds(range, in: table.rowCount, at: index.span))))
        case (.table, .string(let name)), (.record, .string(let name)), (.handle, .string(let name)):
            return try field(Name(name, index.span), of: whole)
        case (.string(let text), .int(let position)):
            let letters = Array(text)
            return .string(String(letters[try offset(position, in: letters.count, at: index.span)]))
        default:
            throw place(index.span).error(
                .wrongType, "\(whole.type.phrase) has no element \(ValuePrinter.line(part))")
        }
    }

    /// Elements count from 0; negative numbers count from the end.
    private func offset(_ position: Int, in count: Int, at span: Span) throws -> Int {
        let offset = position < 0 ? count + position : position
        guard (0..<count).contains(offset) else {
            throw place(span).error(
                .outOfRange, "there is no element \(position): there are \(count)",
                help: count == 0 ? nil : "elements count from 0 to \(count - 1), and from -1 backwards")
        }
        return offset
    }

    private func bounds(_ range: ValueRange, in count: Int, at span: Span) throws -> Range<Int> {
        guard case .int(let lower) = range.lower, case .int(let upper) = range.upper else {
            throw place(span).error(.wrongType, "elements are picked by whole numbers")
        }
        let first = Swift.min(Swift.max(lower < 0 ? count + lower : lower, 0), count)
        let last = Swift.min(upper < 0 ? count + upper : upper, count - 1)
        return first..<Swift.max(first, last + 1)
    }
}
