import Glibc
import Networks
import Tensors

// Notation: v the activations of the network of |w|, d the same with every path counted as often as it has weights.

/// ``SynFlow`` in one forward pass.
///
/// For an image of ones and positive weights the network is linear in each layer's weights: R is a sum over paths of
/// products of weights, and Σ w ∂R/∂w counts each path once for each of its weights. This is the derivative of R along
/// its own weights, which can be carried forward: a batch of two, [v, d], goes through the network, and
///
///     v ← W v,   d ← W d + W v   at every weighted layer;   v ← v + b   where it has a bias
///
/// so that the answer is the sum of the logits' d. Three things make it fast and safe in `float32`:
/// - ReLU and the bypassed normalisation pass what is positive unchanged.
/// - A bound of the magnitudes, from the largest row sums of the weights, is kept beside the tensors; before it could
///   leave the range of `float32`, both are divided by a power of two that is remembered.
/// - The image is the same everywhere, so only rows and columns near the border differ from those in the middle: as
///   many as the layers so far reach. Maps are kept without the repeated middle (see ``Flow``).
struct PathFlow {
    private let network: Network
    private let weights: Weights
    private let checkpoint: () throws -> Void

    init(_ network: Network, _ weights: Weights, checkpoint: @escaping () throws -> Void = {}) {
        (self.network, self.weights, self.checkpoint) = (network, weights, checkpoint)
    }

    /// Whether every layer of `network` passes on positive signals linearly.
    static func applies(to network: Network) -> Bool {
        network.nodes.allSatisfy {
            switch $0.layer {
            case .input, .convolution, .linear, .batchNorm, .activation(.relu), .averagePool, .globalAveragePool,
                .identity, .blank, .add, .concatenate, .flatten:
                true
            default: false
            }
        }
    }

    /// The value; infinite where it exceeds the range of `Double`.
    func value() throws -> Double {
        try noGrad {
            var flows = [Flow?](repeating: nil, count: network.nodes.count)
            flows[0] = try Flow(ones: network.input)
            for (index, dying) in zip(network.nodes.indices, network.lastReads).dropFirst() {
                try checkpoint()
                let node = network.nodes[index]
                flows[index] = try step(node, node.inputs.map { flows[$0]! })
                for dead in dying { flows[dead] = nil }
            }
            let output = flows[network.output]!
            return scalbn(try output.maps.picked(1).sum().item(), output.exponent)
        }
    }

    private func step(_ node: Network.Node, _ inputs: [Flow]) throws -> Flow {
        switch node.layer {
        case .convolution(let convolution): return try convolve(inputs[0], node, convolution)
        case .linear: return try weigh(inputs[0], node) { try $0.linear($1) }
        case .averagePool(let window):
            let wide = try inputs[0].widened(for: window)
            return try wide.with(
                wide.maps.avgPool2d(
                    Pair(window.kernel, window.kernel), stride: Pair(window.stride, window.stride),
                    padding: Pair(window.padding, window.padding), countPadding: false))
        case .globalAveragePool:
            let whole = try inputs[0].unrepeated()
            return try whole.with(whole.maps.mean(2, 3, keep: true))
        case .flatten:
            let whole = try inputs[0].unrepeated()
            return try whole.with(whole.maps.flattened(1))
        case .blank(let shape): return try Flow(zeros: shape)
        case .add: return try Flow.sum(inputs)
        case .concatenate: return try Flow.concatenation(inputs)
        default: return inputs[0]
        }
    }

    private func convolve(_ input: Flow, _ node: Network.Node, _ convolution: Layer.Convolution) throws -> Flow {
        let window = convolution.window
        return try weigh(input.widened(for: window), node) { maps, weight in
            try maps.conv2d(
                weight, stride: Pair(window.stride, window.stride), padding: Pair(window.padding, window.padding),
                dilation: Pair(window.dilation, window.dilation), groups: convolution.groups)
        }
    }

    /// v ← W v + b, d ← W d + W v.
    private func weigh(
        _ input: Flow, _ node: Network.Node, _ apply: (_ maps: Tensor, _ weight: Tensor) throws -> Tensor
    ) throws -> Flow {
        let weight = try weights.magnitude(node.parameters[0], of: node.layer, .float32)
        var flow = try input.with(apply(input.maps, weight.tensor))
        try flow.maps.picked(1).add(flow.maps.picked(0))
        flow.bound *= 2 * weight.gain
        if node.parameters.count > 1 {
            let bias = try weights.magnitude(node.parameters[1], of: node.layer, .float32)
            let shaped = flow.maps.rank == 4 ? try bias.tensor.reshaped(-1, 1, 1) : bias.tensor
            try flow.maps.picked(0).add(shaped, scale: scalbn(1, -flow.exponent))
            flow.bound += scalbn(bias.gain, -flow.exponent)
        }
        return try flow.tamed()
    }
}

extension Network {
    /// For each node the nodes that it is the last to read.
    fileprivate var lastReads: [[Int]] {
        var last: [Int: Int] = [:]
        for (index, node) in nodes.enumerated() { for input in node.inputs { last[input] = index } }
        var dying = [[Int]](repeating: [], count: nodes.count)
        for (node, reader) in last where node != output { dying[reader].append(node) }
        return dying
    }
}
