public import Spaces
public import Statistics

/// What is known of one evaluation.
public struct Observation: Sendable, Hashable {
    /// What was evaluated.
    public let architecture: Architecture
    /// After how many epochs of training; nil where values have no fidelity.
    public let epochs: Int?
    /// One value an objective, all of them to be maximised; empty where the evaluation failed.
    public let values: [Double]

    /// An evaluation that gave `values`, none where it failed.
    public init(_ architecture: Architecture, epochs: Int? = nil, values: [Double]) {
        self.architecture = architecture
        self.epochs = epochs
        self.values = values
    }

    /// Whether the evaluation gave nothing: the training diverged, memory was short.
    public var isFailure: Bool { values.isEmpty }
}

/// Chooses what to evaluate next: asked for an architecture, told what came of it.
///
/// Several architectures may be asked for before the first is told of, and observations may come in any order; equal
/// calls with equal generators give equal choices.
public protocol Strategy: Sendable {
    /// The next architecture, never one that is isomorphic to an earlier one; nil where none is left.
    ///
    /// - Throws: where a model cannot be fitted for another reason than too few observations.
    mutating func ask(using generator: inout Random) throws -> Architecture?

    /// Hears of an evaluation, of an architecture that it asked for or of another one.
    mutating func tell(_ observation: Observation)
}
