import Networks

/// A network made ready to run: its layers as steps, with the places of their tensors found once.
struct Plan: Sendable {
    /// One layer at work.
    struct Step: Sendable {
        /// The index of the node in the network.
        let node: Int
        /// The nodes whose results it reads.
        var inputs: [Int]
        /// Where weight and bias stand among the parameters.
        let weight: Int?, bias: Int?
        /// Which batch normalisation of the network it is, from 0.
        let norm: Int?
        /// The nodes whose results nobody reads after this step.
        var dying: [Int] = []
    }

    /// The network that is computed.
    let network: Network
    /// The layers in execution order, without the input.
    let steps: [Step]
    /// The same without what would be computed a second time.
    let shared: SharedSteps
    /// The trainable tensors in execution order, each with the layer that it belongs to.
    let parameters: [(parameter: Parameter, layer: Layer)]
    /// The batch normalisations in execution order.
    let norms: [(name: String, channels: Int)]

    init(_ network: Network) {
        var steps: [Step] = []
        var parameters: [(parameter: Parameter, layer: Layer)] = []
        var norms: [(name: String, channels: Int)] = []
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
                    node: index, inputs: node.inputs, weight: own.isEmpty ? nil : first,
                    bias: own.count < 2 ? nil : first + 1, norm: norm))
        }
        self.network = network
        self.steps = steps.releasing(allBut: network.output)
        shared = SharedSteps(steps, of: network)
        self.parameters = parameters
        self.norms = norms
    }
}

extension [Plan.Step] {
    /// These steps, each with the nodes that it is the last to read; a result that nobody reads dies at once.
    func releasing(allBut output: Int) -> [Plan.Step] {
        var last: [Int: Int] = [:]
        for (place, step) in enumerated() {
            last[step.node] = place
            for input in step.inputs { last[input] = place }
        }
        var steps = self
        for (node, reader) in last where node != output { steps[reader].dying.append(node) }
        return steps
    }
}
