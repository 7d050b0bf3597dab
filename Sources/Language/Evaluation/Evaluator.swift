/// Runs programs: statements in order, each pipeline checked before its first stage runs.
struct Evaluator: Sendable {
    let source: Source
    let scope: Scope
    let runtime: Runtime
    /// The row that `.field` speaks of, where there is one.
    var row: Value?

    init(source: Source, scope: Scope, runtime: Runtime, row: Value? = nil) {
        self.source = source
        self.scope = scope
        self.runtime = runtime
        self.row = row
    }

    func place(_ span: Span) -> Place { Place(source: source, span: span) }

    /// Runs all statements, each told to `begin`; the value is that of the last one, nil when that binds, defines or hides.
    @discardableResult
    func run(
        _ program: Program, begin: (Statement) -> Void = { _ in }, show: (Value) -> Void = { _ in }
    ) throws -> Value? {
        var last: Value?
        for statement in program.statements {
            try check()
            begin(statement)
            last = try run(statement, show: show)
        }
        return last
    }

    /// Throws when the user has asked to stop.
    func check() throws { try runtime.cancel.check() }

    private func run(_ statement: Statement, show: (Value) -> Void) throws -> Value? {
        switch statement.kind {
        case .bind(let name, let pipeline):
            scope[name.text] = try run(pipeline).named(name.text)
        case .pipeline(let pipeline):
            let value = try run(pipeline)
            scope["it"] = value
            if !statement.isSilent { show(value) }
            return value
        case .define(let definition): define(definition)
        case .loop(let variable, let over, let body): try loop(variable, over, body, show: show)
        case .branch(let branch): try run(branch, show: show)
        case .use(let path, let span): try use(path, at: span)
        }
        return nil
    }

    private func use(_ path: String, at span: Span) throws {
        let (source, program, modules) = try runtime.modules.load(
            path, from: self.source, runtime.vocabulary, at: place(span))
        runtime.opened(source.name)
        try Evaluator(source: source, scope: scope, runtime: runtime.inside(modules)).run(program)
    }

    private func loop(_ variable: Name, _ over: Expression, _ body: Program, show: (Value) -> Void) throws {
        for item in try elements(of: try evaluate(over), at: over.span) {
            scope[variable.text] = item
            try run(body, show: show)
        }
    }

    private func elements(of value: Value, at span: Span) throws -> any Sequence<Value> {
        switch value {
        case .list(let items): return items
        case .table(let table): return (0..<table.rowCount).lazy.map { Value.record(table.row($0)) }
        case .range(let range):
            guard case .int(let lower) = range.lower, case .int(let upper) = range.upper else {
                throw place(span).error(.wrongType, "`for` goes over ranges of whole numbers only")
            }
            return (lower..<max(lower, upper == .max ? upper : upper + 1)).lazy.map { Value.int($0) }
        default:
            throw place(span).error(
                .wrongType, "`for` goes over a list, a range or a table, not \(value.type.phrase)")
        }
    }

    private func run(_ branch: Branch, show: (Value) -> Void) throws {
        guard case .bool(let condition) = try evaluate(branch.condition) else {
            throw place(branch.condition.span).error(.wrongType, "`if` needs true or false")
        }
        if condition {
            try run(branch.then, show: show)
        } else {
            switch branch.otherwise {
            case .block(let program): try run(program, show: show)
            case .branch(let other): try run(other, show: show)
            case .none: break
            }
        }
    }

    // MARK: Functions

    private func define(_ definition: Definition) {
        let fallbacks = definition.parameters.map(\.fallback)
        let names = definition.parameters.map(\.name.text)
        scope[definition.name.text] = .function(
            Function(name: definition.name.text, parameters: names, required: fallbacks.count { $0 == nil }) {
                arguments in
                let inner = Evaluator(source: source, scope: Scope(parent: scope), runtime: runtime)
                for (number, name) in names.enumerated() {
                    if number < arguments.count {
                        inner.scope[name] = arguments[number]
                    } else if let fallback = fallbacks[number] {
                        inner.scope[name] = try inner.evaluate(fallback)
                    }
                }
                switch definition.body {
                case .pipeline(let pipeline): return try inner.run(pipeline)
                case .block(let program): return try inner.run(program) ?? .none
                }
            })
    }

    /// The function of a lambda, which sees the names around it.
    func function(of lambda: Lambda) -> Function {
        let names = lambda.parameters.map(\.text)
        return Function(name: "{\(names.joined(separator: ", ")) -> …}", parameters: names) { arguments in
            let inner = Evaluator(source: source, scope: Scope(parent: scope), runtime: runtime)
            for (name, value) in zip(names, arguments) { inner.scope[name] = value }
            return try inner.run(lambda.body)
        }
    }

    /// Calls a function, with the place of the call on its errors.
    func call(_ function: Function, _ arguments: [Value], at span: Span) throws -> Value {
        try check()
        guard function.accepts(arguments.count) else {
            throw place(span).error(
                arguments.count < function.required ? .missingArgument : .tooManyArguments,
                "`\(function.name)` takes \(function.arity), not \(arguments.count)", help: "it is \(function.usage)")
        }
        guard Recursion.depth < Recursion.limit else {
            throw place(span).error(
                .recursion, "`\(function.name)` calls itself too deeply",
                help: "the limit is \(Recursion.limit) calls inside one another; use `for`")
        }
        return try Recursion.$depth.withValue(Recursion.depth + 1) { try function(arguments) }
    }
}

/// How deep the calls of functions are nested.
enum Recursion {
    static let limit = 400
    @TaskLocal static var depth = 0
}

extension Value {
    /// A value that is bound to a name keeps it, where it can: a user's own space prints under it.
    func named(_ name: String) -> Value {
        guard case .handle(let handle) = self, let nameable = handle as? any NameableHandle else { return self }
        return .handle(nameable.named(name))
    }
}

/// A handle that takes the name of the variable it is first bound to.
public protocol NameableHandle: Handle {
    func named(_ name: String) -> any Handle
}
