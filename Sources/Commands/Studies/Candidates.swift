import Language
import Search
import Spaces
import Trials

/// Where a study's architectures come from: a space, or a table that lists them.
enum Candidates: ValueReadable {
    case space(SpaceHandle)
    case listed(Architectures)

    static let valueType = ValueType.oneOf([
        .handle(SpaceHandle.typeName), .handle(ArchitectureHandle.typeName), .table(.unknown),
    ])

    init?(_ value: Value) {
        guard let own = SpaceHandle(value).map(Self.space) ?? Architectures(value).map(Self.listed) else { return nil }
        self = own
    }

    /// How many architectures are listed; nil where they are drawn.
    var count: Int? {
        get throws { if case .listed(let listed) = self { try listed.cells().count } else { nil } }
    }

    /// The space, and how architectures are taken from it.
    ///
    /// - Parameter strategy: what chooses them where only the space is given.
    func resolved(by strategy: StrategyKind?) throws -> (space: any Space, source: ArchitectureSource) {
        switch self {
        case .space(let handle): return (handle.space, strategy.map { .strategy($0.name) } ?? .drawn)
        case .listed(let listed):
            if let strategy {
                throw CommandError(
                    "the architectures are listed, so `\(strategy.name)` has none to choose",
                    help: "pipe a space in, or leave `strategy` out", argument: "strategy", code: .unknownArgument)
            }
            let cells = try listed.cells()
            return (cells.space, .listed(cells.matrix.map(\.description)))
        }
    }
}
