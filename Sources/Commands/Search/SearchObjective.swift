import Language
import Networks
import Search
import Spaces

/// What a search maximises or minimises: a published measurement, a cost counted on the graph, or a function.
struct SearchObjective: ParameterType {
    static let wording = "an objective, or a function of an architecture such as {a -> (a | cost).macs}"
    static let valueType = ValueType.oneOf([.symbol("objective"), .function])
    static let constants =
        Metric.all + CostColumns.types.map { ConstantName($0.name, "counted on the network's graph") }

    enum Kind: Sendable {
        case measured(Metric)
        case counted(String)
        case function(Function)
    }

    let kind: Kind

    init(bound argument: BoundArgument) throws(ArgumentError) {
        switch argument {
        case .value(.symbol(let symbol)) where Metric.all.contains { $0.name == symbol.name }:
            kind = .measured(Metric(constant: symbol.name))
        case .value(.symbol(let symbol)) where Self.constants.contains { $0.name == symbol.name }:
            kind = .counted(symbol.name)
        case .value(.function(let function)) where function.accepts(1): kind = .function(function)
        default:
            let names = Self.constants.map(\.name).joined(separator: ", ")
            throw ArgumentError("must be \(Self.wording)", help: "one of: \(names)")
        }
    }

    /// Whether it is computed by a function of the user's.
    var isFunction: Bool { if case .function = kind { true } else { false } }

    /// The name of the column of its values, and their unit where it is known.
    var column: ColumnType {
        switch kind {
        case .measured(let metric): ColumnType(metric.rawValue, .number, unit: metric.unit)
        case .counted(let name): CostColumns.types.first { $0.name == name } ?? ColumnType(name, .number)
        case .function: ColumnType("objective", .number)
        }
    }
}

/// Objectives with their directions, in the order in which they are named, and where their values come from.
struct SearchGoals: Sendable {
    /// One objective.
    struct Goal: Sendable {
        let column: ColumnType
        let isMaximized: Bool
        /// The value of an architecture.
        let value: @Sendable (ArchitectureHandle) throws -> Reading
    }

    /// A value, in a unit where it has one, or why there is none.
    enum Reading: Sendable {
        case number(Double, Unit?)
        case none(String)
    }

    let goals: [Goal]

    /// The columns, maximised ones first; a name that occurs twice has a number behind it.
    static func columns(maximize: [SearchObjective], minimize: [SearchObjective]) -> [ColumnType] {
        (maximize + minimize).map(\.column).reduce(into: []) { columns, column in
            let copies = columns.filter { $0.name.hasPrefix(column.name) }.count
            columns.append(
                copies == 0 ? column : ColumnType("\(column.name)\(copies + 1)", column.type, unit: column.unit))
        }
    }

    init(
        maximize: [SearchObjective], minimize: [SearchObjective], in space: any Space, table: TableQuestion
    ) throws {
        let columns = Self.columns(maximize: maximize, minimize: minimize)
        goals = try zip(maximize + minimize, columns).enumerated().map { place, pair in
            Goal(
                column: pair.1, isMaximized: place < maximize.count,
                value: try Self.reader(of: pair.0, unit: pair.1.unit, in: space, table: table))
        }
    }

    private static func reader(
        of objective: SearchObjective, unit: Unit?, in space: any Space, table: TableQuestion
    ) throws -> @Sendable (ArchitectureHandle) throws -> Reading {
        switch objective.kind {
        case .measured(let metric):
            let column = try table.column(metric, of: space)
            return { architecture in
                column.value(for: architecture.architecture.genes).map { .number($0, unit) }
                    ?? .none("it was not measured")
            }
        case .counted(let name):
            let model = try space.costModel(input: space.input, classes: space.classes)
            return { architecture in
                let columns = CostColumns.columns(of: [try model.cost(of: architecture.architecture.genes)])
                let value = columns.first { $0.name == name }?.numbers?.first
                return value.map { .number($0, unit) } ?? .none("it has no cost")
            }
        case .function(let function): return { try reading(of: function([$0.value])) }
        }
    }

    private static func reading(of value: Value) -> Reading {
        switch value {
        case .int(let number): .number(Double(number), nil)
        case .float(let number): .number(number, nil)
        case .quantity(let quantity): .number(quantity.magnitude, quantity.unit)
        case .none(let reason): .none(reason ?? "the objective gave none")
        default: .none("the objective gave \(value.type.phrase), not a number")
        }
    }

    /// The values of an architecture in the goals' columns. A function that fails makes a failed evaluation.
    func evaluate(_ architecture: ArchitectureHandle) throws -> SearchEvaluation {
        do {
            var readings: [(Double, Unit?)] = []
            for goal in goals {
                switch try goal.value(architecture) {
                case .number(let number, let unit): readings.append((number, unit))
                case .none(let reason): return SearchEvaluation(readings: [], failure: reason)
                }
            }
            return SearchEvaluation(readings: readings, failure: nil)
        } catch let error as Cancelled {
            throw error
        } catch {
            return SearchEvaluation(readings: [], failure: Self.message(of: error))
        }
    }

    private static func message(of error: any Error) -> String {
        switch error {
        case let error as Diagnostic: error.message
        case let error as CommandError: error.message
        default: "\(error)"
        }
    }
}

/// What an evaluation gave.
struct SearchEvaluation: Sendable {
    /// A value and its unit for each goal; none where it failed.
    let readings: [(Double, Unit?)]
    /// Why it failed.
    let failure: String?

    /// As a strategy hears of it: all to be maximised.
    func outcome(_ goals: SearchGoals) -> EvaluationOutcome {
        if let failure { return .failed(failure) }
        return .values(zip(goals.goals, readings).map { $0.isMaximized ? $1.0 : -$1.0 })
    }
}
