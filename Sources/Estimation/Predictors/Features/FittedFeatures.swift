import Spaces

/// A fitted model that knows nothing but rows of numbers.
protocol FeatureModel: Sendable {
    /// A guess for each of `count` rows of `values`, `[count, F]` row by row.
    func predictions(of values: [Float], count: Int) throws -> [Prediction]
    /// All that it knows.
    var state: PredictorState { get }
    /// The share of each of `width` features in what its splits gain; nil unless it is made of trees alone.
    func gains(width: Int) throws -> [Double]?
}

extension FeatureModel {
    func gains(width: Int) -> [Double]? { nil }
}

/// A model of rows of numbers with the features and the space that it was fitted on.
struct FittedFeatures<Model: FeatureModel>: FittedPredictor {
    let names: [String]
    let space: String?
    let model: Model

    init(_ model: Model, fittedTo inputs: PredictorInputs) {
        (self.model, names, space) = (model, inputs.names, inputs.space?.name)
    }

    init(_ model: Model, state: PredictorState) {
        (self.model, names, space) = (model, state.features, state.space)
    }

    func predictions(for inputs: PredictorInputs) throws -> [Prediction] {
        try inputs.check(features: names, space: space)
        return try model.predictions(of: inputs.values, count: inputs.count)
    }

    func gains() throws -> [Double]? { try model.gains(width: names.count) }

    var state: PredictorState? {
        var state = model.state
        (state.features, state.space) = (names, space)
        return state
    }
}
