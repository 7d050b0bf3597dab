extension Checker {
    /// What comes out of `pipeline`.
    func fact(of pipeline: Pipeline, row: Schema? = nil) throws -> Fact {
        var piped: Fact? = pipeline.isContinued ? last : nil
        for (number, stage) in pipeline.stages.enumerated() {
            do {
                piped = try fact(of: stage, piped: piped, row: row)
            } catch let error as Diagnostic where number > 0 {
                throw tracing(error, to: pipeline.stages[number - 1])
            }
        }
        return piped ?? Fact(Value.none)
    }

    /// An error about a missing column also shows where its table comes from.
    private func tracing(_ error: Diagnostic, to stage: Stage) -> Diagnostic {
        guard error.code == .unknownColumn, error.labels.count == 1 else { return error }
        var error = error
        error.labels.append(.init(source, stage.span, "the table comes from here"))
        return error
    }

    private func fact(of stage: Stage, piped: Fact?, row: Schema?) throws -> Fact {
        switch stage.kind {
        case .command(let name, let arguments):
            return try call(name, arguments, piped: piped, at: stage.span)
        case .expression(let expression):
            guard let piped else { return try fact(of: expression, row: row) }
            return try fact(of: expression, piped: piped)
        }
    }

    /// An expression behind a pipe: a word without arguments, a call, or something of the piped value.
    private func fact(of expression: Expression, piped: Fact) throws -> Fact {
        switch expression.kind {
        case .name(let text):
            return try call(Name(text, expression.span), [], piped: piped, at: expression.span)
        case .call(let callee, let arguments):
            guard case .name(let text) = callee.kind else { break }
            return try call(Name(text, callee.span), arguments, piped: piped, at: expression.span)
        case .lambda(let lambda):
            return try fact(of: lambda, given: [piped], at: expression.span)
        default: break
        }
        guard expression.readsRow else {
            throw place(expression.span).error(
                .notACommand, "this stage does not use what is piped into it",
                help: "name a command here, or use `.` and `.field` for the piped value")
        }
        switch piped.type {
        case .table(let schema):
            if case .field(let name) = expression.kind {
                let column = try self.column(name, of: schema, at: expression.span)
                return Fact(.list(column.type))
            }
            return Fact(.list(try fact(of: expression, row: schema).type))
        case .record(let schema): return try fact(of: expression, row: schema)
        default: return .unknown
        }
    }

    /// A call of a word or of a function that is bound to `name`.
    func call(_ name: Name, _ arguments: [CallArgument], piped: Fact?, at span: Span) throws -> Fact {
        if let word = vocabulary.word(name.text) {
            return try check(word, arguments, piped: piped, at: span)
        }
        if let function = ScalarFunction.named(name.text) {
            return try check(function, arguments, piped: piped, at: span, row: nil)
        }
        if let bound = scope[name.text] { return try callBound(bound, name, arguments, piped: piped, at: span) }
        throw unknownCommand(name)
    }

    private func callBound(
        _ bound: Fact, _ name: Name, _ arguments: [CallArgument], piped: Fact?, at span: Span
    ) throws -> Fact {
        guard ValueType.function.accepts(bound.type) else { throw notACommand(name, bound, arguments) }
        let given = try arguments.map { try fact(of: $0.value, row: nil) }
        let count = given.count + (piped == nil ? 0 : 1)
        if case .function(let function) = bound.value, count > function.parameters.count {
            throw place(span).error(
                .tooManyArguments,
                "`\(name.text)` takes \(function.parameters.count) argument(s), not \(count)",
                help: "it is \(function.usage)")
        }
        return .unknown
    }

    /// "`x` is a number, not a command: write `x - 1`".
    private func notACommand(_ name: Name, _ bound: Fact, _ arguments: [CallArgument]) -> Diagnostic {
        var help: String?
        if arguments.count == 1, case .unary(.minus, let operand) = arguments[0].value.kind {
            help = "write `\(name.text) - \(source[operand.span])`"
        }
        return place(name.span).error(
            .notACommand, "`\(name.text)` is \(bound.type.phrase), not a command", help: help)
    }

    private func unknownCommand(_ name: Name) -> Diagnostic {
        let known = vocabulary.words.map(\.name) + ScalarFunction.all.map(\.name) + functionNames
        return place(name.span).error(
            .unknownCommand, "there is no command `\(name.text)`",
            help: Habit.farewells[name.text] ?? Naming.help(for: name.text, among: known)
                ?? "`help` lists the commands")
    }

    private var functionNames: [String] { scope.names.filter { scope[$0]?.type == .function } }

    // MARK: Words

    private func check(_ word: Word, _ arguments: [CallArgument], piped: Fact?, at span: Span) throws -> Fact {
        var (arguments, piped) = (arguments, piped)
        if piped == nil, word.signature.input != .none, let first = arguments.first, first.key == nil {
            piped = try fact(of: first.value, row: nil)  // call syntax: `first(t, 5)`
            arguments.removeFirst()
        }
        let place = self.place(span)
        let input = piped?.type ?? .none
        guard word.signature.input.accepts(input) else {
            throw wrongInput(word, input, arguments, piped == nil, at: span)
        }
        let assignments = try word.signature.match(arguments, at: place)
        var call = BoundCall()
        for assignment in assignments where !assignment.parameter.type.isRow {
            call.arguments[assignment.parameter.name] = .some(try known(assignment))
        }
        do {
            let rows = try word.rowSchema(input, call)
            for assignment in assignments where assignment.parameter.type.isRow {
                call.arguments[assignment.parameter.name] = .some(try rowArguments(assignment, over: rows))
            }
            return Fact(try word.outputType(input, call))
        } catch let error as CommandError {
            throw place.diagnostic(for: error, among: assignments)
        } catch let error as ArgumentError {
            throw place.error(.wrongType, "`\(word.name)`: \(error.message)", help: error.help)
        }
    }

    private func wrongInput(
        _ word: Word, _ input: ValueType, _ arguments: [CallArgument], _ isFirst: Bool, at span: Span
    ) -> Diagnostic {
        let wanted = word.signature.input
        let message =
            isFirst
            ? "`\(word.name)` needs \(wanted.phrase) piped into it"
            : wanted == .none
                ? "`\(word.name)` takes nothing from a pipe"
                : "`\(word.name)` takes \(wanted.phrase), not \(input.phrase)"
        return place(span).error(.wrongInput, message, help: Self.help(word.signature, input, arguments))
    }

    /// How to call it; for a list before a word that wants a table, how to make one; for a table before a word that
    /// wants a list, how to take a column: the one given as an argument, or else the first of numbers.
    private static func help(_ signature: Signature, _ input: ValueType, _ arguments: [CallArgument]) -> String {
        if case .list = input, signature.input.accepts(.table(.unknown)) {
            return "make a table of the list first: `… | as_table | \(signature.name) …`"
        }
        if case .table(let schema) = input, case .list = signature.input {
            let given = arguments.lazy.compactMap { argument -> String? in
                guard case .field(let name) = argument.value.kind else { return nil }
                return name
            }
            let column = given.first ?? schema.columns.first { $0.type.isNumeric }?.name ?? "column"
            return "take a column of the table first: `… | .\(column) | \(signature.name)`"
        }
        return "usage: \(signature.usage)"
    }

    /// The value of an argument that is no row expression, or nil when it is not known yet.
    private func known(_ assignment: Assignment) throws -> BoundArgument? {
        let type = assignment.parameter.type
        var values: [BoundArgument] = []
        var isKnown = true
        for argument in assignment.arguments {
            let fact = try self.fact(of: argument, for: type)
            guard type.valueType.accepts(fact.type) || fact.type == .none && type.isOptional else {
                throw wrongArgument(assignment.parameter, fact, argument)
            }
            if let value = fact.value { values.append(.value(value)) } else { isKnown = false }
        }
        guard isKnown else { return nil }
        return values.count == 1 && !type.isMany ? values[0] : .many(values)
    }

    private func wrongArgument(_ parameter: Signature.Parameter, _ fact: Fact, _ argument: CallArgument) -> Diagnostic {
        let names = parameter.type.constants.map(\.name)
        var help = names.isEmpty ? nil : "one of: \(names.joined(separator: ", "))"
        if case .string(let text) = fact.value, names.contains(text) { help = "write `\(text)` without quotes" }
        return place(argument.value.span).error(
            .wrongType, "`\(parameter.name)` must be \(parameter.type.wording), not \(fact.type.phrase)", help: help)
    }

    /// What is known of an argument; a name that is a constant of the parameter's type means that constant.
    func fact(of argument: CallArgument, for type: any ParameterType.Type) throws -> Fact {
        if type.takesAnyName, case .name(let text) = argument.value.kind { return Fact(.string(text)) }
        guard !type.constants.isEmpty else { return try fact(of: argument.value, row: nil) }
        return try constant(argument.value, of: type)
    }

    private func constant(_ expression: Expression, of type: any ParameterType.Type) throws -> Fact {
        switch expression.kind {
        case .name(let text):
            if let symbol = type.symbol(text) { return Fact(.symbol(symbol)) }
            if let fact = scope[text] { return fact }
            if let entry = vocabulary.constant(text) { return Fact(entry.value) }
            throw place(expression.span).error(
                .unknownConstant, "there is no \(type.constantKind) `\(text)`",
                help: Naming.help(for: text, among: type.constants.map(\.name), shown: 40))
        case .list(let items):
            let facts = try items.map { try constant($0, of: type) }
            let values = facts.compactMap(\.value)
            let known = values.count == facts.count
            return known ? Fact(.list(values)) : Fact(.list(ValueType.common(of: facts.map(\.type))))
        default: return try fact(of: expression, row: nil)
        }
    }
}

extension ParameterType {
    /// What one of the constants is called in errors.
    static var constantKind: String {
        wording.split(separator: ",")[0].split(separator: " ").dropFirst().joined(separator: " ")
    }

    /// The constant of this name, if there is one.
    static func symbol(_ name: String) -> Symbol? {
        constants.contains { $0.name == name } ? Symbol(kind: constantKind, name: name) : nil
    }
}

extension Place {
    /// A command's own error, with its place: the argument that it names, or the whole call.
    func diagnostic(for error: CommandError, among assignments: [Assignment]) -> Diagnostic {
        let argument = assignments.first { $0.parameter.name == error.argument }?.arguments.first
        return self.error(error.code, error.message, argument?.value.span ?? span, help: error.help)
    }
}
