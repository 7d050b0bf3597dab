extension Evaluator {
    /// Runs the stages in order, after checking all of them.
    func run(_ pipeline: Pipeline) throws -> Value {
        if pipeline.stages.contains(where: \.isCommand) {
            let checker = Checker(source: source, runtime: runtime, scope: scope)
            _ = try checker.fact(of: pipeline, row: row.flatMap(\.schema))
        }
        var piped: Value? = pipeline.isContinued ? (scope["it"] ?? Value.none) : nil
        for stage in pipeline.stages {
            try check()
            piped = try run(stage, piped: piped)
        }
        return piped ?? .none
    }

    private func run(_ stage: Stage, piped: Value?) throws -> Value {
        switch stage.kind {
        case .command(let name, let arguments):
            return try call(name, arguments, piped: piped, at: stage.span)
        case .expression(let expression):
            guard let piped else { return try evaluate(expression) }
            return try evaluate(expression, piped: piped)
        }
    }

    /// An expression behind a pipe: a word without arguments, a call, or something of the piped value.
    private func evaluate(_ expression: Expression, piped: Value) throws -> Value {
        switch expression.kind {
        case .name(let text):
            return try call(Name(text, expression.span), [], piped: piped, at: expression.span)
        case .call(let callee, let arguments):
            guard case .name(let text) = callee.kind else { break }
            return try call(Name(text, callee.span), arguments, piped: piped, at: expression.span)
        case .lambda(let lambda): return try call(function(of: lambda), [piped], at: expression.span)
        default: break
        }
        if case .table(let table) = piped {
            return .list(try column(of: expression, over: table).values)
        }
        return try with(row: piped).evaluate(expression)
    }

    func with(row: Value) -> Evaluator {
        Evaluator(source: source, scope: scope, runtime: runtime, row: row)
    }

    /// A call of a word, of a function on numbers, or of a function that is bound to `name`.
    func call(_ name: Name, _ arguments: [CallArgument], piped: Value?, at span: Span) throws -> Value {
        if let word = runtime.vocabulary.word(name.text) {
            return try run(word, arguments, piped: piped, at: span)
        }
        if let function = ScalarFunction.named(name.text) {
            let given = try (piped.map { [$0] } ?? []) + arguments.map { try evaluate($0.value) }
            return try apply(function, given, at: span)
        }
        guard let bound = scope[name.text] else {
            throw place(name.span).error(.unknownCommand, "there is no command `\(name.text)`")
        }
        guard case .function(let function) = bound else {
            throw place(name.span).error(.notACommand, "`\(name.text)` is \(bound.type.phrase), not a command")
        }
        return try call(function, try bind(arguments, to: function, piped: piped), at: span)
    }

    /// The arguments of a user's function in the order of its parameters.
    private func bind(_ arguments: [CallArgument], to function: Function, piped: Value?) throws -> [Value] {
        var values = piped.map { [$0] } ?? []
        for argument in arguments {
            if let key = argument.key {
                guard let position = function.parameters.firstIndex(of: key.text) else {
                    throw place(key.span).error(
                        .unknownArgument, "`\(function.name)` has no argument `\(key.text)`",
                        help: Naming.help(for: key.text, among: function.parameters))
                }
                guard position == values.count else {
                    throw place(key.span).error(
                        .unknownArgument, "give the arguments of `\(function.name)` in order",
                        help: "it is \(function.usage)")
                }
            }
            values.append(try evaluate(argument.value))
        }
        return values
    }

    func apply(_ function: ScalarFunction, _ arguments: [Value], at span: Span) throws -> Value {
        guard let value = arguments.first, arguments.count == 1 else {
            throw place(span).error(.missingArgument, "`\(function.name)` takes one number")
        }
        do {
            return try function(value)
        } catch {
            throw place(span).diagnostic(for: error, among: [])
        }
    }

    // MARK: Words

    private func run(_ word: Word, _ arguments: [CallArgument], piped: Value?, at span: Span) throws -> Value {
        var (arguments, piped) = (arguments, piped)
        if piped == nil, word.signature.input != .none, let first = arguments.first, first.key == nil {
            piped = try evaluate(first.value)
            arguments.removeFirst()
        }
        let input = piped ?? .none
        guard word.signature.input.accepts(input.type) else {
            throw place(span).error(
                .wrongInput, "`\(word.name)` takes \(word.signature.input.phrase), not \(input.type.phrase)",
                help: "usage: \(word.signature.usage)")
        }
        let assignments = try word.signature.match(arguments, at: place(span))
        var call = BoundCall()
        for assignment in assignments {
            call.arguments[assignment.parameter.name] = .some(try argument(assignment))
        }
        return try attributing(span, assignments) {
            try word.run(input, call, runtime.nextContext()).stamped(with: source[span])
        }
    }

    /// Runs `body`; whatever it throws becomes a diagnostic with the place of the call.
    private func attributing(_ span: Span, _ assignments: [Assignment], _ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as Diagnostic {
            throw error
        } catch let error as CancellationError {
            throw error
        } catch let error as CommandError {
            throw place(span).diagnostic(for: error, among: assignments)
        } catch let error as ArgumentError {
            throw place(span).error(.wrongType, error.message, help: error.help)
        } catch let error as OperationError {
            throw place(span).diagnostic(for: error)
        } catch let error as ReadingError {
            throw place(span).error(.file, "\(error.place): \(error.message)", help: error.help)
        } catch let error as TableError {
            throw place(span).error(.failed, error.message, help: error.help)
        } catch {
            throw place(span).error(.failed, String(describing: error))
        }
    }

    private func argument(_ assignment: Assignment) throws -> BoundArgument {
        let type = assignment.parameter.type
        var pieces: [BoundArgument] = []
        for argument in assignment.arguments {
            if type.isRow {
                pieces += try rowArguments(argument.value, isMany: type.isMany)
            } else {
                pieces.append(.value(try value(of: argument.value, for: type)))
            }
        }
        return type.isMany ? .many(pieces) : pieces[0]
    }

    /// The value of an argument; a name that is a constant of the parameter's type means that constant.
    private func value(of expression: Expression, for type: any ParameterType.Type) throws -> Value {
        switch expression.kind {
        case .name(let text):
            if type.takesAnyName { return .string(text) }
            if let symbol = type.symbol(text) { return .symbol(symbol) }
            return try evaluate(expression)
        case .list(let items) where !type.constants.isEmpty:
            return .list(try items.map { try value(of: $0, for: type) })
        default: return try evaluate(expression)
        }
    }
}

extension Stage {
    /// Whether it may call a command: such a pipeline is checked before it runs.
    var isCommand: Bool {
        switch kind {
        case .command: true
        case .expression(let expression):
            switch expression.kind {
            case .name, .call: true
            default: false
            }
        }
    }
}

extension Value {
    /// A table whose new columns say which stage made them.
    func stamped(with origin: String) -> Value {
        guard case .table(let table) = self else { return self }
        return .table(table.stamped(with: origin))
    }

    var schema: Schema? {
        switch self {
        case .table(let table): table.schema
        case .record: if case .record(let schema) = type { schema } else { nil }
        default: nil
        }
    }
}

extension Table {
    /// The table with `origin` on every column that has none yet.
    func stamped(with origin: String) -> Table {
        guard columns.contains(where: { $0.origin == nil }) else { return self }
        return Table(
            columns.map { column in
                var column = column
                column.origin = column.origin ?? origin
                return column
            })
    }
}
