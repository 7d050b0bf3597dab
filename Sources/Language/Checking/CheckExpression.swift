extension Checker {
    /// What is known of an expression; `row` is the row that `.field` speaks of, if there is one.
    func fact(of expression: Expression, row: Schema?) throws -> Fact {
        switch expression.kind {
        case .none: return Fact(Value.none)
        case .bool(let value): return Fact(.bool(value))
        case .int(let value): return Fact(.int(value))
        case .float(let value): return Fact(.float(value))
        case .quantity(let magnitude, let unit): return Fact(.quantity(Quantity(magnitude, unit)))
        case .string(let text): return Fact(.string(text))
        case .name(let name): return try fact(ofName: Name(name, expression.span))
        case .field(let name): return try fact(ofField: name, row: row, at: expression.span)
        case .row: return Fact(.record(try self.row(row, at: expression.span)))
        case .parenthesised(let pipeline): return try fact(of: pipeline, row: row)
        case .list(let items): return try fact(ofItems: items, row: row)
        case .record(let fields): return try fact(ofFields: fields, row: row)
        case .lambda(let lambda):
            _ = try fact(of: lambda, given: [], at: expression.span)
            return Fact(.function)
        case .unary(let op, let operand): return try fact(op, operand, row: row)
        case .binary(let op, let left, let right): return try fact(op, left, right, row: row, at: expression.span)
        case .call(let callee, let arguments):
            return try fact(ofCall: callee, arguments, row: row, at: expression.span)
        case .index(let object, let index): return try fact(ofIndex: object, index, row: row)
        case .member(let object, let name): return try fact(ofMember: name, of: object, row: row)
        }
    }

    // MARK: Names and fields

    private func fact(ofName name: Name) throws -> Fact {
        if let fact = scope[name.text] { return fact }
        if let constant = vocabulary.constant(name.text) { return Fact(constant.value) }
        if vocabulary.word(name.text) != nil { return try call(name, [], piped: nil, at: name.span) }
        if ScalarFunction.named(name.text) != nil { return Fact(.function) }
        let known = scope.names + vocabulary.constants.map(\.name.name) + vocabulary.words.map(\.name)
        throw place(name.span).error(
            .unknownName, "there is nothing named `\(name.text)`",
            help: Habit.farewells[name.text] ?? Naming.help(for: name.text, among: known))
    }

    private func row(_ row: Schema?, at span: Span) throws -> Schema {
        guard let row else {
            throw place(span).error(
                .noRow, "no row is piped in here", remark: "this reads a column",
                help: "use it in an argument that takes a column, or write a function: `{r -> …}`")
        }
        return row
    }

    private func fact(ofField name: String, row: Schema?, at span: Span) throws -> Fact {
        let column = try self.column(name, of: try self.row(row, at: span), at: span)
        return Fact(column.type, unit: column.unit)
    }

    /// The column of that name; a schema that is open may have it without the checker's knowing.
    func column(_ name: String, of schema: Schema, at span: Span) throws -> ColumnType {
        if let column = schema[name] { return column }
        if schema.isOpen { return ColumnType(name, .any) }
        let names = schema.columns.map(\.name)
        let guess = Suggestion.question(for: name, among: names)
        let list = names.isEmpty ? "the table has no columns" : "the columns are \(names.joined(separator: ", "))"
        throw place(span).error(
            .unknownColumn, "there is no column `\(name)`", remark: guess == nil || names.count <= 6 ? list : "",
            help: guess)
    }

    // MARK: Compounds

    private func fact(ofItems items: [Expression], row: Schema?) throws -> Fact {
        let facts = try items.map { try fact(of: $0, row: row) }
        let values = facts.compactMap(\.value)
        if values.count == facts.count { return Fact(.list(values)) }
        return Fact(.list(ValueType.common(of: facts.map(\.type))))
    }

    private func fact(ofFields fields: [(key: Name, value: Expression)], row: Schema?) throws -> Fact {
        var seen: Set<String> = []
        let facts = try fields.map { key, value in
            guard seen.insert(key.text).inserted else {
                throw place(key.span).error(.tooManyArguments, "the record names `\(key.text)` twice")
            }
            return (key.text, try fact(of: value, row: row))
        }
        let values = facts.compactMap { name, fact in fact.value.map { (name, $0) } }
        if values.count == facts.count { return Fact(.record(Record(values))) }
        return Fact(.record(Schema(facts.map { ColumnType($0.0, $0.1.type) })))
    }

    /// What a lambda gives for arguments of which some are known.
    func fact(of lambda: Lambda, given: [Fact], at span: Span) throws -> Fact {
        var inner = self
        for (number, parameter) in lambda.parameters.enumerated() {
            try checkBindable(parameter)
            inner.scope[parameter.text] = number < given.count ? given[number] : .unknown
        }
        return try inner.fact(of: lambda.body)
    }

    // MARK: Operators

    private func fact(_ op: UnaryOperator, _ operand: Expression, row: Schema?) throws -> Fact {
        let inner = try fact(of: operand, row: row)
        do {
            if let value = inner.value { return Fact(try Operators.apply(op, value)) }
            return Fact(try Operators.type(op, inner.type), unit: inner.unit)
        } catch {
            throw place(operand.span).diagnostic(for: error)
        }
    }

    private func fact(
        _ op: BinaryOperator, _ left: Expression, _ right: Expression, row: Schema?, at span: Span
    ) throws -> Fact {
        let (lhs, rhs) = (try fact(of: left, row: row), try fact(of: right, row: row))
        do {
            let result = try Operators.result(op, TypedOperand(lhs), TypedOperand(rhs))
            guard let a = lhs.value, let b = rhs.value, a.isScalar, b.isScalar else {
                return Fact(result.type, unit: result.unit)
            }
            return Fact(try Operators.apply(op, a, b))
        } catch {
            var error = error
            error.help = error.help ?? textHelp(op, left, lhs.type, rhs.type)
            throw place(span).diagnostic(for: error, left: (left.span, lhs.type), right: (right.span, rhs.type))
        }
    }

    /// For a handle that is compared with a string: the text that it has.
    private func textHelp(_ op: BinaryOperator, _ left: Expression, _ lhs: ValueType, _ rhs: ValueType) -> String? {
        guard op.precedence == .compare, rhs == .string, case .handle(let kind) = lhs,
            let text = vocabulary.fields(ofHandle: kind)?.first(where: { $0.type == .string })
        else { return nil }
        return "compare its text: `\(source[left.span]).\(text.name) \(op.rawValue) …`"
    }

    // MARK: Calls, indices, members

    private func fact(ofCall callee: Expression, _ arguments: [CallArgument], row: Schema?, at span: Span) throws
        -> Fact
    {
        guard case .name(let text) = callee.kind else {
            let function = try fact(of: callee, row: row)
            guard ValueType.function.accepts(function.type) else { throw notCallable(callee, function) }
            for argument in arguments { _ = try fact(of: argument.value, row: row) }
            return .unknown
        }
        if scope[text] == nil, let function = ScalarFunction.named(text) {
            return try check(function, arguments, piped: nil, at: span, row: row)
        }
        if let bound = scope[text] {
            guard ValueType.function.accepts(bound.type) else { throw notCallable(callee, bound) }
            for argument in arguments { _ = try fact(of: argument.value, row: row) }
            return .unknown
        }
        if row != nil, vocabulary.word(text) != nil {
            for argument in arguments { _ = try fact(of: argument.value, row: row) }
            return .unknown  // a word called for each row: its arguments are known only then
        }
        return try call(Name(text, callee.span), arguments, piped: nil, at: span)
    }

    private func notCallable(_ callee: Expression, _ fact: Fact) -> Diagnostic {
        place(callee.span).error(.notCallable, "\(fact.type.phrase) cannot be called")
    }

    /// A function on numbers: one argument or more, of which the first may be piped in.
    func check(
        _ function: ScalarFunction, _ arguments: [CallArgument], piped: Fact?, at span: Span, row: Schema?
    ) throws -> Fact {
        let given = try (piped.map { [$0] } ?? []) + arguments.map { try fact(of: $0.value, row: row) }
        do {
            let type = try function.type(given.map(\.type))
            return Fact(type, unit: given.first?.unit)
        } catch {
            throw place(span).diagnostic(for: error, among: [])
        }
    }

    private func fact(ofIndex object: Expression, _ index: Expression, row: Schema?) throws -> Fact {
        let (whole, part) = (try fact(of: object, row: row), try fact(of: index, row: row))
        switch whole.type {
        case .list(let element): return part.type == .range ? Fact(whole.type) : Fact(element)
        case .table(let schema):
            if part.type == .range { return Fact(whole.type) }
            if case .string(let name) = part.value {
                return Fact(.list(try column(name, of: schema, at: index.span).type))
            }
            return ValueType.int.accepts(part.type) ? Fact(.record(schema)) : .unknown
        case .record(let schema):
            guard case .string(let name) = part.value else { return .unknown }
            return Fact(try column(name, of: schema, at: index.span).type)
        case .string: return Fact(.string)
        case .any, .oneOf: return .unknown
        default:
            throw place(object.span).error(.wrongType, "\(whole.type.phrase) has no elements to pick with `[…]`")
        }
    }

    private func fact(ofMember name: Name, of object: Expression, row: Schema?) throws -> Fact {
        let whole = try fact(of: object, row: row)
        switch whole.type {
        case .record(let schema):
            let column = try self.column(name.text, of: schema, at: name.span)
            return Fact(column.type, unit: column.unit)
        case .table(let schema): return Fact(.list(try column(name.text, of: schema, at: name.span).type))
        case .any, .oneOf: return .unknown
        case .handle(let kind):
            guard let fields = vocabulary.fields(ofHandle: kind) else { return .unknown }
            guard let field = fields.first(where: { $0.name == name.text }) else {
                throw noField(name, whole.type, among: fields.map(\.name))
            }
            return Fact(field.type, unit: field.unit)
        default: throw noField(name, whole.type, among: [])
        }
    }

    private func noField(_ name: Name, _ type: ValueType, among names: [String]) -> Diagnostic {
        place(name.span).error(
            .unknownField, "\(type.phrase) has no field `\(name.text)`", help: Naming.help(for: name.text, among: names)
        )
    }
}

extension TypedOperand {
    init(_ fact: Fact) {
        var literal: Double?
        switch fact.value {
        case .int(let value): literal = Double(value)
        case .float(let value): literal = value
        default: break
        }
        self.init(fact.type, unit: fact.unit, literal: literal)
    }
}

extension Value {
    /// Whether computing with it is cheap enough to do while checking.
    var isScalar: Bool {
        switch self {
        case .none, .bool, .int, .float, .string, .quantity, .symbol: true
        default: false
        }
    }
}

extension Place {
    /// An operator's complaint, with the place of its operands.
    func diagnostic(
        for error: OperationError, left: (span: Span, type: ValueType)? = nil,
        right: (span: Span, type: ValueType)? = nil
    ) -> Diagnostic {
        let code: Code =
            switch error.kind {
            case .type: .wrongType
            case .unit: .wrongUnit
            case .range: .outOfRange
            }
        guard let right else { return self.error(code, error.message, help: error.help) }
        var diagnostic = self.error(code, error.message, right.span, remark: right.type.phrase, help: error.help)
        if let left { diagnostic.labels.append(.init(source, left.span, left.type.phrase)) }
        return diagnostic
    }
}
