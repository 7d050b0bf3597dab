import Language
import Networks
import Search
import Spaces

/// What a search maximises or minimises: a published measurement, a cost counted on the graph, what a predictor says, or
/// a function.
struct SearchObjective: ParameterType {
    static let wording = "an objective, a predictor, or a function of an architecture such as {a -> (a | cost).macs}"
    static let valueType = ValueType.oneOf([.symbol("objective"), .handle(PredictorHandle.typeName), .function])
    static let constants =
        Metric.all + CostColumns.types.map { ConstantName($0.name, "counted on the network's graph") }

    enum Kind: Sendable {
        case measured(Metric)
        case counted(String)
        case predicted(PredictorHandle)
        case function(Function)
    }

    let kind: Kind

    init(bound argument: BoundArgument) throws(ArgumentError) {
        switch argument {
        case .value(.symbol(let symbol)) where Metric.all.contains { $0.name == symbol.name }:
            kind = .measured(Metric(constant: symbol.name))
        case .value(.symbol(let symbol)) where Self.constants.contains { $0.name == symbol.name }:
            kind = .counted(symbol.name)
        case .value(.handle(let handle as PredictorHandle)): kind = .predicted(handle)
        case .value(.function(let function)) where function.accepts(1): kind = .function(function)
        default:
            let names = Self.constants.map(\.name).joined(separator: ", ")
            throw ArgumentError("must be \(Self.wording)", help: "one of: \(names)")
        }
    }

    /// Whether it is computed by a function of the user's.
    var isFunction: Bool { if case .function = kind { true } else { false } }

    /// The predictor that says it; nil for any other.
    var predictor: PredictorHandle? { if case .predicted(let predictor) = kind { predictor } else { nil } }

    /// The name of the column of its values, and their unit where it is known.
    var column: ColumnType {
        switch kind {
        case .measured(let metric): ColumnType(metric.rawValue, .number, unit: metric.unit)
        case .counted(let name): CostColumns.types.first { $0.name == name } ?? ColumnType(name, .number)
        case .predicted(let predictor): ColumnType(predictor.target, .number, unit: predictor.unit)
        case .function: ColumnType("objective", .number)
        }
    }
}
