import Language
import Networks
import Spaces
import Statistics
import Training

/// An architecture as a network that can run.
struct MakeNetwork: Command {
    static let name = "network"
    static let chapter = Chapter.networks
    static let summary = "Build the network of an architecture, with initial weights."
    static let discussion = """
        The layers and their names are those of the authors' PyTorch code. The initial weights are common random numbers: \
        the same seed gives a tensor of the same name and shape the same numbers in every architecture; they are not \
        PyTorch's own stream. `init` is `standard` (PyTorch's default, kaiming_uniform with a = √5), `xavier` (uniform), \
        `kaiming_normal` or `normal` (N(0, 1), biases 0). With `dead: keep` operations on no path from input to output \
        are computed too, and have gradients of zero and statistics, as in the authors' code; otherwise they are left \
        out. The reference values of naswot, zen and l2_norm count them.
        """
    static let examples = [
        Example(#"(arch macro, "01210012" | network).params"#),
        Example(#"(network (arch nats_size, "8:8:8:16:32"), classes: 100).classes"#, gives: "100"),
        Example(
            #"(arch nb201, "|none~0|+|none~0|none~1|+|nor_conv_3x3~0|none~1|none~2|" | network channels: 4, cells: 1).params"#
        ),
    ]

    @Option("shape of an input sample, [C, H, W]; the space's own unless given") var input: [Int] = []
    @Option("number of classes; the space's own unless given") var classes: Int?
    @Option("channels of the first cells, for a space of cells") var channels: Int?
    @Option("cells in a stage of nb201, in all of darts") var cells: Int?
    @Option("start of the random numbers of the weights") var seed = 0
    @Option("how weights begin") var `init`: InitialWeights = .standard
    @Option("what is done with operations on no path") var dead: DeadParts = .drop

    func outputType(for input: ValueType) throws -> ValueType { .handle(NetworkHandle.typeName) }

    func run(_ input: ArchitectureHandle, in context: Context) throws -> NetworkHandle {
        let network = try network(of: input)
        let seed = Seed(UInt64(bitPattern: Int64(seed)))
        return NetworkHandle(input, Blueprint(network, initialization: `init`.kind, seed: seed, dead: dead.kind))
    }

    private func network(of handle: ArchitectureHandle) throws -> Network {
        let space = try NetworkScale(channels: channels, cells: cells).applied(to: handle.space)
        let shape = try InputShape.read(input, otherwise: space.input)
        if let classes, classes < 1 {
            throw CommandError("`classes` must be at least 1", argument: "classes", code: .outOfRange)
        }
        do {
            return try space.network(for: handle.architecture, input: shape, classes: classes)
        } catch let error as NetworkError {
            throw CommandError(error.reason, help: error.hint, argument: "input", code: .outOfRange)
        }
    }
}

/// How weights begin.
enum InitialWeights: String, CaseIterable, Constant {
    case standard, xavier, kaimingNormal, normal

    static let kind = "initialization"

    var kind: Initialization {
        switch self {
        case .standard: .standard
        case .xavier: .xavier
        case .kaimingNormal: .kaimingNormal
        case .normal: .normal
        }
    }
}

/// What is done with operations on no path from input to output.
enum DeadParts: String, CaseIterable, Constant {
    case drop, keep

    var kind: Model.Dead { self == .keep ? .keep : .drop }
}
