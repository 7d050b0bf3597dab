import Networks

/// How the genes of a ``ChainSpace`` become layers.
struct ChainPlan: Sendable {
    let genes: [Gene]
    private let stages: [ChainStage]
    private let stem: Int
    private let stemStride: Int
    private let head: Int?
    /// For each stage the gene of each field; `nil` where there is one choice.
    private let places: [[Int?]]

    init(stages: [ChainStage], stem: Int, stemStride: Int, head: Int?) {
        var genes: [Gene] = []
        places = stages.enumerated().map { index, stage in
            stage.fields.map { field in
                guard field.choices.count > 1 else { return nil }
                genes.append(Gene("stage\(index + 1).\(field.name)", field.choices))
                return genes.count - 1
            }
        }
        self.genes = genes
        self.stages = stages
        self.stem = stem
        self.stemStride = stemStride
        self.head = head
    }

    /// What `genes` choose for each stage.
    func choices(of genes: [UInt8]) -> [ChainStage.Choice] { stages.indices.map { choice(of: genes, in: $0) } }

    private func choice(of genes: [UInt8], in stage: Int) -> ChainStage.Choice {
        stages[stage].choice(at: places[stage].map { place in place.map { Int(genes[$0]) } ?? 0 })
    }

    /// The network's parts; a stage depends on its own genes and on the channels of the one before.
    func parts(_ classes: Int) -> Chain {
        let first = Chain.Part { net, x, _ in
            try net.convBN(x, "stem", to: stem, .init(3, stride: stemStride), .relu)
        }
        let middle = stages.indices.map { stage in
            Chain.Part(genes: entering(stage) + places[stage].compactMap { $0 }) { net, x, genes in
                try add(choice(of: genes, in: stage), stages[stage].stride, &net, x, "stages.\(stage)")
            }
        }
        let last = Chain.Part(genes: entering(stages.count)) { net, x, _ in
            let wide = try head.map { try net.convBN(x, "head", to: $0, .init(1), .relu) } ?? x
            return try net.classifier(wide, "classifier", classes: classes)
        }
        return Chain([first] + middle + [last])
    }

    /// The gene of the channels that come into `stage`, if they are chosen.
    private func entering(_ stage: Int) -> [Int] {
        guard stage > 0, let channels = places[stage - 1][3] else { return [] }
        return [channels]
    }

    private func add(
        _ choice: ChainStage.Choice, _ stride: Int, _ net: inout NetworkBuilder, _ input: Int, _ name: String
    ) throws -> Int {
        var x = input
        for layer in 0..<choice.depth {
            x = try net.block(choice, x, "\(name).\(layer)", stride: layer == 0 ? stride : 1)
        }
        return x
    }
}

extension NetworkBuilder {
    /// Adds a convolution without bias, a batch norm and perhaps an activation.
    mutating func convBN(
        _ x: Int, _ name: String, to channels: Int, _ window: Layer.Window, groups: Int = 1,
        _ activation: Layer.Activation? = nil
    ) throws -> Int {
        let convolved = try convolution(x, name + ".conv", to: channels, window, groups: groups)
        let normal = try batchNorm(convolved, name + ".bn")
        return try activation.map { try self.activation(normal, $0) } ?? normal
    }

    /// Adds one layer of a stage.
    fileprivate mutating func block(
        _ choice: ChainStage.Choice, _ x: Int, _ name: String, stride: Int
    ) throws -> Int {
        let inputs = shape(of: x).channels
        let window = Layer.Window(choice.kernel, stride: stride)
        switch choice.block {
        case .conv: return try convBN(x, name, to: choice.channels, window, .relu)
        case .dsconv:
            let spatial = try convBN(x, name + ".depthwise", to: inputs, window, groups: inputs, .relu)
            return try convBN(spatial, name + ".pointwise", to: choice.channels, .init(1), .relu)
        case .mbconv, .mbconvSE: return try invertedResidual(choice, x, name, window)
        case .residual:
            let first = try convBN(x, name + ".first", to: choice.channels, window, .relu)
            let second = try convBN(first, name + ".second", to: choice.channels, .init(choice.kernel))
            let keeps = stride == 1 && inputs == choice.channels
            let shortcut =
                keeps ? x : try convBN(x, name + ".shortcut", to: choice.channels, .init(1, stride: stride))
            return try activation(try add(.add, [second, shortcut]))
        }
    }

    /// M. Sandler et al., "MobileNetV2: Inverted Residuals and Linear Bottlenecks", CVPR 2018.
    private mutating func invertedResidual(
        _ choice: ChainStage.Choice, _ x: Int, _ name: String, _ window: Layer.Window
    ) throws -> Int {
        let inputs = shape(of: x).channels
        let hidden = inputs * choice.expansion
        var y = x
        if choice.expansion > 1 { y = try convBN(x, name + ".expand", to: hidden, .init(1), .relu6) }
        y = try convBN(y, name + ".depthwise", to: hidden, window, groups: hidden, .relu6)
        if choice.block == .mbconvSE { y = try squeezeExcite(y, name + ".se", to: max(1, inputs / 4)) }
        y = try convBN(y, name + ".project", to: choice.channels, .init(1))
        return window.stride == 1 && inputs == choice.channels ? try add(.add, [y, x]) : y
    }

    /// J. Hu, L. Shen and G. Sun, "Squeeze-and-Excitation Networks", CVPR 2018, with a hard sigmoid.
    mutating func squeezeExcite(_ x: Int, _ name: String, to squeezed: Int) throws -> Int {
        let channels = shape(of: x).channels
        var y = try add(.globalAveragePool, x)
        y = try activation(try convolution(y, name + ".reduce", to: squeezed, .init(1), bias: true))
        y = try convolution(y, name + ".expand", to: channels, .init(1), bias: true)
        return try add(.multiply, [x, try activation(y, .hardSigmoid)])
    }
}
