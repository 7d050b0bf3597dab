import Glibc
public import Networks
public import Statistics
public import Tensors

/// How weights begin. Scale and shift of a batch normalisation begin with 1 and 0 in all of them.
///
/// Every tensor has a stream of random numbers of its own, which begins at a seed derived from the model's seed, the
/// tensor's name and its shape: networks that share a name share the weights there (common random numbers), so that a
/// difference between two architectures is not one between two draws. The streams are nash's own and not PyTorch's;
/// they depend on no version of libtorch. They are of 32-bit floats, to which models of other types convert.
public enum Initialization: String, Sendable, CaseIterable, Codable {
    /// PyTorch's default: weights and biases from U(−1/√n, 1/√n), n being the inputs of one output. For weights this is
    /// `kaiming_uniform_(a=√5)`.
    case standard
    /// Weights from U(−b, b) with b = √(6/(inputs + outputs)) (X. Glorot and Y. Bengio, *Understanding the Difficulty
    /// of Training Deep Feedforward Neural Networks*, AISTATS 2010, eq. 16); biases as in `standard`.
    case xavier
    /// Weights from N(0, 2/inputs) (K. He, X. Zhang, S. Ren and J. Sun, *Delving Deep into Rectifiers*, ICCV 2015,
    /// eq. 10); biases as in `standard`.
    case kaimingNormal = "kaiming_normal"
    /// Weights from N(0, 1), biases 0.
    case normal

    /// The initial values of `parameter`, of `float32`.
    public func tensor(for parameter: Parameter, of layer: Layer, seed: Seed) throws(TensorError) -> Tensor {
        let isBias = parameter.name.hasSuffix(".bias")
        guard let fan = layer.fan else {
            return try isBias ? Tensor.zeros(parameter.extents) : Tensor.ones(parameter.extents)
        }
        if isBias && self == .normal { return try Tensor.zeros(parameter.extents) }
        let stream = seed.derived([.text(parameter.name)] + parameter.extents.map { .number($0) })
        var random = Random(stream)
        return try isBias
            ? random.uniform(parameter.extents, within: 1 / Double(fan.inputs).squareRoot())
            : weight(parameter.extents, fan, using: &random)
    }

    private func weight(
        _ extents: [Int], _ fan: (inputs: Int, outputs: Int), using random: inout Random
    ) throws(TensorError) -> Tensor {
        switch self {
        case .standard: try random.uniform(extents, within: 1 / Double(fan.inputs).squareRoot())
        case .xavier: try random.uniform(extents, within: (6 / Double(fan.inputs + fan.outputs)).squareRoot())
        case .kaimingNormal: try random.normal(extents).multiply(by: (2 / Double(fan.inputs)).squareRoot())
        case .normal: try random.normal(extents)
        }
    }
}

extension Layer {
    /// What flows into one output and out of one input, in PyTorch's count: groups narrow only the former.
    fileprivate var fan: (inputs: Int, outputs: Int)? {
        switch self {
        case .convolution(let c):
            let area = c.window.kernel * c.window.kernel
            return (c.inputs / c.groups * area, c.outputs * area)
        case .linear(let inputs, let outputs, _): return (inputs, outputs)
        default: return nil
        }
    }
}

extension Random {
    /// Numbers of 24 bits, evenly from [−bound, bound), two of each 64-bit word.
    fileprivate mutating func uniform(_ shape: [Int], within bound: Double) throws(TensorError) -> Tensor {
        let scale = Float(bound) * 0x1p-23
        let count = shape.reduce(1, *)
        let values = [Float](unsafeUninitializedCapacity: count + count % 2) { buffer, filled in
            for place in stride(from: 0, to: count, by: 2) {
                let word = next()
                buffer[place] = Float(Int32(truncatingIfNeeded: word >> 40) - 0x80_0000) * scale
                buffer[place + 1] = Float(Int32(truncatingIfNeeded: word & 0xFF_FFFF) - 0x80_0000) * scale
            }
            filled = count
        }
        return try Tensor(values, shape: shape)
    }

    /// Numbers from N(0, 1), each from a 64-bit word u·2³² + v as √(−2 ln u) cos 2πv, with u in (0, 1] and v in [0, 1)
    /// (G. E. P. Box and M. E. Muller, *A Note on the Generation of Random Normal Deviates*, Annals of Mathematical
    /// Statistics 29(2), 1958).
    fileprivate mutating func normal(_ shape: [Int]) throws(TensorError) -> Tensor {
        let count = shape.reduce(1, *)
        var angles = [Float](repeating: 0, count: count)
        let radii = [Float](unsafeUninitializedCapacity: count) { buffer, filled in
            for place in 0..<count {
                let word = next()
                buffer[place] = Float((word >> 32) + 1) * 0x1p-32
                angles[place] = Float(word & 0xFFFF_FFFF) * (2 * .pi * 0x1p-32)
            }
            filled = count
        }
        let squares = try Tensor(radii, shape: shape).log() * -2
        return try squares.sqrt() * Tensor(angles, shape: shape).cos()
    }
}
