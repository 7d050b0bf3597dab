/// Why a search cannot go on.
public enum SearchError: Error, Hashable, Sendable, CustomStringConvertible {
    /// None of so many architectures of the space meets the constraint; whether those were all of them.
    case nothingFeasible(space: String, examined: Int, isWhole: Bool)
    /// The strategy follows one objective, and was given so many.
    case objectives(strategy: String, given: Int)
    /// A setting that has no sense: which one, and what it must be.
    case setting(String, expected: String)

    /// What was expected, what came, and what to try.
    public var description: String {
        switch self {
        case .nothingFeasible(let space, let examined, let isWhole):
            "none of \(isWhole ? "the" : "") \(examined) architectures \(isWhole ? "" : "drawn from ")of \(space) "
                + "meets the constraint; loosen it"
        case .objectives(let strategy, let given):
            "\(strategy) follows one objective, not \(given); auto and nsga2 follow several"
        case .setting(let name, let expected): "\(name) must be \(expected)"
        }
    }
}
