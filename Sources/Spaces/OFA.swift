public import Networks

/// The elastic networks of Once-for-All: stages of inverted residuals, of which depth, and in each layer kernel and
/// width, are chosen; perhaps the resolution of the images too.
///
///     let space = try OFASpace(blocks: 3, depths: [1, 2, 3], widths: [2, 3, 4], kernels: [3, 5, 7])
///
/// All its networks are parts of the largest: see ``ElasticSpace``. The layers beyond a stage's depth have genes that
/// change nothing; canonical texts leave them out. With 5 stages, depths 2–4, widths 3, 4, 6 and kernels 3, 5, 7 it
/// is the paper's space over MobileNetV3-Large, of which ((3·3)² + (3·3)³ + (3·3)⁴)⁵ ≈ 2·10¹⁹ networks differ.
public struct OFASpace: ElasticSpace {
    /// `ofa_mbv3`, or with other choices than the paper's a name that states them.
    public let name: String
    /// One line on the space.
    public let summary: String
    /// The defining papers.
    public let citation = """
        H. Cai, C. Gan, T. Wang, Z. Zhang and S. Han, "Once-for-All: Train One Network and Specialize it for \
        Efficient Deployment", ICLR 2020; A. Howard et al., "Searching for MobileNetV3", ICCV 2019
        """
    /// The images of the largest network, `[C, H, W]`.
    public let input: Shape
    /// The number of classes.
    public let classes: Int
    /// Stem, stages and head.
    public let frame: Frame
    /// How many layers a stage may have, ascending.
    public let depths: [Int]
    /// By how much a layer may widen inside, ascending.
    public let widths: [Int]
    /// The kernels of the depthwise convolutions, ascending.
    public let kernels: [Int]
    /// Rows and columns of the images, ascending; empty where they are all of one size.
    public let resolutions: [Int]

    private let plan: OFAPlan

    /// A space of elastic networks.
    ///
    /// Throws ``SpaceError`` for choices without sense or when there is nothing to choose.
    ///
    /// - Parameters:
    ///   - blocks: how many stages.
    ///   - depths: how many layers a stage may have, at least 1.
    ///   - widths: by how much a layer may widen inside, at least 1.
    ///   - kernels: odd.
    ///   - resolutions: rows and columns of the images, where these are chosen too.
    ///   - size: what the lists and the frame are unless they are given.
    ///   - frame: stem, stages and head, in place of those of `size` and `blocks`.
    ///   - name: by which it is called; by default made of the choices.
    public init(
        blocks: Int? = nil, depths: [Int]? = nil, widths: [Int]? = nil, kernels: [Int]? = nil,
        resolutions: [Int] = [], size: Size = .tiny, frame: Frame? = nil, input: Shape? = nil, classes: Int? = nil,
        name: String? = nil
    ) throws {
        let frame = frame ?? size.frame(stages: blocks ?? size.stages)
        self.frame = frame
        self.depths = (depths ?? size.depths).sorted()
        self.widths = (widths ?? size.widths).sorted()
        self.kernels = (kernels ?? [3, 5, 7]).sorted()
        self.resolutions = resolutions.sorted()
        let largest = input ?? size.input
        self.input = self.resolutions.last.map { Shape(largest.channels, $0, $0) } ?? largest
        self.classes = classes ?? size.classes
        self.name =
            name
            ?? Self.name(size, frame.stages.count, self.depths, self.widths, self.kernels, self.resolutions)
        summary = "elastic networks: \(frame.stages.count) stages with elastic depth, width and kernel"
        try Self.check(self.name, frame, self.depths, self.widths, self.kernels, self.resolutions)
        plan = OFAPlan(
            frame, depths: self.depths, widths: self.widths, kernels: self.kernels, resolutions: self.resolutions)
        guard !plan.genes.isEmpty else {
            throw SpaceError(self.name, "there is nothing to choose", try: "give two depths, widths or kernels")
        }
    }

    /// The paper's space over MobileNetV3-Large.
    static let paper: OFASpace = {
        do {
            return try OFASpace(size: .large, name: "ofa_mbv3")
        } catch { preconditionFailure("the paper's space must build: \(error)") }
    }()

    /// Every decision with more than one choice: the resolution, then stage by stage the depth, and layer by layer
    /// kernel and width.
    public var genes: [Gene] { plan.genes }
    /// What each gene changes.
    public var dimensions: [ElasticDimension] { plan.dimensions }
    /// The greatest choice everywhere.
    public var largest: [UInt8] { genes.map { UInt8($0.choices.count - 1) } }
    /// The least choice everywhere.
    public var smallest: [UInt8] { genes.map { _ in 0 } }

    /// Reads one `dDEPTH:kKERNELwWIDTH,…` a stage, joined by `|`, such as `d2:k3w4,k5w6,k3w3|d1:k7w3,k3w3,k3w3`, with
    /// layers up to the greatest depth; before them `rRESOLUTION|` where resolutions are chosen.
    public func genes(from text: String) throws -> [UInt8] {
        var cursor = TextCursor(text, space: name, example: self.text(of: smallest))
        var values: [UInt8] = []
        func read(_ mark: String, _ choices: [Int], _ what: String) throws {
            try cursor.expect(mark)
            let value = try cursor.number(of: choices, what)
            if choices.count > 1 { values.append(value) }
        }
        if resolutions.count > 1 {
            try read("r", resolutions, "the resolution")
            try cursor.expect("|")
        }
        for stage in frame.stages.indices {
            if stage > 0 { try cursor.expect("|") }
            try read("d", depths, "the depth of stage \(stage + 1)")
            for layer in 1...depths[depths.count - 1] {
                try cursor.expect(layer == 1 ? ":" : ",")
                try read("k", kernels, "the kernel of layer \(layer) of stage \(stage + 1)")
                try read("w", widths, "the width of layer \(layer) of stage \(stage + 1)")
            }
        }
        try cursor.end()
        return values
    }

    /// The choices of every stage, with those of layers beyond its depth.
    public func text(of genes: [UInt8]) -> String { text(of: genes) { _ in depths[depths.count - 1] } }

    /// The choices of the layers that are computed.
    public func canonicalText(of genes: [UInt8]) -> String { text(of: genes) { $0.depth } }

    private func text(of genes: [UInt8], layers: (OFAPlan.Choice) -> Int) -> String {
        let stages = frame.stages.indices.map { stage in
            let choice = plan.choice(of: genes, in: stage)
            let told = (0..<layers(choice)).map { "k\(choice.kernels[$0])w\(choice.widths[$0])" }
            return "d\(choice.depth):" + told.joined(separator: ",")
        }
        let resolution = plan.resolution.map { ["r\(resolutions[Int(genes[$0])])"] } ?? []
        return (resolution + stages).joined(separator: "|")
    }

    /// The network: stem, the layers that are computed, head, global average pool and classifier. Its images are
    /// `input`, or as much smaller as the chosen resolution is than the greatest.
    public func network(of genes: [UInt8], input: Shape, classes: Int) throws -> Network {
        try plan.parts(classes).network(of: genes, input: plan.input(of: genes, within: input))
    }

    /// Prices from the cost of each layer under its own choices and its stage's depth.
    public func costModel(input: Shape, classes: Int) throws -> any CostModel {
        let parts = plan.parts(classes)
        let models = try plan.inputs(within: input).map { input in
            try ChainCost(parts, bases: genes.map(\.choices.count), input: input)
        }
        return ElasticCost(models: models, resolution: plan.resolution)
    }

    /// The images of `genes` where those of the largest network are `input`.
    public func input(of genes: [UInt8], within input: Shape) -> Shape { plan.input(of: genes, within: input) }

    /// The channels inside each layer, and those inside its squeeze.
    public var channelGroups: [ChannelGroup] {
        guard widths.count > 1 else { return [] }
        return frame.stages.indices.flatMap { stage in
            (0..<depths[depths.count - 1]).flatMap { layer in groups(stage, layer) }
        }
    }

    private func groups(_ stage: Int, _ layer: Int) -> [ChannelGroup] {
        let name = "blocks.\(stage).layers.\(layer)"
        let inputs =
            layer > 0 ? frame.stages[stage].channels : stage > 0 ? frame.stages[stage - 1].channels : frame.stem
        let counts = widths.map { inputs * $0 }
        let norms = ["expand.bn", "depthwise.bn"].flatMap { ["\($0).weight", "\($0).bias"] }
        let outer = (["expand.conv.weight", "depthwise.conv.weight"] + norms).map {
            ChannelGroup.Member("\(name).\($0)", 0)
        }
        let reader = ChannelGroup.Member("\(name).project.conv.weight", 1)
        guard frame.stages[stage].squeezes else { return [ChannelGroup(reader: reader, others: outer, counts: counts)] }
        let excited: [ChannelGroup.Member] = [
            .init("\(name).se.reduce.weight", 1), .init("\(name).se.expand.weight", 0),
            .init("\(name).se.expand.bias", 0),
        ]
        return [
            ChannelGroup(reader: reader, others: outer + excited, counts: counts),
            ChannelGroup(
                reader: .init("\(name).se.expand.weight", 1),
                others: [.init("\(name).se.reduce.weight", 0), .init("\(name).se.reduce.bias", 0)],
                counts: counts.map(Self.squeezed)),
        ]
    }

    /// The channels inside the squeeze of a layer of `hidden` channels: a quarter, to the nearest multiple of 8, at
    /// least 8.
    static func squeezed(_ hidden: Int) -> Int { max(8, (hidden / 4 + 4) / 8 * 8) }
}

/// Prices by the chain of the chosen resolution.
struct ElasticCost: CostModel {
    let models: [ChainCost]
    let resolution: Int?

    func cost(of genes: Span<UInt8>) throws -> ArchitectureCost {
        models[resolution.map { Int(genes[$0]) } ?? 0].cost(of: genes)
    }
}

extension OFASpace {
    /// A name that states the choices: `ofa_tiny_b3_d1_2_3_w2_3_4_k3_5_7`.
    private static func name(
        _ size: Size, _ stages: Int, _ depths: [Int], _ widths: [Int], _ kernels: [Int], _ resolutions: [Int]
    ) -> String {
        let lists = [("d", depths), ("w", widths), ("k", kernels), ("r", resolutions)]
        let told = lists.filter { !$1.isEmpty }.map { "_" + $0 + $1.map(String.init).joined(separator: "_") }
        return "ofa_\(size.rawValue)_b\(stages)" + told.joined()
    }

    private static func check(
        _ name: String, _ frame: Frame, _ depths: [Int], _ widths: [Int], _ kernels: [Int], _ resolutions: [Int]
    ) throws {
        func require(_ holds: Bool, _ what: String, try hint: String) throws {
            if !holds { throw SpaceError(name, what, try: hint) }
        }
        let stages = frame.stages
        try require((1...100).contains(stages.count), "\(stages.count) blocks", try: "use 1 to 100 blocks")
        let lists = [("depth", depths, 1...100), ("width", widths, 1...100), ("kernel", kernels, 1...99)]
        for (what, list, range) in lists + [("resolution", resolutions, 1...4096)] {
            try require(
                list.allSatisfy(range.contains), "a \(what) of \(list.first { !range.contains($0) } ?? 0)",
                try: "use \(range.lowerBound) to \(range.upperBound)")
            try require(Set(list).count == list.count, "a \(what) is stated twice", try: "state each choice once")
            try require(what == "resolution" || !list.isEmpty, "there is no \(what)", try: "state at least one")
        }
        try require(kernels.allSatisfy { $0 % 2 == 1 }, "an even kernel", try: "use odd kernels, such as 3, 5, 7")
        let channels = [frame.stem, frame.head ?? 1, frame.mix ?? 1] + stages.map(\.channels)
        try require(channels.allSatisfy((1...100_000).contains), "channels out of range", try: "use 1 to 100,000")
        try require(
            (stages.map(\.stride) + [frame.stemStride]).allSatisfy((1...16).contains), "a stride out of range",
            try: "use 1 to 16")
        try require(
            !name.isEmpty && name.utf8.allSatisfy(isWordByte), "is no name for a space",
            try: "use letters, digits and underscores")
    }
}
