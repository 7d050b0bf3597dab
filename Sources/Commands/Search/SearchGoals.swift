import Estimation
import Language
import Networks
import Search
import Spaces

/// Objectives with their directions, in the order in which they are named, and where their values come from.
struct SearchGoals: Sendable {
    /// One objective.
    struct Goal: Sendable {
        let column: ColumnType
        let isMaximized: Bool
        /// Its values for architectures of the space.
        let values: @Sendable (GeneMatrix) throws -> [Reading]
    }

    /// A value, in a unit where it has one, or why there is none.
    enum Reading: Sendable {
        case number(Double, Unit?)
        case none(String)
    }

    let goals: [Goal]
    private let space: any Space

    /// The columns, maximised ones first; a name that occurs twice has a number behind it.
    static func columns(maximize: [SearchObjective], minimize: [SearchObjective]) -> [ColumnType] {
        var counts: [String: Int] = [:]
        return (maximize + minimize).map(\.column).map { column in
            counts[column.name, default: 0] += 1
            let copy = counts[column.name]!
            return copy == 1 ? column : ColumnType("\(column.name)\(copy)", column.type, unit: column.unit)
        }
    }

    init(
        maximize: [SearchObjective], minimize: [SearchObjective], in space: any Space, table: TableQuestion
    ) throws {
        let columns = Self.columns(maximize: maximize, minimize: minimize)
        self.space = space
        goals = try zip(maximize + minimize, columns).enumerated().map { place, pair in
            Goal(
                column: pair.1, isMaximized: place < maximize.count,
                values: try Self.reader(of: pair.0, unit: pair.1.unit, in: space, table: table))
        }
    }

    private static func reader(
        of objective: SearchObjective, unit: Unit?, in space: any Space, table: TableQuestion
    ) throws -> @Sendable (GeneMatrix) throws -> [Reading] {
        switch objective.kind {
        case .measured(let metric):
            let column = try table.column(metric, of: space)
            return { matrix in
                matrix.map { architecture in
                    column.value(for: architecture.genes).map { .number($0, unit) } ?? .none("it was not measured")
                }
            }
        case .counted(let name):
            let model = try space.costModel(input: space.input, classes: space.classes)
            return { matrix in
                let columns = CostColumns.columns(of: try model.costs(of: matrix))
                guard let values = columns.first(where: { $0.name == name })?.numbers else {
                    return matrix.map { _ in .none("it has no cost") }
                }
                return values.map { .number($0, unit) }
            }
        case .predicted(let predictor):
            try predictor.check(takes: space)
            return { matrix in
                try predictor.guesses(of: matrix, in: space).map { .number($0.mean, unit) }
            }
        case .function(let function):
            return { matrix in
                try matrix.map { try reading(of: function, for: ArchitectureHandle($0, of: space)) }
            }
        }
    }

    /// What a function says; where it fails, its message is the reason.
    private static func reading(of function: Function, for architecture: ArchitectureHandle) throws -> Reading {
        do {
            return try reading(of: function([architecture.value]))
        } catch let error as CancellationError {
            throw error
        } catch {
            return .none(message(of: error))
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

    private static func message(of error: any Error) -> String {
        switch error {
        case let error as Diagnostic: error.message
        case let error as CommandError: error.message
        default: "\(error)"
        }
    }

    /// The values of an architecture in the goals' columns. A function that fails makes a failed evaluation.
    func evaluate(_ architecture: Architecture) throws -> SearchEvaluation {
        try evaluate(GeneMatrix(space: space.name, length: space.genes.count, [architecture]))[0]
    }

    /// The values of each architecture in the goals' columns.
    func evaluate(_ matrix: GeneMatrix) throws -> [SearchEvaluation] {
        let columns = try goals.map { try $0.values(matrix) }
        return (0..<matrix.count).map { row in
            var readings: [(Double, Unit?)] = []
            for column in columns {
                switch column[row] {
                case .number(let number, let unit): readings.append((number, unit))
                case .none(let reason): return SearchEvaluation(readings: [], failure: reason)
                }
            }
            return SearchEvaluation(readings: readings, failure: nil)
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
