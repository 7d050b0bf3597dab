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
}

extension Optimizer {
    /// Forgets the gradients, so that the next `backward` starts anew.
    public func clearGradients() throws(TensorError) {
        for parameter in parameters { try parameter.setGrad(nil) }
    }
}
