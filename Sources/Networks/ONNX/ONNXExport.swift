// How each layer is written. `x` is what it reads, N the batch, which stays open; constants begin with `/`.
//
//   convolution, linear      Conv; Gemm with transB
//   batchNorm                BatchNormalization with running statistics, not folded into the weights
//   relu, relu6, sigmoid     Relu; Clip(x, 0, 6); Sigmoid
//   hardSigmoid, hardSwish   HardSigmoid with alpha 1/6, beta 1/2; HardSwish
//   silu                     s = Sigmoid(x); Mul(x, s)
//   averagePool, maxPool     AveragePool with count_include_pad 0; MaxPool
//   globalAveragePool        GlobalAveragePool
//   identity, flatten        Identity; Flatten
//   zero                     Mul(x, 0), as PyTorch computes it
//   blank                    ConstantOfShape(Concat(Shape(input)[0], [C, H, W]))
//   add, multiply            Add of two, else Sum; Mul
//   concatenate              Concat along the channels
//   channelShuffle           Reshape [N, g, C/g, H, W]; Transpose of axes 1 and 2; Reshape [N, C, H, W]
//   shift                    Slice from 1 on along rows and columns

extension ONNXModel {
    /// The name of the images that go in, `[N, C, H, W]`.
    public static let inputName = "input"
    /// The name of the results that come out, `[N, classes]`.
    public static let outputName = "logits"

    /// The model that computes what `network` does in evaluation, for any batch.
    ///
    /// Layers and their weights have the network's names; a layer without a name has none here either. Its weights are
    /// `open`: fill them before the model is written.
    ///
    /// - Throws: `NetworkError`, which names the layer, for one that ONNX cannot express.
    public init(_ network: Network) throws {
        var writer = ONNXGraphWriter(network)
        try writer.writeAll()
        self.init()
        name = "network"
        metadata = [Pair(Self.countingKey, network.counting.rawValue)]
        nodes = writer.nodes
        tensors = writer.tensors
        let (input, output) = (network.input, network.nodes[network.output].shape)
        inputs = [.init(name: Self.inputName, extents: [.free("N")] + input.extents)]
        let isFlat = writer.flat[network.output]
        outputs = [
            .init(name: Self.outputName, extents: [.free("N")] + (isFlat ? [.fixed(output.channels)] : output.extents))
        ]
    }

    /// What counts as a multiply-add, in the metadata.
    static let countingKey = "nash.counting"
}

extension Shape {
    fileprivate var extents: [ONNXModel.Extent] { [channels, height, width].map { .fixed($0) } }
}

/// Writes the layers of a network one by one as nodes of ONNX.
struct ONNXGraphWriter {
    private let network: Network
    private(set) var nodes: [ONNXModel.Node] = []
    private(set) var tensors: [ONNXModel.Tensor] = []
    /// For each layer, whether its result is `[N, C]` and not `[N, C, H, W]`.
    private(set) var flat: [Bool] = []
    /// For each layer, the name of its result.
    private var values: [String] = []
    private var taken: Set<String> = [ONNXModel.inputName, ONNXModel.outputName]

    init(_ network: Network) { self.network = network }

    mutating func writeAll() throws(NetworkError) {
        guard network.output > 0 else {
            throw NetworkError("a network without layers computes nothing", try: "add a layer")
        }
        for (index, node) in network.nodes.enumerated() {
            values.append(index == 0 ? ONNXModel.inputName : value(of: node, index))
            flat.append(isFlat(node))
            if index > 0 { try write(node, index) }
        }
    }

    private mutating func value(of node: Network.Node, _ index: Int) -> String {
        if index == network.output { return ONNXModel.outputName }
        var name = node.name.isEmpty ? "/\(index)" : node.name
        while !taken.insert(name).inserted { name += "/\(index)" }
        return name
    }

    private func isFlat(_ node: Network.Node) -> Bool {
        switch node.layer {
        case .flatten, .linear: true
        case .input, .blank: false
        default: flat[node.inputs[0]]
        }
    }

    private mutating func write(_ node: Network.Node, _ index: Int) throws(NetworkError) {
        try check(node)
        let layer = node.layer
        switch layer {
        case .input: break
        case .convolution(let convolution):
            add(node, "Conv", weights(of: node), convolution.window.attributes + [.int("group", convolution.groups)])
        case .linear: add(node, "Gemm", weights(of: node), [.int("transB", 1)])
        case .batchNorm(let channels, let affine): normalize(node, channels, affine)
        case .activation(let activation): activate(node, activation)
        case .averagePool(let window):
            add(node, "AveragePool", [], window.attributes(dilated: false) + [.int("count_include_pad", 0)])
        case .maxPool(let window): add(node, "MaxPool", [], window.attributes)
        case .globalAveragePool: add(node, "GlobalAveragePool")
        case .identity: add(node, "Identity")
        case .zero: add(node, "Mul", [constant(0, "/zero")])
        case .blank(let shape): blank(node, shape)
        case .add: add(node, node.inputs.count == 2 ? "Add" : "Sum")
        case .multiply: add(node, "Mul")
        case .concatenate: add(node, "Concat", [], [.int("axis", 1)])
        case .flatten: add(node, "Flatten", [], [.int("axis", 1)])
        case .channelShuffle(let groups): shuffle(node, groups)
        case .shift: add(node, "Slice", shiftBounds())
        }
    }

    /// Throws for what ONNX cannot express, or would compute otherwise.
    private func check(_ node: Network.Node) throws(NetworkError) {
        let readsVector = node.inputs.first.map { flat[$0] } ?? false
        let problem: (String, String)? =
            switch node.layer {
            case .multiply where node.inputs.count != 2:
                ("ONNX multiplies two tensors, not \(node.inputs.count)", "multiply them two by two")
            case .averagePool(let window) where window.dilation != 1:
                ("ONNX has no dilated average pool in opset 17", "use a dilation of 1")
            case .linear where !readsVector:
                ("a linear layer reads vectors, and \(network.nodes[node.inputs[0]].shape) comes in", "flatten it")
            case .convolution where readsVector, .averagePool where readsVector, .maxPool where readsVector,
                .globalAveragePool where readsVector, .channelShuffle where readsVector, .shift where readsVector:
                ("it reads maps, and a vector comes in", "flatten behind it")
            default: nil
            }
        if let (reason, hint) = problem { throw NetworkError(layer: node.name, reason, try: hint) }
    }

    /// Adds the node that gives the layer's result, reading the layer's inputs and then `more`.
    private mutating func add(
        _ node: Network.Node, _ type: String, _ more: [String] = [], _ attributes: [ONNXModel.Attribute] = []
    ) {
        finish(node, type, node.inputs.map { values[$0] } + more, attributes)
    }

    private mutating func finish(
        _ node: Network.Node, _ type: String, _ inputs: [String], _ attributes: [ONNXModel.Attribute] = []
    ) {
        let name = node.name
        nodes.append(
            .init(name: name, type: type, inputs: inputs, outputs: [values[values.count - 1]], attributes: attributes))
    }

    /// Adds a node before the one that gives the layer's result; gives the name of what it computes.
    private mutating func step(
        _ part: String, _ type: String, _ inputs: [String], _ attributes: [ONNXModel.Attribute] = []
    ) -> String {
        let name = "\(values[values.count - 1])/\(part)"
        nodes.append(.init(name: name, type: type, inputs: inputs, outputs: [name], attributes: attributes))
        return name
    }

    private mutating func weights(of node: Network.Node) -> [String] {
        node.parameters.map { parameter in open(parameter.name, parameter.extents) }
    }

    private mutating func normalize(_ node: Network.Node, _ channels: Int, _ affine: Bool) {
        var inputs = weights(of: node)
        if !affine {
            inputs = [(1, "/ones"), (0, "/zeros")].map { value, name in
                constant("\(name)/\(channels)", [channels], .floats(Array(repeating: value, count: channels)))
            }
        }
        inputs += ["running_mean", "running_var"].map { open("\(node.name).\($0)", [channels]) }
        add(node, "BatchNormalization", inputs, [.float("epsilon", Self.epsilon)])
    }

    /// What is added to variances: that of PyTorch's batch normalisation.
    static let epsilon: Float = 1e-5

    private mutating func activate(_ node: Network.Node, _ activation: Layer.Activation) {
        switch activation {
        case .relu: add(node, "Relu")
        case .relu6: add(node, "Clip", [constant(0, "/zero"), constant(6, "/six")])
        case .hardSwish: add(node, "HardSwish")
        case .hardSigmoid:
            add(node, "HardSigmoid", [], [.float("alpha", Self.hardSigmoidSlope), .float("beta", 0.5)])
        case .sigmoid: add(node, "Sigmoid")
        case .silu: add(node, "Mul", [step(Self.siluPart, "Sigmoid", [values[node.inputs[0]]])])
        }
    }

    /// The slope of PyTorch's hard sigmoid.
    static let hardSigmoidSlope: Float = 1 / 6
    /// The end of the name of the sigmoid that is a part of a SiLU.
    static let siluPart = "sigmoid"

    private mutating func blank(_ node: Network.Node, _ shape: Shape) {
        let batch = step("batch", "Shape", [ONNXModel.inputName], [.int("start", 0), .int("end", 1)])
        let rest = [shape.channels, shape.height, shape.width]
        let extents = step("extents", "Concat", [batch, integers(rest)], [.int("axis", 0)])
        finish(node, "ConstantOfShape", [extents])
    }

    private mutating func shuffle(_ node: Network.Node, _ groups: Int) {
        let shape = node.shape
        // An extent of 0 stands for the one that comes in.
        let split = integers([0, groups, shape.channels / groups, shape.height, shape.width])
        let parts = step("split", "Reshape", [values[node.inputs[0]], split])
        let swapped = step("swapped", "Transpose", [parts], [.init(name: "perm", value: .ints([0, 2, 1, 3, 4]))])
        finish(node, "Reshape", [swapped, integers([0, shape.channels, shape.height, shape.width])])
    }

    private mutating func shiftBounds() -> [String] {
        [integers([1, 1]), integers([Int.max, Int.max]), integers([2, 3])]
    }

    private mutating func integers(_ numbers: [Int]) -> String {
        let name = "/ints/" + numbers.map { $0 == .max ? "end" : "\($0)" }.joined(separator: ",")
        return constant(name, [numbers.count], .ints(numbers))
    }

    private mutating func constant(_ value: Float, _ name: String) -> String { constant(name, [], .floats([value])) }

    private mutating func open(_ name: String, _ extents: [Int]) -> String { constant(name, extents, .open) }

    private var known: Set<String> = []

    private mutating func constant(_ name: String, _ extents: [Int], _ values: ONNXModel.Tensor.Values) -> String {
        if known.insert(name).inserted { tensors.append(.init(name: name, extents: extents, values: values)) }
        return name
    }
}

extension ONNXModel.Attribute {
    static func int(_ name: String, _ value: Int) -> Self { .init(name: name, value: .int(value)) }
    static func float(_ name: String, _ value: Float) -> Self { .init(name: name, value: .float(value)) }
}

extension Layer.Window {
    fileprivate var attributes: [ONNXModel.Attribute] { attributes(dilated: true) }

    /// Average pools have no dilations before opset 19.
    fileprivate func attributes(dilated: Bool) -> [ONNXModel.Attribute] {
        let both: [(String, [Int])] = [
            ("kernel_shape", [kernel, kernel]), ("strides", [stride, stride]),
            ("pads", [padding, padding, padding, padding]),
        ]
        let all = dilated ? both + [("dilations", [dilation, dilation])] : both
        return all.map { .init(name: $0, value: .ints($1)) }
    }
}
