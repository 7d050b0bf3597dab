/// A neural network as data: a directed acyclic graph of layers with a shape at every node.
///
/// Nodes stand in execution order: each reads only earlier ones; node 0 is the input. Parameter names are those of
/// the authors' PyTorch modules, so that a checkpoint can be loaded by name.
public struct Network: Hashable, Sendable {
    /// A layer in its place.
    public struct Node: Hashable, Sendable {
        /// The module's name in the authors' code, such as `cells.3.layers.1.op.1`; empty without a module.
        public let name: String
        /// What it computes.
        public let layer: Layer
        /// The nodes whose results it reads, by their index.
        public let inputs: [Int]
        /// The shape of its result for one sample, `[C, H, W]`.
        public let shape: Shape

        /// Its trainable tensors, weight first.
        public var parameters: [Parameter] {
            let (weight, bias) = layer.extents
            return [("weight", weight), ("bias", bias)].compactMap { suffix, extents in
                extents.map { Parameter(name: "\(name).\(suffix)", extents: $0) }
            }
        }

        /// Whether its result is the storage of its first input.
        public var isView: Bool { layer.isView(inputs: inputs.count) }
    }

    /// All nodes, each after those it reads.
    public let nodes: [Node]
    /// The index of the node whose result is the network's.
    public let output: Int
    /// What ``cost`` counts as a multiply-add.
    public let counting: MultiplyAdds

    init(nodes: [Node], output: Int, counting: MultiplyAdds) {
        self.nodes = nodes
        self.output = output
        self.counting = counting
    }

    /// The shape of one input sample, `[C, H, W]`.
    public var input: Shape { nodes[0].shape }

    /// All trainable tensors in execution order.
    public var parameters: [Parameter] { nodes.flatMap(\.parameters) }
}
