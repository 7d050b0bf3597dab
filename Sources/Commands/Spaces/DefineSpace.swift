import Language
import Networks
import Spaces

/// A search space of the user's own.
struct DefineSpace: Command {
    static let name = "space"
    static let chapter = Chapter.spaces
    static let summary = "Define a search space: stages with the choices of each, and a constraint."
    static let discussion = """
        Each stage is a record. `block` is one of conv, dsconv, mbconv, mbconv_se, residual; `kernel`, `expand`, `channels` \
        and `depth` are whole numbers or lists to choose from; `stride` is the stride of the stage's first layer. The \
        constraint sees the costs (`.params`, `.macs`, `.live_params`, …) and the choices (`.kernel1`, `.depth2`, …: the \
        stage's number behind the name). The space has the same rights as a built-in one.
        """
    static let examples = [
        Example(
            """
            mine = space stages: [{block: ["mbconv", "conv"], kernel: [3, 5], channels: [16, 24]}, {channels: 32, depth: [1, 2], stride: 2}]; \
            mine | count
            """, gives: "16"),
        Example(
            """
            tiny = space stages: [{channels: [8, 16, 32], depth: [1, 2, 3]}], where: .params < 3k; \
            tiny | enumerate | cost | where .params >= 3k | count
            """, gives: "0"),
    ]

    @Option("the stages, a record each") var stages: [Record]
    @Option("shape of an input sample, [C, H, W]") var input: [Int] = [3, 32, 32]
    @Option("number of classes") var classes = 10
    @Option("channels of the first 3×3 convolution") var stem = 16
    @Option("stride of the first convolution") var stemStride = 1
    @Option("channels of a 1×1 convolution before the classifier") var head: Int?
    @Option("which architectures are inside") var `where`: Condition?

    func rowSchema(for input: ValueType) -> Schema {
        let choices = ($stages.known ?? []).indices.flatMap { stage in
            [ColumnType("block\(stage + 1)", .string)]
                + ["kernel", "expand", "channels", "depth"].map { ColumnType("\($0)\(stage + 1)", .int) }
        }
        return Schema(CostColumns.types + choices, isOpen: $stages.known == nil)
    }

    func outputType(for input: ValueType) throws -> ValueType { .handle(SpaceHandle.typeName) }

    func run(_ input: Nothing, in context: Context) throws -> SpaceHandle {
        let shape = try InputShape.read(self.input, otherwise: Shape(3, 32, 32))
        let stages = try self.stages.enumerated().map { try StageReader(number: $0 + 1, record: $1).stage }
        let (classes, stem, stride, head) = (classes, stem, stemStride, head)
        let constraint = `where`.map { condition in
            { @Sendable (candidate: ChainSpace.Candidate) in Self.holds(condition, for: candidate) }
        }
        let make = { @Sendable (name: String) -> any Space in
            try ChainSpace(
                name: name, summary: "a space of the user's own", input: shape, classes: classes, stem: stem,
                stemStride: stride, stages: stages, head: head, constraint: constraint)
        }
        do {
            return SpaceHandle(try make("space"), renaming: make)
        } catch let error as SpaceError {
            throw CommandError(error.reason, help: error.hint, argument: "stages", code: .outOfRange)
        }
    }

    private static func holds(_ condition: Condition, for candidate: ChainSpace.Candidate) -> Bool {
        let choices = candidate.stages.enumerated().flatMap { number, stage in
            [
                Column("block\(number + 1)", .strings([stage.block.rawValue])),
                Column("kernel\(number + 1)", .ints([stage.kernel])),
                Column("expand\(number + 1)", .ints([stage.expansion])),
                Column("channels\(number + 1)", .ints([stage.channels])),
                Column("depth\(number + 1)", .ints([stage.depth])),
            ]
        }
        let row = Table(CostColumns.columns(of: [candidate.cost]) + choices)
        guard let cell = try? condition.column(over: row)[0], case .bool(let isInside) = cell else { return false }
        return isInside
    }
}

/// Reads one stage of a space's definition.
private struct StageReader {
    let number: Int
    let record: Record

    private static let keys = ["block", "kernel", "expand", "channels", "depth", "stride"]

    var stage: ChainStage {
        get throws {
            for name in record.names where !Self.keys.contains(name) {
                throw error("has no `\(name)`", help: "a stage has \(Self.keys.joined(separator: ", "))")
            }
            let strides = try integers("stride", fallback: [1])
            guard strides.count == 1 else { throw error("has one `stride`, not several") }
            return ChainStage(
                try blocks, kernels: try integers("kernel", fallback: [3]),
                expansions: try integers("expand", fallback: [1]), channels: try integers("channels", fallback: nil),
                depths: try integers("depth", fallback: [1]), stride: strides[0])
        }
    }

    private var blocks: [ChainStage.Block] {
        get throws {
            try items("block", fallback: [.string("conv")]).map { item in
                let name: String? =
                    switch item {
                    case .string(let name): name
                    case .symbol(let symbol): symbol.name
                    default: nil
                    }
                guard let name, let block = Self.block(name) else {
                    let all = ChainStage.Block.allCases.map(Self.name).joined(separator: ", ")
                    throw error(
                        "has no such block: \(ValuePrinter.line(item))", help: "a block is one of \(all), in quotes")
                }
                return block
            }
        }
    }

    private static func name(_ block: ChainStage.Block) -> String {
        block == .mbconvSE ? "mbconv_se" : block.rawValue
    }

    private static func block(_ name: String) -> ChainStage.Block? {
        ChainStage.Block.allCases.first { Self.name($0) == name }
    }

    private func items(_ key: String, fallback: [Value]?) throws -> [Value] {
        switch record[key] {
        case .list(let items) where !items.isEmpty: return items
        case .list: throw error("leaves no choice of `\(key)`")
        case .some(let item): return [item]
        case nil:
            guard let fallback else { throw error("needs `\(key)`", help: "as in {\(key): [16, 32]}") }
            return fallback
        }
    }

    private func integers(_ key: String, fallback: [Int]?) throws -> [Int] {
        try items(key, fallback: fallback?.map(Value.int)).map { item in
            guard case .int(let number) = item else {
                throw error("takes whole numbers for `\(key)`, not \(item.type.phrase)")
            }
            return number
        }
    }

    private func error(_ complaint: String, help: String? = nil) -> CommandError {
        CommandError("stage \(number) \(complaint)", help: help, argument: "stages", code: .wrongType)
    }
}
