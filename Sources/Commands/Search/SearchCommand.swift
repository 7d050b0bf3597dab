import Language
import Search
import Spaces
import Statistics

/// Looking for the best architectures of a space.
struct SearchCommand: Command {
    static let name = "search"
    static let chapter = Chapter.analysis
    static let summary =
        "Search a space by a strategy: evaluate architectures one by one, each chosen by what is known."
    static let discussion = """
        One row a query: the architecture, its objectives, and the best of the first objective so far; of several \
        objectives also the hypervolume of what is known, against the worst value of each. Objectives are published \
        measurements (`accuracy`, `latency`, `train_time`), costs (`params`, `macs`, …), or functions of an \
        architecture; where a function fails or gives none, the query is stored with none and its reason, and the search \
        goes on. Evaluations of functions, and all of a search with a `name`, are stored as they end; the same line goes on with \
        a search that was interrupted, and with more `queries` it goes further. Several `workers` train side by side, and the \
        order in which the strategy hears of them does not depend on the clock. No two queries are isomorphic. `where` holds a condition on costs that every architecture asked for \
        meets. Several objectives are followed by `auto`, `nsga2` and `random`. The strategies and their papers: \
        docs/search.md.
        """
    static let examples = [
        Example("nb201 | search auto, maximize: accuracy, data: cifar10, queries: 12, seed: 0 | count", gives: "12"),
        Example(
            "macro | search evolution, maximize: accuracy, where: .params < 1M, queries: 40, seed: 0 | cost | where .params >= 1M | count",
            gives: "0"),
        Example(
            "macro | search random, maximize: {a -> 0 - (a | cost).macs[0]}, queries: 5, seed: 0 | count", gives: "5"),
    ]

    @Argument("the strategy") var strategy: StrategyName
    @Option("what to maximise") var maximize: [SearchObjective] = []
    @Option("what to minimise") var minimize: [SearchObjective] = []
    @Option("how many architectures to evaluate") var queries: Int
    @Option("which architectures may be asked for, by their costs") var `where`: Condition?
    @Option("the data set, for accuracy and training time") var data: DataSetName?
    @Option("the part of the data set, for accuracy") var split: Split = .test
    @Option("after how many epochs, the longest unless given") var epochs: Epochs?
    @Option("which of several trainings, by seed or from 1; their mean unless given") var training: Int?
    @Option("the device, for latency") var device: DeviceName?
    @Option("how many architectures are evaluated at once") var workers = 1
    @Option("start of the random numbers") var seed: SeedOption = .derived
    @Option("what the stored search is called; its strategy and number unless given") var name: String? = nil

    func rowSchema(for input: ValueType) -> Schema { Schema(CostColumns.types) }

    func outputType(for input: ValueType) throws -> ValueType {
        try check()
        guard let maximize = $maximize.known, let minimize = $minimize.known else { return .table(.unknown) }
        let goals = SearchGoals.columns(maximize: maximize, minimize: minimize)
        return .table(Schema(SearchTable.columns(of: goals)))
    }

    private func check() throws {
        if let queries = $queries.known, queries < 1 {
            throw CommandError("`queries` must be at least 1", argument: "queries", code: .outOfRange)
        }
        if let workers = $workers.known, !(1...256).contains(workers) {
            throw CommandError("`workers` must be 1 to 256", argument: "workers", code: .outOfRange)
        }
        guard $maximize.isGiven || $minimize.isGiven else {
            throw CommandError(
                "`search` needs an objective", help: "as in `maximize: accuracy`, or a function of an architecture",
                code: .missingArgument)
        }
        guard let maximize = $maximize.known, let minimize = $minimize.known else { return }
        guard !maximize.isEmpty || !minimize.isEmpty else {
            throw CommandError("`search` needs an objective", argument: "maximize", code: .missingArgument)
        }
        if let kind = $strategy.known?.strategy, maximize.count + minimize.count > 1, !kind.followsSeveral {
            let several = Strategies.all.filter(\.followsSeveral).map(\.name).joined(separator: ", ")
            throw CommandError(
                "`\(kind.name)` follows one objective", help: "several are followed by \(several)",
                argument: "strategy", code: .outOfRange)
        }
    }

    func run(_ input: SpaceHandle, in context: Context) throws -> Table {
        try check()
        let space = input.space
        let question = TableQuestion(data: data, split: split, epochs: epochs, training: training, device: device)
        let goals = try SearchGoals(maximize: maximize, minimize: minimize, in: space, table: question)
        let predicate = try `where`.map { try CostCondition($0, in: space).predicate() }
        return try searching {
            let domain = try SearchDomain(space, objectives: goals.goals.count, isFeasible: predicate)
            let table = try isStored ? stored(domain, goals, in: context) : explored(domain, goals, in: context)
            if table.count < queries {
                context.note("no further architecture may be asked for: \(table.count) queries of \(queries) were made")
            }
            if table.failures > 0 { context.note("\(table.failures) of \(table.count) evaluations failed") }
            return table.table
        }
    }

    /// Whether evaluations are stored: those of functions, which may be trainings, and whatever has a name.
    private var isStored: Bool { name != nil || workers > 1 || (maximize + minimize).contains(where: \.isFunction) }

    private func stored(_ domain: SearchDomain, _ goals: SearchGoals, in context: Context) throws -> SearchTable {
        var generator = seed.generator(in: context)
        let search = StoredSearch(
            goals: goals, domain: domain, strategy: strategy.strategy, queries: queries, workers: workers,
            seed: generator.next(), name: name)
        return try search.run(in: context)
    }

    private func explored(_ domain: SearchDomain, _ goals: SearchGoals, in context: Context) throws -> SearchTable {
        var table = SearchTable(goals, of: domain.space)
        var generator = seed.generator(in: context)
        var strategy = try strategy.strategy.make(domain)
        _ = try SearchLoop.run(
            &strategy, queries: queries, objectives: domain.objectives, using: &generator
        ) { architecture in
            try context.cancel.check()
            context.progress.report(done: table.count, of: queries, label: "search")
            let evaluation = try goals.evaluate(ArchitectureHandle(architecture, of: domain.space))
            table.append(architecture, evaluation)
            return evaluation.outcome(goals)
        }
        return table
    }
}

/// The rows of a search.
struct SearchTable {
    private let goals: SearchGoals
    private let space: any Space
    private var architectures: [Architecture] = []
    private var evaluations: [SearchEvaluation] = []

    init(_ goals: SearchGoals, of space: any Space) { (self.goals, self.space) = (goals, space) }

    /// The columns for objectives.
    static func columns(of goals: [ColumnType]) -> [ColumnType] {
        let first = goals.first
        return [ColumnType("query", .int)] + ArchitectureColumn.schema.columns + goals
            + [ColumnType("best", .number, unit: first?.unit)]
            + (goals.count > 1 ? [ColumnType("hypervolume", .number)] : [])
    }

    var count: Int { architectures.count }
    var failures: Int { evaluations.count { $0.failure != nil } }

    mutating func append(_ architecture: Architecture, _ evaluation: SearchEvaluation) {
        architectures.append(architecture)
        evaluations.append(evaluation)
    }

    var table: Table {
        let matrix = GeneMatrix(space: space.name, length: space.genes.count, architectures)
        let query = Column("query", .ints(Array(1..<count + 1)))
        let arch = Column(ArchitectureColumn.name, .handles(ArchitectureCells(matrix, of: space)))
        let objectives = goals.goals.indices.map { column(of: $0) }
        return Table([query, arch] + objectives + [best(objectives[0])] + volumes)
    }

    /// The values of an objective, in the unit of the first value.
    private func column(of goal: Int) -> Column {
        let unit = evaluations.lazy.compactMap { $0.readings.isEmpty ? nil : $0.readings[goal].1 }.first
        let values = evaluations.map { evaluation -> Double in
            guard !evaluation.readings.isEmpty else { return .nan }
            let (value, own) = evaluation.readings[goal]
            guard let own, let unit, own != unit else { return value }
            return own.dimension == unit.dimension ? Quantity(value, own).magnitude(in: unit) : .nan
        }
        var reasons: [Int: String] = [:]
        for (row, evaluation) in evaluations.enumerated() { reasons[row] = evaluation.failure }
        let missing = MissingCells(flags: values.map(\.isNaN), reasons: reasons)
        return Column(goals.goals[goal].column.name, .floats(values), missing: missing, unit: unit)
    }

    /// The best so far of the first objective.
    private func best(_ column: Column) -> Column {
        guard case .floats(let values) = column.cells else { return column.named("best") }
        var best = Double.nan
        let bests = values.map { value in
            if value.isFinite {
                let isBetter = goals.goals[0].isMaximized ? value > best : value < best
                if best.isNaN || isBetter { best = value }
            }
            return best
        }
        return Column("best", .floats(bests), unit: column.unit)
    }

    /// Of several objectives the volume that is dominated, against the worst value of each, after each query.
    private var volumes: [Column] {
        guard goals.goals.count > 1 else { return [] }
        let points = evaluations.map { $0.outcome(goals).values }
        let known = points.filter { !$0.isEmpty && $0.allSatisfy(\.isFinite) }
        guard let first = known.first else { return [Column("hypervolume", .floats(points.map { _ in 0 }))] }
        let reference = first.indices.map { objective in known.map { $0[objective] }.min() ?? 0 }
        var front: [[Double]] = []
        var volume = 0.0
        let volumes = points.map { point in
            let isDominated = front.contains { zip($0, point).allSatisfy { $0 >= $1 } }
            guard !point.isEmpty, point.allSatisfy(\.isFinite), !isDominated else { return volume }
            front = front.filter { other in !zip(point, other).allSatisfy { $0 >= $1 } } + [point]
            let columns = reference.indices.map { objective in front.map { $0[objective] } }
            let objectives = try? Objectives(columns, reference.map { _ in .maximise })
            volume = objectives.flatMap { try? Hypervolume.measure($0, reference: reference) } ?? volume
            return volume
        }
        return [Column("hypervolume", .floats(volumes))]
    }
}
