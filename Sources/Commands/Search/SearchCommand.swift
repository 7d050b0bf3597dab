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
        order in which the strategy hears of them does not depend on the clock. No two queries are isomorphic. `where` \
        holds a condition on costs, and on the targets of predictors among the objectives, that every architecture asked \
        for meets. Several objectives are followed by `auto`, `nsga2` and `random`.

        With `generations` in place of `queries`, `evolution` breeds whole populations, as Once-for-All does: for \
        objectives that cost next to nothing, such as predictors. Then the rows are the best population, the best first; of several \
        objectives its Pareto front. The strategies and their papers: docs/search.md.
        """
    static let examples = [
        Example("nb201 | search auto, maximize: accuracy, data: cifar10, queries: 12, seed: 0 | count", gives: "12"),
        Example(
            "macro | search evolution, maximize: accuracy, where: .params < 1M, queries: 40, seed: 0 | cost | where .params >= 1M | count",
            gives: "0"),
        Example(
            """
            rf = macro | sample 50, seed: 0 | query accuracy | fit forest, target: .accuracy, seed: 0;
            macro | search evolution, maximize: rf, minimize: macs, where: .accuracy > 88%, generations: 3, seed: 0
            | columns | count
            """, gives: "4"),
        Example(
            "macro | search random, maximize: {a -> 0 - (a | cost).macs[0]}, queries: 5, seed: 0 | count", gives: "5"),
    ]

    @Argument("the strategy") var strategy: StrategyName
    @Option("what to maximise") var maximize: [SearchObjective] = []
    @Option("what to minimise") var minimize: [SearchObjective] = []
    @Option("how many architectures to evaluate, one by one") var queries: Int?
    @Option("how many generations of a population to breed, in place of queries") var generations: Int?
    @Option("how many live in a generation") var population = 100
    @Option("which architectures may be asked for, by their costs and predicted objectives") var `where`: Condition?
    @Option("the data set, for accuracy and training time") var data: DataSetName?
    @Option("the part of the data set, for accuracy") var split: Split = .test
    @Option("after how many epochs, the longest unless given") var epochs: Epochs?
    @Option("which of several trainings, by seed or from 1; their mean unless given") var training: Int?
    @Option("the device, for latency") var device: DeviceName?
    @Option("how many architectures are evaluated at once") var workers = 1
    @Option("start of the random numbers") var seed: SeedOption = .derived
    @Option("what the stored search is called; its strategy and number unless given") var name: String? = nil

    func rowSchema(for input: ValueType) -> Schema {
        guard let maximize = $maximize.known, let minimize = $minimize.known else {
            return Schema(CostColumns.types, isOpen: true)
        }
        return Schema(CostColumns.types).adding((maximize + minimize).filter { $0.predictor != nil }.map(\.column))
    }

    func outputType(for input: ValueType) throws -> ValueType {
        try check()
        guard let maximize = $maximize.known, let minimize = $minimize.known else { return .table(.unknown) }
        let goals = SearchGoals.columns(maximize: maximize, minimize: minimize)
        let isBred = $generations.isGiven
        return .table(Schema(isBred ? BredTable.columns(of: goals) : SearchTable.columns(of: goals)))
    }

    private func check() throws {
        if let queries = $queries.known ?? nil, queries < 1 {
            throw CommandError("`queries` must be at least 1", argument: "queries", code: .outOfRange)
        }
        guard $queries.isGiven != $generations.isGiven else {
            throw CommandError(
                "`search` needs either `queries` or `generations`",
                help: "as in `queries: 100`, or with predictors `search evolution, maximize: acc, generations: 50`",
                argument: $queries.isGiven ? "generations" : nil, code: .missingArgument)
        }
        if $generations.isGiven { try checkGenerations() }
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
        if let kind = $strategy.known?.strategy, maximize.count + minimize.count > 1, !kind.followsSeveral,
            !$generations.isGiven
        {
            let several = Strategies.all.filter(\.followsSeveral).map(\.name).joined(separator: ", ")
            throw CommandError(
                "`\(kind.name)` follows one objective", help: "several are followed by \(several)",
                argument: "strategy", code: .outOfRange)
        }
    }

    private func checkGenerations() throws {
        if let kind = $strategy.known?.strategy, kind.name != "evolution" {
            throw CommandError(
                "`generations` are bred by `evolution`, not by `\(kind.name)`", help: "give `queries` instead",
                argument: "generations", code: .outOfRange)
        }
        if let population = $population.known, population < 4 {
            throw CommandError("`population` must be at least 4", argument: "population", code: .outOfRange)
        }
        if let generations = $generations.known ?? nil, generations < 0 {
            throw CommandError("`generations` must not be negative", argument: "generations", code: .outOfRange)
        }
        if ($maximize.known ?? []).contains(where: \.isFunction)
            || ($minimize.known ?? []).contains(where: \.isFunction)
        {
            throw CommandError(
                "`generations` judge whole populations, and a function judges one architecture",
                help: "fit a predictor to what the function says, or give `queries`", argument: "generations",
                code: .outOfRange)
        }
    }

    func run(_ input: SpaceHandle, in context: Context) throws -> Table {
        try check()
        let space = input.space
        let question = TableQuestion(data: data, split: split, epochs: epochs, training: training, device: device)
        let goals = try SearchGoals(maximize: maximize, minimize: minimize, in: space, table: question)
        let condition = try `where`.map {
            try SearchCondition($0, in: space, predictors: (maximize + minimize).compactMap(\.predictor))
        }
        if let generations {
            return try BredTable(goals, condition, in: space).run(
                population: population, generations: generations, seed: seed, in: context)
        }
        let queries = queries ?? 0
        let predicate = try condition?.predicate()
        return try searching {
            let domain = try SearchDomain(space, objectives: goals.goals.count, isFeasible: predicate)
            let table =
                try isStored
                ? stored(domain, goals, queries, in: context) : explored(domain, goals, queries, in: context)
            if table.count < queries {
                context.note("no further architecture may be asked for: \(table.count) queries of \(queries) were made")
            }
            if table.failures > 0 { context.note("\(table.failures) of \(table.count) evaluations failed") }
            return table.table
        }
    }

    /// Whether evaluations are stored: those of functions, which may be trainings, and whatever has a name.
    private var isStored: Bool { name != nil || workers > 1 || (maximize + minimize).contains(where: \.isFunction) }

    private func stored(
        _ domain: SearchDomain, _ goals: SearchGoals, _ queries: Int, in context: Context
    ) throws -> SearchTable {
        var generator = seed.generator(in: context)
        let search = StoredSearch(
            goals: goals, domain: domain, strategy: strategy.strategy, queries: queries, workers: workers,
            seed: generator.next(), name: name)
        return try search.run(in: context)
    }

    private func explored(
        _ domain: SearchDomain, _ goals: SearchGoals, _ queries: Int, in context: Context
    ) throws -> SearchTable {
        var table = SearchTable(goals, of: domain.space)
        var generator = seed.generator(in: context)
        var strategy = try strategy.strategy.make(domain)
        _ = try SearchLoop.run(
            &strategy, queries: queries, objectives: domain.objectives, using: &generator
        ) { architecture in
            try context.cancel.check()
            context.progress.report(done: table.count, of: queries, label: "search")
            let evaluation = try goals.evaluate(architecture)
            table.append(architecture, evaluation)
            return evaluation.outcome(goals)
        }
        return table
    }
}
