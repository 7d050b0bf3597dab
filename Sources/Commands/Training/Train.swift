import Language
import Search
import Spaces
import Training
import Trials

/// One architecture, or all of an elastic space as a supernet, trained.
struct Train: Command {
    static let chapter = Chapter.networks
    static let summary =
        "Train the network of one architecture, go on training a network, or train all of an elastic space."
    static let discussion = """
        Of an elastic space, such as `ofa blocks: 3` or `nb201`, all networks are trained at once by `method`, and what comes is a \
        supernet: `sample`, `search` and others take it as a space whose architectures have weights, `evaluate` judges \
        them and `extract` takes one out. `epochs` are those of all stages together; largest and smallest network are \
        judged after each.

        A network that has weights, such as one of `extract`, begins with them (fine-tuning): mind a learning rate \
        below that of a training from scratch.

        It learns from the training samples and is judged after each epoch on held-out ones: the data set's own, or a \
        fifth of the training samples. Every epoch is stored in a study of its own with a checkpoint. The same line once \
        more goes on where an interrupted training stopped. On the CPU, with the same seed and number of threads, the \
        weights are the same bit by bit, however often it was interrupted.
        """
    static let examples = [
        Example(
            #"(arch nb201, "|nor_conv_3x3~0|+|none~0|none~1|+|skip_connect~0|none~1|none~2|" | train epochs: 1ep, channels: 4, cells: 1, seed: 0).curves | count"#,
            gives: "1")
    ]

    @Option("what it learns from") var data: DataSource = .digits
    @Option("how long") var epochs = Epochs(27)
    @Option("start of the random numbers") var seed: SeedOption = .derived
    @Option("what the study is called; `train` and its number unless given") var name: String? = nil
    @Option("how the networks of a supernet are trained together; progressive unless given") var method: MethodName?
    var training = TrainingOptions()

    func outputType(for input: ValueType) throws -> ValueType {
        switch input {
        case .table:
            try ArchitectureColumn.check(input)
            return .handle(NetworkHandle.typeName)
        case .handle(SpaceHandle.typeName), .handle(SupernetHandle.typeName):
            return .handle(SupernetHandle.typeName)
        case .handle: return .handle(NetworkHandle.typeName)
        default: return .oneOf([.handle(NetworkHandle.typeName), .handle(SupernetHandle.typeName)])
        }
    }

    func run(_ input: Trainable, in context: Context) throws -> Value {
        switch input {
        case .candidates(.space(let space)): return try supernet(of: space.space, in: context).value
        case .candidates(.listed(let listed)): return try network(of: listed, in: context).value
        case .network(let network): return try goneOn(network, in: context).value
        }
    }

    /// The network trained further: its own weights are what it begins with.
    private func goneOn(_ network: NetworkHandle, in context: Context) throws -> NetworkHandle {
        let architecture = try network.architecture(for: Self.name)
        let base = (architecture.space as? SupernetSpace)?.base ?? architecture.space
        let start = try StudyFailure.explained { try network.blueprint.wholeState() }
        return try trained(ArchitectureHandle(architecture.architecture, of: base), from: start, in: context)
    }

    private func supernet(of space: any Space, in context: Context) throws -> SupernetHandle {
        let whole = (space as? SupernetSpace)?.base ?? space
        guard
            let elastic = try NetworkScale(channels: training.channels, cells: training.cells).applied(to: whole)
                as? any ElasticSpace
        else {
            throw CommandError(
                "the networks of `\(space.name)` share no weights",
                help:
                    "train one architecture, as in `\(space.name) | sample 1 | train`, or a supernet of `ofa` or `nb201`",
                code: .wrongInput)
        }
        let method = method?.method ?? .progressive
        guard method != .progressive || elastic.hasSizes else {
            throw CommandError(
                "`\(space.name)` has no kernels, depths or widths to shrink",
                help:
                    "train one architecture, as in `\(space.name) | sample 1 | train`, or all of them at once by "
                    + "`method: sandwich` or `single_path`",
                argument: "method", code: .wrongInput)
        }
        var generator = seed.generator(in: context)
        let dataset = try StudyOptions.withHeldOut(data.open(in: context))
        let recipe = try training.recipe(
            epochs: epochs.count, on: dataset, after: method.recipe(epochs: epochs.count))
        let own = SupernetTraining(
            space: elastic, dataset: dataset, method: method, recipe: recipe, seed: generator.next(), name: name)
        return try own.run(in: context)
    }

    private func network(of input: Architectures, in context: Context) throws -> NetworkHandle {
        let cells = try input.cells()
        guard cells.count == 1 else {
            throw CommandError(
                "`train` takes one architecture, and the table has \(cells.count)",
                help: "pick one, as in `top 1, by: .accuracy`, or train all in a study, as in `stop_early rule: full`",
                code: .wrongInput)
        }
        return try trained(ArchitectureHandle(cells.matrix[0], of: cells.space), from: nil, in: context)
    }

    private func trained(
        _ architecture: ArchitectureHandle, from start: ModelState?, in context: Context
    ) throws -> NetworkHandle {
        if method != nil {
            throw CommandError(
                "`method` says how a supernet is trained, and this is one architecture",
                help: "leave it out, or pipe an elastic space in", argument: "method", code: .unknownArgument)
        }
        var generator = seed.generator(in: context)
        let dataset = try StudyOptions.withHeldOut(data.open(in: context))
        let single = SingleTraining(
            architecture: architecture, dataset: dataset, word: Self.name, start: start)
        return try single.run(epochs: epochs.count, training, seed: generator.next(), name: name, in: context)
    }
}

/// How a supernet is trained.
struct MethodName: Constant {
    static let kind = "method"
    static let all: [ConstantName] = SupernetMethod.allCases.map { ConstantName($0.rawValue, $0.summary) }
    let method: SupernetMethod

    init(constant name: String) {
        guard let method = SupernetMethod(rawValue: name) else { preconditionFailure("\(name) is no method") }
        self.method = method
    }
}

/// What `train` takes: a space, architectures, or a network that has weights.
enum Trainable: ValueReadable {
    case candidates(Candidates)
    case network(NetworkHandle)

    static let valueType = ValueType.oneOf([
        .handle(SpaceHandle.typeName), .handle(ArchitectureHandle.typeName), .handle(NetworkHandle.typeName),
        .table(.unknown),
    ])

    init?(_ value: Value) {
        guard let own = NetworkHandle(value).map(Self.network) ?? Candidates(value).map(Self.candidates) else {
            return nil
        }
        self = own
    }
}
