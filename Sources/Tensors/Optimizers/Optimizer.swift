/// Moves parameters along their gradients.
///
/// A parameter that has no gradient is left alone, and so is its state.
public protocol Optimizer: AnyObject {
    /// What is moved, in place.
    var parameters: [Tensor] { get }
    /// The length of a step, which a schedule may change between steps.
    var learningRate: Double { get set }
    /// Moves every parameter along its `grad`.
    func step() throws(TensorError)
    /// What it remembers beside the parameters: tensors by PyTorch's words, such as `momentum_buffer`, for each
    /// parameter, in their order; none for a parameter that has not yet moved.
    var memory: [[String: Tensor]] { get }
    /// Takes over what an optimiser like this one remembered, as copies.
    ///
    /// - Throws: `TensorError` where a word is missing or a tensor does not fit its parameter.
    func restore(_ memory: [[String: Tensor]]) throws(TensorError)
}

extension Optimizer {
    /// Forgets the gradients, so that the next `backward` starts anew.
    public func clearGradients() throws(TensorError) {
        for parameter in parameters { try parameter.setGrad(nil) }
    }
}

/// Several optimisers that move their parameters at the same learning rate, such as one with weight decay and one
/// without.
public final class JointOptimizer: Optimizer {
    private let parts: [any Optimizer]

    /// All of `parts`, which must move different parameters, as one.
    public init(_ parts: [any Optimizer]) { self.parts = parts }

    /// The parameters of the first, then those of the next.
    public var parameters: [Tensor] { parts.flatMap(\.parameters) }

    /// The length of a step, of all.
    public var learningRate: Double {
        get { parts.first?.learningRate ?? 0 }
        set { for part in parts { part.learningRate = newValue } }
    }

    /// Moves every parameter along its `grad`.
    public func step() throws(TensorError) { for part in parts { try part.step() } }

    /// What all remember, beside `parameters`.
    public var memory: [[String: Tensor]] { parts.flatMap(\.memory) }

    /// Takes over what optimisers like these remembered.
    public func restore(_ memory: [[String: Tensor]]) throws(TensorError) {
        var rest = memory[...]
        for part in parts {
            try part.restore(Array(rest.prefix(part.parameters.count)))
            rest = rest.dropFirst(part.parameters.count)
        }
    }
}

extension Tensor {
    /// A copy of what `memory` holds under `word`, laid out in memory as this parameter is.
    func remembered(_ word: String, in memory: [String: Tensor]) throws(TensorError) -> Tensor {
        guard let kept = memory[word], kept.shape == shape else {
            throw TensorError(
                operation: "restoring an optimiser", message: "there is no fitting \(word)",
                shapes: [shape] + [memory[word]?.shape].compactMap(\.self))
        }
        return try detached().emptyLike().assign(kept)
    }
}
