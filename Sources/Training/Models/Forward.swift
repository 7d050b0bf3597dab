public import Networks
public import Tensors

extension Model {
    /// How batch normalisation works.
    public enum Mode: Sendable {
        /// With the batch's mean and variance, towards which the running ones move.
        case training
        /// With the batch's mean and variance; the running ones stay.
        case batch
        /// With the running mean and variance.
        case evaluation
        /// Not at all: its input passes unchanged.
        case unnormalized
    }

    /// What a tap sees: a layer that has just computed.
    public struct Flow {
        /// The index of the layer in ``Model/network``.
        public let index: Int
        /// The layer, with its name and shape.
        public let node: Network.Node
        /// What came in, `[N, C, H, W]` each; a vector where the layer is linear, `[N, C]`.
        public let inputs: [Tensor]
        /// What came out.
        public let output: Tensor

        /// The first of the inputs.
        public var input: Tensor { inputs[0] }
    }

    /// Called after every layer; what it returns goes on in place of the layer's output, unless that is `nil`.
    public typealias Tap = (Flow) throws -> Tensor?

    /// The logits `[N, classes]` of images `[N, C, H, W]`.
    ///
    /// Results of layers are released as soon as their last reader has run, as far as no gradient needs them and no tap
    /// keeps them. Without a tap nothing is computed twice (``SharedSteps``).
    ///
    /// - Parameter watch: called with the index of each layer when it has been computed; it changes nothing.
    /// - Throws: `TensorError` where the input does not fit; what `tap` throws.
    public func forward(
        _ input: Tensor, mode: Mode, tap: Tap? = nil, watch: ((Int) -> Void)? = nil
    ) throws -> Tensor {
        var results = [Tensor?](repeating: nil, count: network.nodes.count)
        results[0] = try options.channelsLast && input.rank == 4 ? input.channelsLast() : input
        let batch = input.shape.first ?? 1
        for step in tap == nil ? plan.shared.steps : plan.steps {
            let node = network.nodes[step.node]
            let inputs = step.inputs.map { results[$0]! }
            var output = try run(step, node.layer, inputs, mode, batch)
            if let tap {
                output = try tap(Flow(index: step.node, node: node, inputs: inputs, output: output)) ?? output
            }
            results[step.node] = output
            for dead in step.dying { results[dead] = nil }
            watch?(step.node)
        }
        return results[tap == nil ? plan.shared.output : network.output]!
    }

    private func run(
        _ step: Plan.Step, _ layer: Layer, _ inputs: [Tensor], _ mode: Mode, _ batch: Int
    ) throws -> Tensor {
        switch layer {
        case .convolution, .linear:
            return try layer.weigh(inputs[0], parameters[step.weight!], step.bias.map { parameters[$0] })
        case .batchNorm: return try normalize(inputs[0], step, mode)
        case .blank(let shape):
            let extents = [batch, shape.channels, shape.height, shape.width]
            return try Tensor.zeros(extents, dtype: options.dtype, device: options.device)
        case .add: return try inputs.sum()
        case .multiply: return try inputs.dropFirst().reduce(inputs[0]) { try $0 * $1 }
        case .averagePool: return try means[step.node - 1]?(inputs[0]) ?? layer.shape(inputs[0])
        case .concatenate: return inputs.count == 1 ? inputs[0] : try Tensor.cat(inputs, dim: 1)
        default: return try layer.shape(inputs[0])
        }
    }

    private func normalize(_ input: Tensor, _ step: Plan.Step, _ mode: Mode) throws -> Tensor {
        if mode == .unnormalized { return input }
        let norm = step.norm!
        if mode == .training { statistics[norm].batches += 1 }
        let running = mode == .batch ? nil : statistics[norm]
        return try input.batchNorm(
            weight: step.weight.map { parameters[$0] }, bias: step.bias.map { parameters[$0] },
            runningMean: running?.mean, runningVariance: running?.variance, training: mode != .evaluation,
            momentum: momentum)
    }
}

extension Layer {
    /// The result of a convolution or linear layer.
    fileprivate func weigh(_ input: Tensor, _ weight: Tensor, _ bias: Tensor?) throws(TensorError) -> Tensor {
        guard case .convolution(let convolution) = self else { return try input.linear(weight, bias: bias) }
        let window = convolution.window
        return try input.conv2d(
            weight, bias: bias, stride: Pair(window.stride), padding: Pair(window.padding),
            dilation: Pair(window.dilation), groups: convolution.groups)
    }

    /// The result of a layer with one input and without parameters.
    fileprivate func shape(_ input: Tensor) throws -> Tensor {
        switch self {
        case .activation(let activation): try activation.applied(to: input)
        case .averagePool(let window):
            try input.avgPool2d(
                Pair(window.kernel), stride: Pair(window.stride), padding: Pair(window.padding), countPadding: false)
        case .maxPool(let window):
            try input.maxPool2d(
                Pair(window.kernel), stride: Pair(window.stride), padding: Pair(window.padding),
                dilation: Pair(window.dilation))
        case .globalAveragePool: try input.adaptiveAvgPool2d()
        case .zero: try input * 0
        case .flatten: try input.flattened(1)
        case .channelShuffle(let groups): try input.shuffled(groups)
        case .shift: try input.sliced(1..<input.shape[2], dim: 2).sliced(1..<input.shape[3], dim: 3)
        case .identity: input
        default: preconditionFailure("\(self) has parameters or more than one input")
        }
    }
}

extension Layer.Activation {
    fileprivate func applied(to input: Tensor) throws(TensorError) -> Tensor {
        switch self {
        case .relu: try input.relu()
        case .relu6: try input.clamped(to: 0...6)
        case .hardSwish: try input.hardswish()
        case .hardSigmoid: try input.hardsigmoid()
        case .sigmoid: try input.sigmoid()
        case .silu: try input.silu()
        }
    }
}

extension [Tensor] {
    /// The sum of all, from the first on, in the memory of the first two's.
    fileprivate func sum() throws(TensorError) -> Tensor {
        guard count > 1 else { return self[0] }
        var sum = try self[0] + self[1]
        for term in self[2...] { sum = try sum.dtype == term.dtype ? sum.add(term) : sum + term }
        return sum
    }
}

extension Tensor {
    /// The channels of `[N, C, H, W]`, seen as `[groups, C/groups]`, with these two axes swapped.
    fileprivate func shuffled(_ groups: Int) throws(TensorError) -> Tensor {
        let shape = shape
        return try reshaped([shape[0], groups, shape[1] / groups] + shape[2...]).transposed(1, 2).reshaped(shape)
    }
}

extension Pair {
    /// The same for height and width.
    init(_ both: Int) { self.init(both, both) }
}
