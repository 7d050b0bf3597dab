/// The network of an ONNX model, with the constants that are its weights and statistics.
public struct ONNXNetwork: Sendable {
    /// The network.
    public let network: Network
    /// Weights and statistics by PyTorch's names, in the order of the layers: of each batch normalisation weight, bias,
    /// `running_mean` and `running_var`.
    public let weights: [(name: String, tensor: ONNXModel.Tensor)]

    /// Builds the network from the model's nodes. Those that nash writes are understood (see `ONNXExport.swift`),
    /// whoever wrote them; constants may also come as `Constant` nodes.
    ///
    /// - Throws: ``ONNXError``, which names the node, for an operator or a setting that no layer has.
    public init(_ model: ONNXModel) throws {
        var reader = try ONNXGraphReader(model)
        for (place, node) in model.nodes.enumerated() { try reader.read(node, place) }
        let counting = model[ONNXModel.countingKey].flatMap { MultiplyAdds(rawValue: $0) }
        network = try reader.network(counting: counting ?? .weights)
        weights = reader.weights
    }
}

/// Reads the nodes of a model one by one into a network.
struct ONNXGraphReader {
    /// Something that a node can read and that is no layer's result: a part of a layer that several nodes make up.
    private enum Part {
        case sigmoid(of: Int)
        case split(groups: Int, of: Int)
        case swapped(groups: Int, of: Int)
        case batch
        case extents([Int])
    }

    private var builder: NetworkBuilder
    private let output: String
    private var layers: [String: Int]
    private var parts: [String: Part] = [:]
    private var constants: [String: ONNXModel.Tensor]
    /// Weights and statistics by PyTorch's names, in the order of the layers.
    private(set) var weights: [(name: String, tensor: ONNXModel.Tensor)] = []
    private var bound: [String: String] = [:]

    /// The operators that are read.
    static let operators = [
        "Add", "AveragePool", "BatchNormalization", "Clip", "Concat", "Constant", "ConstantOfShape", "Conv", "Flatten",
        "Gemm", "GlobalAveragePool", "HardSigmoid", "HardSwish", "Identity", "MaxPool", "Mul", "Relu", "Reshape",
        "Shape", "Sigmoid", "Slice", "Sum", "Transpose",
    ]

    init(_ model: ONNXModel) throws {
        constants = Dictionary(model.tensors.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let known = constants
        let inputs = model.inputs.filter { known[$0.name] == nil }
        guard inputs.count == 1, model.outputs.count == 1 else {
            throw ONNXError(
                "graph",
                "a network has one input and one output, and this graph has \(inputs.count) and "
                    + "\(model.outputs.count)")
        }
        builder = NetworkBuilder(input: try Self.shape(of: inputs[0]))
        layers = [inputs[0].name: 0]
        output = model.outputs[0].name
    }

    private static func shape(of port: ONNXModel.Port) throws -> Shape {
        let extents = port.extents.dropFirst().map { if case .fixed(let size) = $0 { size } else { 0 } }
        guard extents.count == 3, let shape = Shape(bounded: Array(extents)) else {
            throw ONNXError("input '\(port.name)'", "images [N, C, H, W] of a fixed size were expected")
        }
        return shape
    }

    /// The network whose result is the model's.
    mutating func network(counting: MultiplyAdds) throws -> Network {
        guard let last = layers[output] else { throw ONNXError("output '\(output)'", "no node computes it") }
        return builder.finish(last, counting: counting)
    }

    /// Reads the node at `place`.
    mutating func read(_ node: ONNXModel.Node, _ place: Int) throws {
        let view = ONNXNodeView(node, place)
        guard node.outputs.count == 1 || node.type == "BatchNormalization" && !node.outputs.isEmpty else {
            throw view.fault("one result was expected, not \(node.outputs.count)")
        }
        guard layers[node.outputs[0]] == nil, parts[node.outputs[0]] == nil, constants[node.outputs[0]] == nil else {
            throw view.fault("'\(node.outputs[0])' is computed a second time")
        }
        guard node.domain.isEmpty || node.domain == "ai.onnx", Self.operators.contains(node.type) else {
            throw view.fault(
                "nash has no layer for this operator; it reads \(Self.operators.joined(separator: ", "))")
        }
        do {
            try readKnown(view)
        } catch let error as NetworkError {
            throw view.fault(error.reason)
        }
    }

    private mutating func readKnown(_ view: ONNXNodeView) throws {
        switch view.node.type {
        case "Constant": constants[view.result] = try view.constant()
        case "Conv": try convolution(view)
        case "Gemm": try linear(view)
        case "BatchNormalization": try batchNorm(view)
        case "Relu": try add(.activation(.relu), view)
        case "HardSwish": try add(.activation(.hardSwish), view)
        case "HardSigmoid": try hardSigmoid(view)
        case "Clip": try clip(view)
        case "Sigmoid": try sigmoid(view)
        case "Mul": try product(view)
        case "AveragePool": try add(.averagePool(view.window(average: true)), view)
        case "MaxPool": try add(.maxPool(view.window()), view)
        case "GlobalAveragePool": try add(.globalAveragePool, view)
        case "Identity": try identity(view)
        case "Flatten":
            try view.expect("axis", 1, otherwise: 1)
            try add(.flatten, view)
        case "Add", "Sum": try add(.add, reading: view.node.inputs, view)
        case "Concat": try concatenate(view)
        case "Shape":
            try view.expect("start", 0, otherwise: 0)
            try view.expect("end", 1, otherwise: 0)
            guard try layer(view, 0) == 0 else { throw view.fault("the input's shape was expected") }
            parts[view.result] = .batch
        case "ConstantOfShape": try blank(view)
        case "Reshape": try reshape(view)
        case "Transpose": try transpose(view)
        default: try shift(view)
        }
    }

    // MARK: What a node reads

    private func layer(_ view: ONNXNodeView, _ place: Int) throws -> Int {
        let name = try view.input(place)
        guard let layer = layers[name] else { throw view.fault("no earlier layer gives '\(name)'") }
        return layer
    }

    private func part(_ view: ONNXNodeView, _ place: Int) -> Part? {
        view.node.inputs.count > place ? parts[view.node.inputs[place]] : nil
    }

    private func constant(_ view: ONNXNodeView, _ place: Int) throws -> ONNXModel.Tensor {
        let name = try view.input(place)
        guard let constant = constants[name] else { throw view.fault("there is no constant '\(name)'") }
        return constant
    }

    private func scalar(_ view: ONNXNodeView, _ place: Int) -> Float? {
        guard view.node.inputs.count > place, let constant = constants[view.node.inputs[place]],
            case .floats(let values) = constant.values, values.count == 1
        else { return nil }
        return values[0]
    }

    private func integers(_ view: ONNXNodeView, _ place: Int) throws -> [Int] {
        guard case .ints(let values) = try constant(view, place).values else {
            throw view.fault("input \(place) must be whole numbers")
        }
        return values
    }

    // MARK: Layers

    private mutating func add(_ layer: Layer, _ view: ONNXNodeView, named name: String? = nil) throws {
        try add(layer, from: [try self.layer(view, 0)], view, named: name)
    }

    private mutating func add(_ layer: Layer, reading inputs: [String], _ view: ONNXNodeView) throws {
        try add(layer, from: inputs.indices.map { try self.layer(view, $0) }, view)
    }

    private mutating func add(_ layer: Layer, from inputs: [Int], _ view: ONNXNodeView, named name: String? = nil)
        throws
    {
        let index = try builder.add(layer, inputs, name ?? view.node.name)
        guard builder.shape(of: index).isBounded else {
            throw view.fault("a result of more than 2³¹ elements a sample")
        }
        layers[view.result] = index
    }

    private mutating func convolution(_ view: ONNXNodeView) throws {
        let kernel = try constant(view, 1)
        let (groups, window) = (try view.int("group", otherwise: 1), try view.window(kernel: kernel.extents.last))
        guard kernel.extents.count == 4, kernel.extents[2...].allSatisfy({ $0 == window.kernel }),
            (1...ONNXNodeView.most).contains(groups), kernel.extents.allSatisfy((1...ONNXNodeView.most).contains)
        else { throw view.fault("weights [Cout, Cin/groups, K, K] were expected, not \(kernel.extents)") }
        let hasBias = view.has(2)
        let name = try bind(view, [("weight", 1, kernel.extents)] + (hasBias ? [("bias", 2, [kernel.extents[0]])] : []))
        let convolution = Layer.Convolution(
            inputs: kernel.extents[1] * groups, outputs: kernel.extents[0], window: window, groups: groups,
            bias: hasBias)
        try add(.convolution(convolution), view, named: name)
    }

    private mutating func linear(_ view: ONNXNodeView) throws {
        try view.expect("transB", 1, otherwise: 0)
        try view.expect("transA", 0, otherwise: 0)
        try view.expect("alpha", Float(1), otherwise: 1)
        try view.expect("beta", Float(1), otherwise: 1)
        let extents = try constant(view, 1).extents
        guard extents.count == 2, extents.allSatisfy((1...ONNXNodeView.most).contains) else {
            throw view.fault("weights [out, in] were expected, not \(extents)")
        }
        let hasBias = view.has(2)
        let name = try bind(view, [("weight", 1, extents)] + (hasBias ? [("bias", 2, [extents[0]])] : []))
        try add(.linear(inputs: extents[1], outputs: extents[0], bias: hasBias), view, named: name)
    }

    private mutating func batchNorm(_ view: ONNXNodeView) throws {
        try view.expect("epsilon", ONNXGraphWriter.epsilon, otherwise: ONNXGraphWriter.epsilon)
        try view.expect("training_mode", 0, otherwise: 0)
        let channels = builder.shape(of: try layer(view, 0)).channels
        // Written for one without parameters of its own: a scale of 1 and a shift of 0 that have no layer's name.
        let affine = try !(view.input(1).hasPrefix("/ones/") && view.input(2).hasPrefix("/zeros/"))
        let own = affine ? [("weight", 1, [channels]), ("bias", 2, [channels])] : []
        let name = try bind(view, own + [("running_mean", 3, [channels]), ("running_var", 4, [channels])])
        try add(.batchNorm(channels: channels, affine: affine), view, named: name)
    }

    /// Takes constants over as the layer's, and gives the layer's name: that of its first constant without the ending,
    /// else the node's, else its result's; but none under which other constants stand already.
    private mutating func bind(_ view: ONNXNodeView, _ own: [(suffix: String, place: Int, extents: [Int])]) throws
        -> String
    {
        let tensors = try own.map { (suffix: $0.suffix, tensor: try constant(view, $0.place), extents: $0.extents) }
        for (suffix, tensor, extents) in tensors {
            guard tensor.extents == extents, case .floats = tensor.values else {
                throw view.fault("'\(tensor.name)' (\(suffix)) must be 32-bit floats \(extents), not \(tensor.extents)")
            }
        }
        let first = tensors[0]
        let stem =
            first.tensor.name.hasSuffix(".\(first.suffix)")
            ? String(first.tensor.name.dropLast(first.suffix.count + 1)) : ""
        let names = [stem, view.node.name, view.result].filter { !$0.isEmpty }
        let free = names.first { name in
            tensors.allSatisfy { suffix, tensor, _ in
                let other = bound["\(name).\(suffix)"]
                return other == nil || other == tensor.name
            }
        }
        guard let name = free else { throw view.fault("its weights have the names of another layer's") }
        for (suffix, tensor, _) in tensors where bound.updateValue(tensor.name, forKey: "\(name).\(suffix)") == nil {
            weights.append(("\(name).\(suffix)", tensor))
        }
        return name
    }

    /// A layer; or another name of a constant, as PyTorch's exporter writes equal constants.
    private mutating func identity(_ view: ONNXNodeView) throws {
        guard let constant = constants[try view.input(0)] else { return try add(.identity, view) }
        constants[view.result] = .init(name: view.result, extents: constant.extents, values: constant.values)
    }

    private mutating func hardSigmoid(_ view: ONNXNodeView) throws {
        try view.expect("alpha", ONNXGraphWriter.hardSigmoidSlope, otherwise: 0.2)
        try view.expect("beta", Float(0.5), otherwise: 0.5)
        try add(.activation(.hardSigmoid), view)
    }

    private mutating func clip(_ view: ONNXNodeView) throws {
        guard scalar(view, 1) == 0, scalar(view, 2) == 6 else {
            throw view.fault("bounds of 0 and 6 were expected: nash has no other clip than a ReLU6")
        }
        try add(.activation(.relu6), view)
    }

    private mutating func sigmoid(_ view: ONNXNodeView) throws {
        if view.result.hasSuffix("/\(ONNXGraphWriter.siluPart)"), view.node.name == view.result {
            parts[view.result] = .sigmoid(of: try layer(view, 0))
        } else {
            try add(.activation(.sigmoid), view)
        }
    }

    private mutating func product(_ view: ONNXNodeView) throws {
        guard view.node.inputs.count == 2 else { throw view.fault("two factors were expected") }
        if case .sigmoid(let source) = part(view, 1) {
            guard try layer(view, 0) == source else { throw view.fault("a SiLU of two layers") }
            try add(.activation(.silu), view)
        } else if scalar(view, 1) == 0 {
            try add(.zero, view)
        } else {
            try add(.multiply, reading: view.node.inputs, view)
        }
    }

    private mutating func concatenate(_ view: ONNXNodeView) throws {
        if case .batch = part(view, 0), view.node.inputs.count == 2 {
            try view.expect("axis", 0)
            parts[view.result] = .extents(try integers(view, 1))
        } else {
            try view.expect("axis", 1)
            try add(.concatenate, reading: view.node.inputs, view)
        }
    }

    private mutating func blank(_ view: ONNXNodeView) throws {
        guard case .extents(let extents) = part(view, 0), let shape = Shape(bounded: extents) else {
            throw view.fault("a shape [N, C, H, W] with the input's N was expected")
        }
        guard view.node.attributes.isEmpty else { throw view.fault("zeros were expected") }
        try add(.blank(shape), from: [], view)
    }

    private mutating func reshape(_ view: ONNXNodeView) throws {
        let extents = try integers(view, 1)
        try view.expect("allowzero", 0, otherwise: 0)
        if case .swapped(let groups, let source) = part(view, 0) {
            let shape = builder.shape(of: source)
            guard extents == [0, shape.channels, shape.height, shape.width] else {
                throw view.fault("the shape before the channels were shuffled was expected, not \(extents)")
            }
            return try add(.channelShuffle(groups: groups), from: [source], view)
        }
        let source = try layer(view, 0)
        let shape = builder.shape(of: source)
        guard extents.count == 5, extents[0] == 0, (1...shape.channels).contains(extents[1]),
            shape.channels % extents[1] == 0,
            Array(extents[2...]) == [shape.channels / extents[1], shape.height, shape.width]
        else {
            throw view.fault("[0, g, C/g, H, W] of a channel shuffle was expected, not \(extents) of \(shape)")
        }
        parts[view.result] = .split(groups: extents[1], of: source)
    }

    private mutating func transpose(_ view: ONNXNodeView) throws {
        guard case .split(let groups, let source) = part(view, 0), view.ints("perm") == [0, 2, 1, 3, 4] else {
            throw view.fault("a transposition is read as part of a channel shuffle only")
        }
        parts[view.result] = .swapped(groups: groups, of: source)
    }

    private mutating func shift(_ view: ONNXNodeView) throws {
        let bounds = try (1...3).map { try integers(view, $0) }
        guard !view.has(4), bounds == [[1, 1], [.max, .max], [2, 3]] else {
            throw view.fault("a slice is read only where it leaves out the first row and column")
        }
        try add(.shift, view)
    }
}
