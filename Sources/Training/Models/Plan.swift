import Networks

/// A network made ready to run: its layers as steps, with the places of their tensors found once.
struct Plan: Sendable {
    /// One layer at work.
    struct Step: Sendable {
        /// The index of the node in the network.
        let node: Int
        /// Where weight and bias stand among the parameters.
        let weight: Int?, bias: Int?
        /// Which batch normalisation of the network it is, from 0.
        let norm: Int?
        /// The nodes whose results nobody reads after this step.
        let dying: [Int]
    }

    /// The network that is computed.
    let network: Network
    /// The layers in execution order, without the input.
    let steps: [Step]
    /// The trainable tensors in execution order, each with the layer that it belongs to.
    let parameters: [(parameter: Parameter, layer: Layer)]
    /// The batch normalisations in execution order.
    let norms: [(name: String, channels: Int)]

    init(_ network: Network) {
        var steps: [Step] = []
        var parameters: [(parameter: Parameter, layer: Layer)] = []
        var norms: [(name: String, channels: Int)] = []
        let dying = network.lastReads
        for (index, node) in network.nodes.enumerated().dropFirst() {
            let own = node.parameters
            let first = parameters.count
            parameters += own.map { ($0, node.layer) }
            var norm: Int?
            if case .batchNorm(let channels, _) = node.layer {
                norm = norms.count
                norms.append((node.name, channels))
            }
            steps.append(
                Step(
                    node: index, weight: own.isEmpty ? nil : first, bias: own.count < 2 ? nil : first + 1, norm: norm,
                    dying: dying[index]))
        }
        self.network = network
        self.steps = steps
        self.parameters = parameters
        self.norms = norms
    }
}

extension Network {
    /// For each node the nodes that it is the last to read; a result that nobody reads dies at once.
    fileprivate var lastReads: [[Int]] {
        var last = Array(nodes.indices)
        for (index, node) in nodes.enumerated() {
            for input in node.inputs { last[input] = index }
        }
        var dying = [[Int]](repeating: [], count: nodes.count)
        for (node, reader) in last.enumerated() where node != output { dying[reader].append(node) }
        return dying
    }
}
