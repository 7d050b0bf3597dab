import Language
import Statistics
import Training
import Trials

/// What a study evaluates on, how many trials at once, and where its random numbers begin: the options that all words
/// share which begin a study.
struct StudyOptions: ParameterGroup {
    @Option("what networks learn from; digits unless given") var data: DataSource? = nil
    @Option("the data set of a published table that is asked in place of training") var table: DataSetName? = nil
    @Option("what chooses architectures of a space; random, and kernel densities for bohb, unless given")
    var strategy: StrategyName? = nil
    @Option("how many trials are evaluated at once; one a processor, at most 4, unless given") var workers: Int? = nil
    @Option("start of the random numbers") var seed: SeedOption = .derived
    @Option("what the study is called; its algorithm and number unless given") var name: String? = nil

    /// Refuses options that do not go together.
    func check() throws {
        if $data.isGiven, $table.isGiven {
            throw CommandError(
                "`data` is for real training and `table` takes its place", help: "leave one of them out",
                argument: "table", code: .unknownArgument)
        }
        if let workers = $workers.known ?? nil, !(1...256).contains(workers) {
            throw CommandError("`workers` must be 1 to 256", argument: "workers", code: .outOfRange)
        }
    }

    /// What a word that begins a study gives, told before anything runs.
    func outputType(for input: ValueType) throws -> ValueType {
        try check()
        if case .table = input { try ArchitectureColumn.check(input) }
        return .handle(StudyHandle.typeName)
    }

    /// How many trials are evaluated at once.
    var workerCount: Int { workers ?? min(4, Processors.count) }

    /// The data set for real training, with samples held out to judge by: a fifth of the training samples where it has
    /// none.
    func dataset(in context: Context) throws -> Dataset {
        try Self.withHeldOut(try (data ?? .digits).open(in: context))
    }

    /// The data set with validation samples.
    static func withHeldOut(_ dataset: Dataset) throws -> Dataset {
        guard dataset.count(of: .valid) == 0 else { return dataset }
        var options = dataset.options
        options.valid = 0.2
        return try DataFailure.explained { try dataset.parted(options) }
    }

    /// Where random numbers begin.
    func seed(in context: Context) -> UInt64 {
        var generator = seed.generator(in: context)
        return generator.next()
    }
}
