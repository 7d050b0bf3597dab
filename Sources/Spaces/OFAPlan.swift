import Networks

/// How the genes of an ``OFASpace`` become layers: which gene decides what.
struct OFAPlan: Sendable {
    /// Where the decisions of one stage stand; `nil` where there is one choice.
    struct Places: Sendable {
        var depth: Int?
        /// For each layer up to the greatest depth.
        var kernels: [Int?] = []
        var widths: [Int?] = []
    }

    /// What was chosen for a stage; layers from `depth` on are not computed.
    struct Choice: Sendable {
        var depth: Int
        var kernels: [Int]
        var widths: [Int]
    }

    let frame: OFASpace.Frame
    let depths: [Int], widths: [Int], kernels: [Int], resolutions: [Int]
    private(set) var genes: [Gene] = []
    private(set) var dimensions: [ElasticDimension] = []
    private(set) var resolution: Int?
    private(set) var places: [Places] = []

    /// - Precondition: the lists are ascending, and not empty but for `resolutions`.
    init(_ frame: OFASpace.Frame, depths: [Int], widths: [Int], kernels: [Int], resolutions: [Int]) {
        (self.frame, self.depths, self.widths, self.kernels) = (frame, depths, widths, kernels)
        self.resolutions = resolutions
        resolution = add("resolution", resolutions, .resolution)
        for stage in frame.stages.indices {
            var own = Places(depth: add("stage\(stage + 1).depth", depths, .depth))
            for layer in 1...depths[depths.count - 1] {
                own.kernels.append(add("stage\(stage + 1).layer\(layer).kernel", kernels, .kernel))
                own.widths.append(add("stage\(stage + 1).layer\(layer).width", widths, .width))
            }
            places.append(own)
        }
    }

    private mutating func add(_ name: String, _ choices: [Int], _ dimension: ElasticDimension) -> Int? {
        guard choices.count > 1 else { return nil }
        genes.append(Gene(name, choices.map(String.init)))
        dimensions.append(dimension)
        return genes.count - 1
    }

    /// What `genes` choose for a stage.
    func choice(of genes: [UInt8], in stage: Int) -> Choice {
        func pick(_ place: Int?, _ choices: [Int]) -> Int { choices[place.map { Int(genes[$0]) } ?? 0] }
        let places = places[stage]
        return Choice(
            depth: pick(places.depth, depths), kernels: places.kernels.map { pick($0, kernels) },
            widths: places.widths.map { pick($0, widths) })
    }

    /// The images of `genes` where those of the greatest resolution are `input`.
    func input(of genes: [UInt8], within input: Shape) -> Shape {
        guard let resolution, let greatest = resolutions.last else { return input }
        return scaled(input, by: resolutions[Int(genes[resolution])], of: greatest)
    }

    /// The shapes of the images under each choice of resolution.
    func inputs(within input: Shape) -> [Shape] {
        guard resolution != nil, let greatest = resolutions.last else { return [input] }
        return resolutions.map { scaled(input, by: $0, of: greatest) }
    }

    private func scaled(_ input: Shape, by part: Int, of whole: Int) -> Shape {
        // An absurd input stays as it is: building the network refuses it.
        guard input.height < 1 << 30, input.width < 1 << 30 else { return input }
        return Shape(
            input.channels, (input.height * part + whole / 2) / whole, (input.width * part + whole / 2) / whole)
    }
}

extension OFAPlan {
    /// The network's parts: each layer depends on its own genes and the depth of its stage.
    func parts(_ classes: Int) -> Chain {
        let first = Chain.Part { net, x, _ in
            let stem = try net.convBN(
                x, "stem", to: frame.stem, .init(3, stride: frame.stemStride), frame.activation)
            return frame.hasFixedLayer ? try net.fixedLayer(stem) : stem
        }
        let layers = frame.stages.indices.flatMap { stage in
            (0..<depths[depths.count - 1]).map { layer in part(stage, layer) }
        }
        let last = Chain.Part { net, x, _ in try head(&net, x, classes: classes) }
        return Chain([first] + layers + [last])
    }

    private func part(_ stage: Int, _ layer: Int) -> Chain.Part {
        let own = places[stage]
        let genes = [own.depth, own.kernels[layer], own.widths[layer]].compactMap { $0 }
        return Chain.Part(genes: genes) { net, x, genes in
            let choice = choice(of: genes, in: stage)
            guard layer < choice.depth else { return x }
            return try net.elasticLayer(
                x, "blocks.\(stage).layers.\(layer)", frame.stages[stage], kernel: choice.kernels[layer],
                width: choice.widths[layer], stride: layer == 0 ? frame.stages[stage].stride : 1)
        }
    }

    private func head(_ net: inout NetworkBuilder, _ x: Int, classes: Int) throws -> Int {
        let wide = try frame.head.map { try net.convBN(x, "head", to: $0, .init(1), frame.activation) } ?? x
        guard let mix = frame.mix else { return try net.classifier(wide, "classifier", classes: classes) }
        let pooled = try net.add(.globalAveragePool, wide)
        let mixed = try net.activation(try net.convolution(pooled, "mix.conv", to: mix, .init(1)), frame.activation)
        return try net.classifier(mixed, "classifier", classes: classes)
    }
}

extension NetworkBuilder {
    /// MobileNetV3's first layer: a depthwise and a pointwise convolution around a shortcut.
    fileprivate mutating func fixedLayer(_ x: Int) throws -> Int {
        let channels = shape(of: x).channels
        let spatial = try convBN(x, "first.depthwise", to: channels, .init(3), groups: channels, .relu)
        return try add(.add, [try convBN(spatial, "first.project", to: channels, .init(1)), x])
    }

    /// An inverted residual whose names do not depend on what is chosen for it.
    fileprivate mutating func elasticLayer(
        _ x: Int, _ name: String, _ stage: OFASpace.Stage, kernel: Int, width: Int, stride: Int
    ) throws -> Int {
        let inputs = shape(of: x).channels
        let hidden = inputs * width
        var y = try convBN(x, name + ".expand", to: hidden, .init(1), stage.activation)
        let window = Layer.Window(kernel, stride: stride)
        y = try convBN(y, name + ".depthwise", to: hidden, window, groups: hidden, stage.activation)
        if stage.squeezes { y = try squeezeExcite(y, name + ".se", to: OFASpace.squeezed(hidden)) }
        y = try convBN(y, name + ".project", to: stage.channels, .init(1))
        return stride == 1 && inputs == stage.channels ? try add(.add, [y, x]) : y
    }
}
