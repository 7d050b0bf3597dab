import Language
import Networks
import Spaces

/// A space of elastic networks.
struct OFACommand: Command {
    static let name = "ofa"
    static let chapter = Chapter.spaces
    static let summary =
        "Define a space of elastic networks, which share their weights once it is trained as a supernet."
    static let discussion = """
        Stages of inverted residuals, as in Once-for-All: of each stage the depth is chosen, and of each layer the kernel \
        and the width, by how much it widens inside; with several resolutions that of the images too. `size` says what \
        stands around them, and is `tiny` for images such as digits, `small` for images such as CIFAR's, `large` for \
        MobileNetV3-Large. `train` trains all networks at once; `sample`, `cost`, `search` and others take it as any space. \
        The space of the paper over MobileNetV3-Large is also there by the name `ofa_mbv3`.
        """
    static let examples = [
        Example("ofa blocks: 1, depth: [1, 2], width: [2, 4], kernel: [3, 5] | count", gives: "32"),
        Example("ofa blocks: 2, size: small | sample 5, seed: 0 | cost | where .params > 0 | count", gives: "5"),
    ]

    @Option("how many stages; 3 of tiny, 5 of others unless given") var blocks: Int?
    @Option("how many layers a stage may have") var depth: [Int] = []
    @Option("by how much a layer may widen inside") var width: [Int] = []
    @Option("kernels of the depthwise convolutions, odd") var kernel: [Int] = [3, 5, 7]
    @Option("rows of the images, where they are chosen too") var resolution: [Int] = []
    @Option("what the stages are set in") var size: OFASize = .tiny
    @Option("shape of an input sample, [C, H, W]; the size's own unless given") var input: [Int] = []
    @Option("number of classes; the size's own unless given") var classes: Int?

    func outputType(for input: ValueType) throws -> ValueType { .handle(SpaceHandle.typeName) }

    func run(_ input: Nothing, in context: Context) throws -> SpaceHandle {
        if let blocks, !(1...64).contains(blocks) {
            throw CommandError("`blocks` must be 1 to 64", argument: "blocks", code: .outOfRange)
        }
        if let classes, classes < 1 {
            throw CommandError("`classes` must be at least 1", argument: "classes", code: .outOfRange)
        }
        do {
            return SpaceHandle(
                try OFASpace(
                    blocks: blocks, depths: depth.isEmpty ? nil : depth, widths: width.isEmpty ? nil : width,
                    kernels: kernel, resolutions: resolution, size: size.size,
                    input: try InputShape.read(self.input, otherwise: size.size.input), classes: classes))
        } catch let error as SpaceError {
            throw CommandError(error.reason, help: error.hint, code: .outOfRange)
        }
    }
}

/// What the stages of elastic networks are set in.
enum OFASize: String, CaseIterable, Constant {
    static let kind = "size"

    case tiny, small, large

    var size: OFASpace.Size {
        switch self {
        case .tiny: .tiny
        case .small: .small
        case .large: .large
        }
    }
}
