import Estimation
import Language
import Networks
import Statistics
import Tensors
import Training

/// Zero-cost proxies.
struct Score: Command {
    static let chapter = Chapter.measuring
    static let summary = "Score networks by zero-cost proxies: guesses of their quality without training."
    static let discussion = """
        Adds one column a proxy; greater is better in all of them. Proxies share forward and backward passes, so each \
        further one costs little. A cell is `none`, with its reason, where the definition has no finite value or no path \
        leads from input to output. Initial weights are common random numbers: the same seed gives the same layer the same \
        weights in every architecture. Without `data` proxies that need no images see networks for the space's own input, \
        and others those for `digits`. Dead parts are left out; with `dead: keep` they are computed as in the reference \
        code, and l2_norm, naswot and zen count them (params and flops always do). A `network` is scored with the weights \
        that it has, and in float64 unless `dtype` says otherwise: long chains of batch normalisation enlarge the rounding \
        of float32. Definitions and measured correlations: docs/proxies.md.
        """
    static let examples = [
        Example("nb201 | sample 4, seed: 0 | score params, live_params | columns | count", gives: "3"),
        Example("nb201 | sample 2, seed: 0 | score snip, grad_norm, data: digits, batch: 8 | count", gives: "2"),
        Example(#"(arch macro, "01210012" | score params).params"#),
    ]

    @Argument("the proxies, as many as you like") var proxies: [ProxyName]
    @Option("the data set of the batch") var data: DataSource = .digits
    @Option("how many images, or a file of them") var batch: BatchSource = .size(64)
    @Option("start of the random numbers of weights and batch") var seed = 0
    @Option("how weights begin") var `init`: InitialWeights = .standard
    @Option("over how many seeds to average") var `repeat` = 1
    @Option("the type of the numbers; float64 for a network, else float32") var dtype: Precision?
    @Option("what is done with operations on no path") var dead: DeadParts = .drop

    func outputType(for input: ValueType) throws -> ValueType {
        try check()
        let schema = try NetworkInput.schema(of: input)
        guard let proxies = $proxies.known else { return .table(Schema(schema.columns, isOpen: true)) }
        return .table(proxies.reduce(schema) { $0.adding(ColumnType($1.proxy.name, .number)) })
    }

    private func check() throws {
        if let count = $repeat.known, count < 1 {
            throw CommandError("`repeat` must be at least 1", argument: "repeat", code: .outOfRange)
        }
        if case .size(let size)? = $batch.known, size < 1 {
            throw CommandError("`batch` must be at least 1", argument: "batch", code: .outOfRange)
        }
        if let proxies = $proxies.known, proxies.isEmpty {
            throw CommandError(
                "`score` needs a proxy", help: ProxyName.offer, argument: "proxies", code: .missingArgument)
        }
    }

    func run(_ input: NetworkInput, in context: Context) throws -> Table {
        try check()
        let needs = proxies.reduce(Needs.graph) { $0.union($1.proxy.needs) }
        let isAsked = $data.isGiven || $batch.isGiven
        let data = needs.readsBatch || isAsked ? try ScoringData(self.data, batch, seed: seed, in: context) : nil
        return try scored(input, data, context)
    }

    private func scored(_ input: NetworkInput, _ data: ScoringData?, _ context: Context) throws -> Table {
        let cancelled: @Sendable () -> Bool = { context.cancel.isCancelled }
        switch input {
        case .network(let network):
            let model = try network.wholeModel(dtype: (dtype ?? .float64).type)
            let dead = $dead.isGiven ? self.dead.kind : network.blueprint.dead
            let scores = try scorer(data, dtype ?? .float64, dead).scores(of: model, cancelled: cancelled)
            return adding([scores], to: try Architectures.one(network.architecture(for: Self.name)).asTable(), context)
        case .architectures(let architectures):
            let (table, cells) = (try architectures.asTable(), try architectures.cells())
            let scores = try scorer(data, dtype ?? .float32, dead.kind).scores(
                of: cells.matrix, in: cells.space, classes: data?.classes,
                progress: { context.progress.report(done: $0, of: cells.count, label: "score") }, cancelled: cancelled)
            return adding(scores, to: table, context)
        }
    }

    private func scorer(_ data: ScoringData?, _ dtype: Precision, _ dead: Model.Dead) -> Scorer {
        var options = Scorer.Options()
        options.dtype = dtype.type
        options.initialization = `init`.kind
        options.seed = Seed(UInt64(bitPattern: Int64(seed)))
        options.repeats = `repeat`
        options.dead = dead
        return Scorer(proxies.map(\.proxy), examples: data?.examples, options: options)
    }

    private func adding(_ scores: [[Estimation.Score]], to table: Table, _ context: Context) -> Table {
        let columns = proxies.indices.map { place in
            Self.column(proxies[place].proxy.name, scores.map { $0[place] })
        }
        Self.gaps(of: columns).forEach(context.note)
        return columns.reduce(table) { $0.adding($1) }
    }

    /// Which rows have no scores, in a sentence for all columns that have the same number of such rows.
    private static func gaps(of columns: [Column]) -> [String] {
        let gaps = Dictionary(grouping: columns.filter { !$0.missing.isEmpty }, by: \.missing.count)
        return gaps.sorted { $0.key > $1.key }.map { count, columns in
            let names = columns.map(\.name).joined(separator: ", ")
            let reasons = Set(columns.flatMap(\.missing.reasons.values))
            let why = reasons.count == 1 ? ": " + (reasons.first ?? "") : ""
            return "\(count) of \(columns[0].count) rows have no \(names)\(why)"
        }
    }

    private static func column(_ name: String, _ scores: [Estimation.Score]) -> Column {
        var reasons: [Int: String] = [:]
        for (row, score) in scores.enumerated() {
            if case .none(let reason) = score { reasons[row] = reason }
        }
        let missing = MissingCells(flags: scores.map { $0.number == nil }, reasons: reasons)
        return Column(name, .floats(scores.map { $0.number ?? .nan }), missing: missing)
    }
}

extension Precision {
    var type: DType { self == .float32 ? .float32 : .float64 }
}

extension NetworkHandle {
    /// The model with all its weights, dead parts included.
    fileprivate func wholeModel(dtype: DType) throws -> Model {
        try Model(
            blueprint.network, state: blueprint.wholeState(),
            options: .init(dtype: dtype, dead: .keep, channelsLast: true))
    }
}
