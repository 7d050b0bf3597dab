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
    enum Part {
        case sigmoid(of: Int)
        case split(groups: Int, of: Int)
        case swapped(groups: Int, of: Int)
        case batch
        case extents([Int])
    }

    /// The network so far.
    var builder: NetworkBuilder
    private let output: String
    /// The layers by the names of their results.
    var layers: [String: Int]
    /// The parts of layers by the names of their results.
    var parts: [String: Part] = [:]
    /// The constants by name.
    var constants: [String: ONNXModel.Tensor]
    /// Weights and statistics by PyTorch's names, in the order of the layers.
    var weights: [(name: String, tensor: ONNXModel.Tensor)] = []
    /// For each name among the weights the constant that it stands for.
    var bound: [String: String] = [:]

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

    /// The layer whose result is input `place`.
    func layer(_ view: ONNXNodeView, _ place: Int) throws -> Int {
        let name = try view.input(place)
        guard let layer = layers[name] else { throw view.fault("no earlier layer gives '\(name)'") }
        return layer
    }

    /// The part of a layer that input `place` is; nil where it is none.
    func part(_ view: ONNXNodeView, _ place: Int) -> Part? {
        view.node.inputs.count > place ? parts[view.node.inputs[place]] : nil
    }

    /// The constant that input `place` is.
    func constant(_ view: ONNXNodeView, _ place: Int) throws -> ONNXModel.Tensor {
        let name = try view.input(place)
        guard let constant = constants[name] else { throw view.fault("there is no constant '\(name)'") }
        return constant
    }

    /// The number that input `place` is; nil where it is none.
    func scalar(_ view: ONNXNodeView, _ place: Int) -> Float? {
        guard view.node.inputs.count > place, let constant = constants[view.node.inputs[place]],
            case .floats(let values) = constant.values, values.count == 1
        else { return nil }
        return values[0]
    }

    /// The whole numbers that input `place` is.
    func integers(_ view: ONNXNodeView, _ place: Int) throws -> [Int] {
        guard case .ints(let values) = try constant(view, place).values else {
            throw view.fault("input \(place) must be whole numbers")
        }
        return values
    }
}
