import Glibc

// x: the epoch, from 1 on; y: the performance, in 0 ... 1, rising. Equations as in T. Domhan, J. T. Springenberg and
// F. Hutter, "Speeding Up Automatic Hyperparameter Optimization of Deep Neural Networks by Extrapolation of Learning
// Curves", IJCAI 2015, table 1; priors as in S. Adriaensen, H. Rakotoarison, S. Müller and F. Hutter, "Efficient
// Bayesian Learning Curve Extrapolation using Prior-Data Fitted Networks", NeurIPS 2023 (LC-PFN).

/// A parameter of a family: where a search starts, and what is believed before any point is seen.
public struct CurveParameter: Sendable, Hashable {
    /// Its letter in the equation.
    public let name: String
    /// The start value of Domhan et al.; the middle of the prior where they give none.
    public let start: Double
    /// The prior of LC-PFN.
    public let prior: CurvePrior

    init(_ name: String, _ start: Double, _ prior: CurvePrior) {
        self.name = name
        self.start = start
        self.prior = prior
    }
}

/// A parametric family of learning curves.
///
/// With its shape parameters θ held fixed a family is linear: f(x) = A + B·φ(x; θ). Where the published form ties the
/// asymptote A or the scale B to a shape, the tie is dropped, so that curves of any level and range fit.
public struct CurveFamily: Sendable {
    /// The name in the literature.
    public let name: String
    /// The published equation.
    public let equation: String
    /// The parameters of the published equation, in its order.
    public let parameters: [CurveParameter]
    /// What is believed of the shape parameters θ when asymptote and scale are integrated out: epochs are counted
    /// as they are, so the priors favour changes within the first hundred.
    let shapePriors: [CurvePrior]
    /// f(x) of the published equation.
    private let published: @Sendable (Double, [Double]) -> Double
    /// φ(x; θ).
    let basis: @Sendable (_ x: Double, _ shapes: [Double]) -> Double

    init(
        _ name: String, _ equation: String, _ parameters: [CurveParameter],
        shapes: [CurvePrior], published: @escaping @Sendable (Double, [Double]) -> Double,
        basis: @escaping @Sendable (Double, [Double]) -> Double
    ) {
        self.name = name
        self.equation = equation
        self.parameters = parameters
        self.shapePriors = shapes
        self.published = published
        self.basis = basis
    }

    /// The published function at an epoch x ≥ 1; NaN where it is not defined.
    /// - Precondition: there are as many values as ``parameters``.
    public func value(at x: Double, _ values: [Double]) -> Double {
        precondition(values.count == parameters.count, "\(name) takes \(parameters.count) parameters")
        return published(x, values)
    }
}
