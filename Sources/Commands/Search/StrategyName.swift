import Language
import Search

/// A search strategy by name.
struct StrategyName: Constant {
    static let kind = "strategy"
    static let all = Strategies.all.map { ConstantName($0.name, $0.summary) }
    let strategy: StrategyKind

    init(constant name: String) {
        guard let strategy = Strategies.named(name) else { preconditionFailure("\(name) is not among the strategies") }
        self.strategy = strategy
    }
}
