public import Spaces
public import Statistics

/// What a predictor sees of N architectures.
public struct PredictorInputs: Sendable {
    /// The names of the F features.
    public let names: [String]
    /// The features in row-major order, `[N, F]`, all finite.
    public let values: [Float]
    /// The architectures themselves, N rows, for predictors that read their graphs; nil where only columns are known.
    public let architectures: GeneMatrix?
    /// The space of the architectures.
    public let space: (any Space)?

    /// N rows of F features.
    ///
    /// - Precondition: there are as many values as rows times names.
    public init(names: [String], values: [Float], architectures: GeneMatrix? = nil, space: (any Space)? = nil) {
        precondition(names.isEmpty ? values.isEmpty : values.count % names.count == 0, "rows of unequal length")
        (self.names, self.values, self.architectures, self.space) = (names, values, architectures, space)
    }

    /// How many rows there are.
    public var count: Int { names.isEmpty ? architectures?.count ?? 0 : values.count / names.count }
}

/// A guess of one value, as a normal distribution.
public struct Prediction: Hashable, Sendable {
    /// The expected value.
    public let mean: Double
    /// Its standard deviation, at least 0: how far the true value is likely to lie from the mean.
    public let deviation: Double

    /// A guess with its uncertainty.
    public init(mean: Double, deviation: Double) { (self.mean, self.deviation) = (mean, deviation) }
}

/// A way to learn from evaluated architectures what others are worth: a model with its settings, not yet fitted.
public protocol Predictor: Sendable {
    /// The name users type: `forest`, `gp`.
    static var name: String { get }
    /// What it is, in one line.
    static var summary: String { get }

    /// The model fitted to N rows with their N targets. The same generator gives the same model on any number of threads.
    ///
    /// - Throws: `PredictorError` where there is too little to learn from, or a target is not finite.
    func fitted(
        to inputs: PredictorInputs, targets: [Double], using generator: inout Random
    ) throws -> any FittedPredictor

    /// The predictor that was stored as `state`, whatever the settings of this one.
    ///
    /// - Throws: `PredictorError` where the state is damaged, or the predictor cannot be stored.
    func restored(from state: PredictorState) throws -> any FittedPredictor
}

extension Predictor {
    /// Refuses: a predictor can be stored only if it says how.
    public func restored(from state: PredictorState) throws -> any FittedPredictor {
        throw PredictorError(.file, "a \(Self.name) cannot be stored", try: "fit it anew")
    }
}

/// A predictor that has learnt.
public protocol FittedPredictor: Sendable {
    /// A guess for each row of `inputs`, which have the features that were fitted.
    ///
    /// - Throws: `PredictorError` where the features or the space differ from those that were fitted.
    func predictions(for inputs: PredictorInputs) throws -> [Prediction]

    /// All that it knows, from which `Predictor.restored(from:)` makes it again; nil where it cannot be stored.
    var state: PredictorState? { get }

    /// The share of each feature in what the splits of its trees gain, `[F]`, 1 in sum, or all 0 without a split; nil
    /// where it is not made of trees alone.
    /// - Throws: `PredictorError` where a library refuses.
    func gains() throws -> [Double]?
}

extension FittedPredictor {
    /// Not made of trees unless a predictor says so.
    public func gains() -> [Double]? { nil }

    /// Not stored unless a predictor says how.
    public var state: PredictorState? { nil }
}
