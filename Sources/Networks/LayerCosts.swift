/// What counts as a multiply-add. Tables of known networks differ in it, so each network says which it uses.
public enum MultiplyAdds: String, Hashable, Codable, Sendable {
    /// One for each use of a weight of a convolution or linear layer.
    case weights
    /// As `weights`, and one for each addition of a bias of such a layer (the "FLOPs" of NATS-Bench).
    case weightsAndBiases
}

/// A trainable tensor of a layer, by the name that PyTorch gives it within its module.
public struct Parameter: Hashable, Sendable {
    /// `weight` or `bias`, behind the layer's name and a dot.
    public let name: String
    /// Extents: `[Cout, Cin/groups, K, K]` of a convolution, `[out, in]` of a linear layer, `[C]` of the rest.
    public let extents: [Int]

    /// Scalars in it.
    public var count: Int { extents.reduce(1, *) }
}

extension Layer {
    /// The extents of weight and bias, absent where the layer has none.
    var extents: (weight: [Int]?, bias: [Int]?) {
        switch self {
        case .convolution(let c):
            ([c.outputs, c.inputs / c.groups, c.window.kernel, c.window.kernel], c.bias ? [c.outputs] : nil)
        case .linear(let inputs, let outputs, let bias): ([outputs, inputs], bias ? [outputs] : nil)
        case .batchNorm(let channels, affine: true): ([channels], [channels])
        default: (nil, nil)
        }
    }

    /// Trainable scalars.
    var parameterCount: Int {
        let (weight, bias) = extents
        return (weight?.reduce(1, *) ?? 0) + (bias?.reduce(1, *) ?? 0)
    }

    /// Whether it is a convolution or a linear layer: these have depth and multiply-adds.
    public var isWeighted: Bool {
        switch self {
        case .convolution, .linear: true
        default: false
        }
    }

    /// Multiply-adds of one sample whose result has shape `output`.
    func macs(output: Shape, counting: MultiplyAdds) -> Int {
        let biased = counting == .weightsAndBiases
        switch self {
        case .convolution(let c):
            return output.count * (c.inputs / c.groups * c.window.kernel * c.window.kernel + (c.bias && biased ? 1 : 0))
        case .linear(let inputs, let outputs, let bias): return outputs * (inputs + (bias && biased ? 1 : 0))
        default: return 0
        }
    }

    /// Whether the result is the first input's own storage: such a layer needs no memory.
    func isView(inputs: Int) -> Bool {
        switch self {
        case .identity, .flatten, .shift: true
        case .add, .concatenate: inputs == 1
        default: false
        }
    }
}
