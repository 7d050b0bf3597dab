public import Spaces
public import Statistics

/// What came of an architecture that a strategy asked for.
public enum EvaluationOutcome: Hashable, Sendable {
    /// One value an objective, all to be maximised.
    case values([Double])
    /// Nothing, for this reason.
    case failed(String)

    /// The values; none of a failure.
    public var values: [Double] {
        if case .values(let values) = self { return values }
        return []
    }
}

/// Asks a strategy, evaluates, tells it, until enough is known.
public enum SearchLoop {
    /// A run: one entry a query, in order. Shorter than `queries` where the space is used up, or `isDone` says so.
    ///
    /// - Parameters:
    ///   - evaluate: evaluates an architecture; where it gives a failure, or values that are not one finite number an
    ///     objective, the search goes on.
    ///   - isDone: asked after each evaluation whether to stop.
    /// - Throws: what the strategy and `evaluate` throw.
    public static func run(
        _ strategy: inout any Strategy, queries: Int, objectives: Int, using generator: inout Random,
        evaluate: (Architecture) throws -> EvaluationOutcome, isDone: ([Double]) -> Bool = { _ in false }
    ) throws -> [(architecture: Architecture, outcome: EvaluationOutcome)] {
        var trials: [(architecture: Architecture, outcome: EvaluationOutcome)] = []
        while trials.count < queries, let next = try strategy.ask(using: &generator) {
            var outcome = try evaluate(next)
            if case .values(let values) = outcome,
                values.count != objectives || !values.allSatisfy(\.isFinite)
            {
                outcome = .failed("the objective gave \(Self.phrase(values, objectives))")
            }
            strategy.tell(Observation(next, values: outcome.values))
            trials.append((next, outcome))
            if isDone(outcome.values) { break }
        }
        return trials
    }

    private static func phrase(_ values: [Double], _ objectives: Int) -> String {
        values.count == objectives ? "a value that is no finite number" : "\(values.count) values, not \(objectives)"
    }
}
