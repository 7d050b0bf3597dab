/// Builds a ``Network`` node by node, checking shapes as it goes.
///
///     var net = NetworkBuilder(input: Shape(3, 32, 32))
///     var x = try net.convolution(net.input, "stem.0", to: 16, Layer.Window(3))
///     x = try net.batchNorm(x, "stem.1")
///     let network = net.finish(x)
///
/// Every method returns the new node's index, and throws ``NetworkError`` when shapes do not fit.
public struct NetworkBuilder: Sendable {
    private var nodes: [Network.Node]

    /// A network whose samples have shape `input`, `[C, H, W]`.
    public init(input: Shape) { nodes = [.init(name: "", layer: .input, inputs: [], shape: input)] }

    /// The index of the input node.
    public var input: Int { 0 }

    /// The shape of a node's result.
    public func shape(of node: Int) -> Shape { nodes[node].shape }

    /// Adds `layer`, reading `inputs`.
    public mutating func add(_ layer: Layer, _ inputs: [Int], _ name: String = "") throws -> Int {
        let shape: Shape
        do {
            try layer.checkSize(with: inputs.map { nodes[$0].shape })
            shape = try layer.output(of: inputs.map { nodes[$0].shape })
        } catch { throw error.at(name) }
        nodes.append(.init(name: name, layer: layer, inputs: inputs, shape: shape))
        return nodes.count - 1
    }

    /// Adds a layer of one input.
    public mutating func add(_ layer: Layer, _ input: Int, _ name: String = "") throws -> Int {
        try add(layer, [input], name)
    }

    /// Adds a convolution to `outputs` channels.
    public mutating func convolution(
        _ input: Int, _ name: String, to outputs: Int, _ window: Layer.Window, groups: Int = 1, bias: Bool = false
    ) throws -> Int {
        let inputs = shape(of: input).channels
        return try add(
            .convolution(.init(inputs: inputs, outputs: outputs, window: window, groups: groups, bias: bias)), input,
            name)
    }

    /// Adds a depthwise convolution: each channel has a kernel of its own.
    public mutating func depthwise(_ input: Int, _ name: String, _ window: Layer.Window) throws -> Int {
        let channels = shape(of: input).channels
        return try convolution(input, name, to: channels, window, groups: channels)
    }

    /// Adds an affine batch normalisation.
    public mutating func batchNorm(_ input: Int, _ name: String) throws -> Int {
        try add(.batchNorm(channels: shape(of: input).channels, affine: true), input, name)
    }

    /// Adds an activation, by default a ReLU.
    public mutating func activation(_ input: Int, _ activation: Layer.Activation = .relu) throws -> Int {
        try add(.activation(activation), input)
    }

    /// Adds a global average pool, a flattening and a linear layer with bias, `[C, H, W] → [classes]`.
    public mutating func classifier(_ input: Int, _ name: String, classes: Int) throws -> Int {
        let pooled = try add(.flatten, try add(.globalAveragePool, input))
        return try add(.linear(inputs: shape(of: pooled).channels, outputs: classes, bias: true), pooled, name)
    }

    /// The network whose result is node `output`; the builder starts anew with the same input.
    public mutating func finish(_ output: Int, counting: MultiplyAdds = .weights) -> Network {
        defer { nodes.removeLast(nodes.count - 1) }
        return Network(nodes: nodes, output: output, counting: counting)
    }
}
