import Language
import Networks
import Spaces
import Tensors
import Training
import Trials

/// A network of a supernet as a network of its own.
struct Extract: Command {
    static let chapter = Chapter.networks
    static let summary = "Take one network out of a supernet, with its weights, as a network of its own."
    static let discussion = """
        The weights are the parts of the shared ones that it uses, kernels transformed; its outputs are those of the \
        supernet's path bit by bit. Statistics are measured anew on training samples of `data`, which must be of the \
        shape and classes that the supernet was trained on. It can be evaluated, saved and exported as any network.
        """
    static let examples: [Example] = []

    @Argument("the supernet, where the architecture does not know its own") var from: SupernetHandle?
    @Option("whose training samples its statistics are measured on; what the supernet was trained on unless given")
    var data: DataSource?

    func outputType(for input: ValueType) throws -> ValueType {
        if case .table = input { try ArchitectureColumn.check(input) }
        return .handle(NetworkHandle.typeName)
    }

    func run(_ input: Architectures, in context: Context) throws -> NetworkHandle {
        let cells = try input.cells()
        guard cells.count == 1 else {
            throw CommandError(
                "`extract` takes one architecture, and the table has \(cells.count)",
                help: "pick one, as in `top 1, by: .accuracy`", code: .wrongInput)
        }
        let space = try SupernetSource.space(of: cells, given: from)
        let dataset = try SupernetSource.dataset(data, of: space, in: context)
        return try SupernetSource.explained {
            try noGrad {
                let blueprint = try space.supernet().extract(cells.matrix[0].genes, calibratedOn: dataset)
                return NetworkHandle(
                    ArchitectureHandle(cells.matrix[0], of: space), blueprint,
                    weights: .inherited(space.weights.name))
            }
        }
    }
}

/// Where words find the supernet and the data of architectures.
enum SupernetSource {
    /// The supernet of architectures: the one that is given, or their own.
    static func space(of cells: ArchitectureCells, given: SupernetHandle? = nil) throws -> SupernetSpace {
        if let given {
            guard given.space.name == cells.space.name else {
                throw CommandError(
                    "the architecture is one of `\(cells.space.name)`, and the supernet one of `\(given.space.name)`",
                    help: "take architectures of the supernet, as in `net | sample 10`", code: .wrongInput)
            }
            return given.space
        }
        guard let own = cells.space as? SupernetSpace else {
            throw CommandError(
                "these architectures of `\(cells.space.name)` have no weights",
                help: "train a supernet, as in `net = ofa blocks: 3 | train epochs: 12ep`, and take them from it",
                code: .wrongInput)
        }
        return own
    }

    /// The data that words on subnets use: what is given, or what the supernet was trained on.
    static func dataset(_ given: DataSource?, of space: SupernetSpace, in context: Context) throws -> Dataset {
        if let given { return try StudyOptions.withHeldOut(given.open(in: context)) }
        guard let plan = space.weights.data else {
            throw CommandError(
                "the supernet does not know its data", help: "give it, as in `data: digits`", argument: "data",
                code: .missingArgument)
        }
        if let path = plan.path { context.opened(path) }
        return try explained { try plan.open() }
    }

    /// What `body` gives; errors of supernets become errors with the same help.
    static func explained<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try StudyFailure.explained(body)
        } catch let error as SpaceError {
            throw CommandError(error.reason, help: error.hint, code: .outOfRange)
        } catch let error as StateError {
            throw CommandError("these are the weights of another supernet: \(error)", code: .badFile)
        } catch let error as TrainingError {
            throw CommandError(error.description, code: .failed)
        } catch let error as DatasetError {
            throw CommandError(error.description, help: error.help, argument: "data", code: .badFile)
        } catch let error as NetworkError {
            throw CommandError(error.reason, help: error.hint, code: .outOfRange)
        } catch let error as CheckpointError {
            throw CommandError(error.description, code: error.kind == .unwritable ? .file : .badFile)
        }
    }
}
