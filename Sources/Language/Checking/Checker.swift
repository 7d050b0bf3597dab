/// Finds, before anything runs, what is wrong with a program's names, arguments, columns and units.
///
/// What cannot be known yet passes: running it checks again, with the values then at hand.
struct Checker {
    let source: Source
    let vocabulary: Vocabulary
    let modules: Modules
    var scope: FactScope
    /// What `it` is.
    var last: Fact

    init(source: Source, runtime: Runtime, scope: Scope) {
        self.source = source
        self.vocabulary = runtime.vocabulary
        self.modules = runtime.modules
        self.scope = FactScope(bound: scope)
        self.last = scope["it"].map(Fact.init) ?? .unknown
    }

    func place(_ span: Span) -> Place { Place(source: source, span: span) }

    // MARK: Statements

    /// Checks all statements in order.
    mutating func check(_ program: Program) throws {
        for statement in program.statements { try check(statement) }
    }

    private mutating func check(_ statement: Statement) throws {
        switch statement.kind {
        case .bind(let name, let pipeline):
            try checkBindable(name)
            scope[name.text] = try fact(of: pipeline)
        case .pipeline(let pipeline):
            last = try fact(of: pipeline)
            scope["it"] = last
        case .define(let definition): try check(definition)
        case .loop(let variable, let over, let body): try checkLoop(variable, over, body)
        case .branch(let branch): try check(branch)
        case .use(let path, let span):
            let (source, program, modules) = try modules.load(path, from: self.source, vocabulary, at: place(span))
            var inner = Checker(source: source, modules: modules, like: self)
            try inner.check(program)
            scope = inner.scope
        }
    }

    /// One that goes on in another source with what is known by now.
    func going(on source: Source) -> Checker { Checker(source: source, modules: modules, like: self) }

    private init(source: Source, modules: Modules, like other: Checker) {
        self.source = source
        self.vocabulary = other.vocabulary
        self.modules = modules
        self.scope = other.scope
        self.last = other.last
    }

    /// Refuses names that stand for constants of the language.
    func checkBindable(_ name: Name) throws {
        guard let constant = vocabulary.constant(name.text) else { return }
        throw place(name.span).error(
            .boundAgain, "`\(name.text)` is \(withArticle(constant.kind)), and cannot be bound again",
            help: "choose another name, such as `\(name.text)_2`")
    }

    private mutating func check(_ definition: Definition) throws {
        try checkBindable(definition.name)
        scope[definition.name.text] = Fact(.function)
        var inner = self
        for parameter in definition.parameters {
            try checkBindable(parameter.name)
            if let fallback = parameter.fallback { _ = try fact(of: fallback, row: nil) }
            inner.scope[parameter.name.text] = .unknown
        }
        switch definition.body {
        case .pipeline(let pipeline): _ = try inner.fact(of: pipeline)
        case .block(let program): try inner.check(program)
        }
    }

    private mutating func checkLoop(_ variable: Name, _ over: Expression, _ body: Program) throws {
        try checkBindable(variable)
        let items = try fact(of: over, row: nil)
        let before = scope
        for name in Self.assigned(in: body) { scope[name] = .unknown }
        scope[variable.text] = Fact(try elementType(of: items, at: over.span))
        try check(body)
        scope = scope.merged(with: before)
    }

    private func elementType(of items: Fact, at span: Span) throws -> ValueType {
        switch items.type {
        case .list(let element): return element
        case .range: return .any
        case .table(let schema): return .record(schema)
        case .any, .oneOf: return .any
        default:
            throw place(span).error(
                .wrongType, "`for` goes over a list, a range or a table, not \(items.type.phrase)")
        }
    }

    private mutating func check(_ branch: Branch) throws {
        let condition = try fact(of: branch.condition, row: nil)
        guard ValueType.bool.accepts(condition.type) else {
            throw place(branch.condition.span).error(
                .wrongType, "`if` needs true or false, not \(condition.type.phrase)")
        }
        var (yes, no) = (self, self)
        try yes.check(branch.then)
        switch branch.otherwise {
        case .block(let program): try no.check(program)
        case .branch(let branch): try no.check(branch)
        case .none: break
        }
        scope = yes.scope.merged(with: no.scope)
    }

    /// The names that `program` binds.
    static func assigned(in program: Program) -> [String] {
        program.statements.flatMap { statement -> [String] in
            switch statement.kind {
            case .bind(let name, _): [name.text]
            case .pipeline: ["it"]
            case .define(let definition): [definition.name.text]
            case .loop(let variable, _, let body): [variable.text] + assigned(in: body)
            case .branch(let branch): assigned(in: branch)
            case .use: []
            }
        }
    }

    private static func assigned(in branch: Branch) -> [String] {
        switch branch.otherwise {
        case .block(let program): assigned(in: branch.then) + assigned(in: program)
        case .branch(let other): assigned(in: branch.then) + assigned(in: other)
        case .none: assigned(in: branch.then)
        }
    }
}
