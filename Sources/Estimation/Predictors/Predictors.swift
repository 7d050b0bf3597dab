/// The predictors that are built in.
public enum Predictors {
    /// Each of them once, with its usual settings; the first is the one that is used where none is named. To add a
    /// predictor, add its line.
    public static let all: [any Predictor] = [
        Ensemble(),
        Forest(),
        Boosted(),
        GaussianProcess(),
        BayesLinear(),
        KNN(),
        NGBoost(),
        MLP(),
        GCN(),
        Latency(),
    ]

    /// The built-in predictor of this name, if there is one.
    public static func named(_ name: String) -> (any Predictor)? { all.first { type(of: $0).name == name } }
}
