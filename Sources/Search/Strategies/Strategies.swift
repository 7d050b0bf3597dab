/// A strategy by name.
public struct StrategyKind: Sendable {
    /// The name users type.
    public let name: String
    /// What it is, in one line.
    public let summary: String
    /// Whether it follows several objectives at once; others follow the first.
    public let followsSeveral: Bool
    /// Begins a search of a domain.
    public let make: @Sendable (SearchDomain) throws -> any Strategy
}

/// The strategies that are built in.
public enum Strategies {
    /// Each of them once. To add a strategy, add its line.
    public static let all: [StrategyKind] = [
        StrategyKind(
            name: "auto", summary: "Gaussian processes that know the live graph, over the whole space",
            followsSeveral: true
        ) { AutoSearch($0) },
        StrategyKind(name: "random", summary: "random architectures, none twice", followsSeveral: true) {
            RandomSearch($0)
        },
        StrategyKind(
            name: "evolution", summary: "regularised evolution, population 30, tournaments of 10",
            followsSeveral: false
        ) { try RegularizedEvolution($0) },
        StrategyKind(
            name: "local_search", summary: "steps to the first better neighbour, then anew", followsSeveral: false
        ) { LocalSearch($0) },
        StrategyKind(
            name: "bananas", summary: "an ensemble of networks and independent Thompson sampling",
            followsSeveral: false
        ) { try Bananas($0) },
        StrategyKind(
            name: "gp_bo", summary: "a Gaussian process on one-hot genes, expected improvement",
            followsSeveral: false
        ) { try GaussianProcessSearch($0) },
        StrategyKind(
            name: "predictor_evolution", summary: "the best mutants by a predictor, in rounds of 10",
            followsSeveral: false
        ) { try PredictorSearch($0, style: .evolution) },
        StrategyKind(
            name: "brp_nas", summary: "half the best by a predictor, half random, in rounds of 20",
            followsSeveral: false
        ) { try PredictorSearch($0, style: .halves) },
        StrategyKind(
            name: "zero_cost", summary: "evolution with a start and moves chosen by live parameters",
            followsSeveral: false
        ) { try ZeroCostSearch($0) },
        StrategyKind(
            name: "nsga2", summary: "a genetic algorithm for several objectives, population 100",
            followsSeveral: true
        ) { try NSGA2($0) },
    ]

    /// The strategy of a name.
    public static func named(_ name: String) -> StrategyKind? { all.first { $0.name == name } }
}
