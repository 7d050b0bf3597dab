public import Networks

/// A layer at work: what it computes, of which shapes.
public struct LayerUse: Hashable, Sendable {
    /// What it computes.
    public let layer: Layer
    /// The shapes that come in, for one sample.
    public let inputs: [Shape]
    /// The shape that comes out.
    public let output: Shape

    /// A layer with its shapes.
    public init(_ layer: Layer, inputs: [Shape], output: Shape) {
        (self.layer, self.inputs, self.output) = (layer, inputs, output)
    }

    /// Trainable scalars.
    public var parameters: Int {
        switch layer {
        case .convolution(let c):
            c.outputs * (c.inputs / c.groups) * c.window.kernel * c.window.kernel + (c.bias ? c.outputs : 0)
        case .linear(let inputs, let outputs, let bias): outputs * (inputs + (bias ? 1 : 0))
        case .batchNorm(let channels, let affine): affine ? 2 * channels : 0
        default: 0
        }
    }

    /// Whether it computes anything: a view of its input does not.
    public var isWork: Bool {
        switch layer {
        case .input, .identity, .flatten, .shift: false
        case .add, .concatenate: inputs.count > 1
        default: true
        }
    }

    /// The operation in a few words: `conv 3×3 16→32`.
    public var name: String {
        switch layer {
        case .convolution(let c):
            let groups = c.groups == 1 ? "" : c.groups == c.inputs ? " depthwise" : " groups \(c.groups)"
            return "conv \(c.window.kernel)×\(c.window.kernel) \(c.inputs)→\(c.outputs)"
                + (c.window.stride == 1 ? "" : " stride \(c.window.stride)")
                + (c.window.dilation == 1 ? "" : " dilation \(c.window.dilation)") + groups
        case .linear(let inputs, let outputs, _): return "linear \(inputs)→\(outputs)"
        case .batchNorm: return "batch norm"
        case .activation(let activation): return activation.rawValue
        case .averagePool(let window): return "average pool \(window.kernel)×\(window.kernel)"
        case .maxPool(let window): return "max pool \(window.kernel)×\(window.kernel)"
        case .globalAveragePool: return "global average pool"
        case .add: return "add \(inputs.count)"
        case .multiply: return "multiply"
        case .concatenate: return "concatenate \(inputs.count)"
        case .channelShuffle: return "channel shuffle"
        case .zero, .blank: return "zeros"
        case .input, .identity, .flatten, .shift: return "view"
        }
    }
}

extension Network {
    /// The layers that a forward pass runs, in order: those on a path from input to output, without views, and what
    /// equal layers of one input compute once.
    ///
    /// - Throws: `NetworkError` where no path leads from input to output.
    public func layersAtWork() throws -> [LayerUse] {
        let live = try live()
        return SharedSteps(Plan(live).steps, of: live).steps.compactMap { step in
            let node = live.nodes[step.node]
            let use = LayerUse(node.layer, inputs: step.inputs.map { live.nodes[$0].shape }, output: node.shape)
            return use.isWork ? use : nil
        }
    }
}
