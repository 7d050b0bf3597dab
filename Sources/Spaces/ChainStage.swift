/// The choices of one stage of a ``ChainSpace``; all layers of a stage share them.
public struct ChainStage: Hashable, Sendable {
    /// What a layer can be.
    public enum Block: String, Hashable, Codable, Sendable, CaseIterable {
        /// Convolution, batch norm, ReLU.
        case conv
        /// Depthwise and pointwise convolution, each with batch norm and ReLU (MobileNet).
        case dsconv
        /// Inverted residual with ReLU6 (MobileNetV2). Expansion 1 leaves its first convolution out.
        case mbconv
        /// `mbconv` with squeeze-and-excitation to a quarter of the block's channels (MobileNetV3).
        case mbconvSE = "mbconv_se"
        /// Two convolutions and a shortcut (ResNet's basic block).
        case residual
    }

    /// Which block its layers are.
    public var blocks: [Block]
    /// Kernel sizes, odd.
    public var kernels: [Int]
    /// By how much an `mbconv` widens inside; other blocks ignore it.
    public var expansions: [Int]
    /// Channels that come out.
    public var channels: [Int]
    /// Numbers of layers, at least 1.
    public var depths: [Int]
    /// The stride of the first layer.
    public var stride: Int

    /// A stage; each list states what may be chosen.
    public init(
        _ blocks: [Block], kernels: [Int] = [3], expansions: [Int] = [1], channels: [Int], depths: [Int] = [1],
        stride: Int = 1
    ) {
        self.blocks = blocks
        self.kernels = kernels
        self.expansions = expansions
        self.channels = channels
        self.depths = depths
        self.stride = stride
    }

    /// What was chosen for a stage.
    public struct Choice: Hashable, Sendable {
        /// The block of its layers.
        public var block: Block
        /// Kernel size.
        public var kernel: Int
        /// By how much an `mbconv` widens inside.
        public var expansion: Int
        /// Channels that come out.
        public var channels: Int
        /// Number of layers.
        public var depth: Int

        /// The choice as text, `mbconv-k3-e6-c24-d2`.
        var text: String { "\(block.rawValue)-k\(kernel)-e\(expansion)-c\(channels)-d\(depth)" }

        /// The choice with what its block ignores set to 1.
        var canonical: Choice {
            var choice = self
            if ![.mbconv, .mbconvSE].contains(block) { choice.expansion = 1 }
            return choice
        }
    }

    /// The decisions of the stage in order: name, the letter before it in text, and what may be chosen.
    var fields: [(name: String, mark: String, choices: [String])] {
        [
            ("block", "", blocks.map(\.rawValue)), ("kernel", "k", kernels.map(String.init)),
            ("expansion", "e", expansions.map(String.init)), ("channels", "c", channels.map(String.init)),
            ("depth", "d", depths.map(String.init)),
        ]
    }

    /// The choice of the places `at` in the five lists.
    func choice(at places: [Int]) -> Choice {
        Choice(
            block: blocks[places[0]], kernel: kernels[places[1]], expansion: expansions[places[2]],
            channels: channels[places[3]], depth: depths[places[4]])
    }

    /// What is wrong with the stage, if anything.
    var fault: String? {
        for field in fields {
            if field.choices.isEmpty { return "has no \(field.name) to choose" }
            if field.choices.count > 256 { return "has more than 256 choices of \(field.name)" }
            if Set(field.choices).count < field.choices.count { return "states a \(field.name) twice" }
        }
        if !(kernels + expansions + channels + [stride]).allSatisfy((1...1_000_000).contains) {
            return "has a number below 1 or above 1,000,000"
        }
        if !depths.allSatisfy((1...1_000).contains) { return "has a depth below 1 or above 1,000" }
        let combinations = fields.reduce(1.0) { $0 * Double($1.choices.count) }
        if combinations > 2_000 { return "has more than 2,000 combinations" }
        return kernels.contains { $0 % 2 == 0 } ? "has an even kernel" : nil
    }
}
