import Language
import Search
import Spaces

/// The rows of a search.
struct SearchTable {
    private let goals: SearchGoals
    private let space: any Space
    private var architectures: [Architecture] = []
    private var evaluations: [SearchEvaluation] = []

    init(_ goals: SearchGoals, of space: any Space) { (self.goals, self.space) = (goals, space) }

    /// The columns for objectives.
    static func columns(of goals: [ColumnType]) -> [ColumnType] {
        let first = goals.first
        return [ColumnType("query", .int)] + ArchitectureColumn.schema.columns + goals
            + [ColumnType("best", .number, unit: first?.unit)]
            + (goals.count > 1 ? [ColumnType("hypervolume", .number)] : [])
    }

    var count: Int { architectures.count }
    var failures: Int { evaluations.count { $0.failure != nil } }

    mutating func append(_ architecture: Architecture, _ evaluation: SearchEvaluation) {
        architectures.append(architecture)
        evaluations.append(evaluation)
    }

    var table: Table {
        let matrix = GeneMatrix(space: space.name, length: space.genes.count, architectures)
        let query = Column("query", .ints(Array(1..<count + 1)))
        let arch = Column(ArchitectureColumn.name, .handles(ArchitectureCells(matrix, of: space)))
        let objectives = goals.goals.indices.map { column(of: $0) }
        return Table([query, arch] + objectives + [best(objectives[0])] + volumes)
    }

    /// The values of an objective, in the unit of the first value.
    private func column(of goal: Int) -> Column {
        let unit = evaluations.lazy.compactMap { $0.readings.isEmpty ? nil : $0.readings[goal].1 }.first
        let values = evaluations.map { evaluation -> Double in
            guard !evaluation.readings.isEmpty else { return .nan }
            let (value, own) = evaluation.readings[goal]
            guard let own, let unit, own != unit else { return value }
            return own.dimension == unit.dimension ? Quantity(value, own).magnitude(in: unit) : .nan
        }
        var reasons: [Int: String] = [:]
        for (row, evaluation) in evaluations.enumerated() { reasons[row] = evaluation.failure }
        let missing = MissingCells(flags: values.map(\.isNaN), reasons: reasons)
        return Column(goals.goals[goal].column.name, .floats(values), missing: missing, unit: unit)
    }

    /// The best so far of the first objective.
    private func best(_ column: Column) -> Column {
        guard case .floats(let values) = column.cells else { return column.named("best") }
        var best = Double.nan
        let bests = values.map { value in
            if value.isFinite {
                let isBetter = goals.goals[0].isMaximized ? value > best : value < best
                if best.isNaN || isBetter { best = value }
            }
            return best
        }
        return Column("best", .floats(bests), unit: column.unit)
    }

    /// Of several objectives the volume that is dominated, against the worst value of each, after each query.
    private var volumes: [Column] {
        guard goals.goals.count > 1 else { return [] }
        let points = evaluations.map { $0.outcome(goals).values }
        let known = points.filter { !$0.isEmpty && $0.allSatisfy(\.isFinite) }
        guard let first = known.first else { return [Column("hypervolume", .floats(points.map { _ in 0 }))] }
        let reference = first.indices.map { objective in known.map { $0[objective] }.min() ?? 0 }
        var front: [[Double]] = []
        var volume = 0.0
        let volumes = points.map { point in
            let isDominated = front.contains { zip($0, point).allSatisfy { $0 >= $1 } }
            guard !point.isEmpty, point.allSatisfy(\.isFinite), !isDominated else { return volume }
            front = front.filter { other in !zip(point, other).allSatisfy { $0 >= $1 } } + [point]
            let columns = reference.indices.map { objective in front.map { $0[objective] } }
            let objectives = try? Objectives(columns, reference.map { _ in .maximise })
            volume = objectives.flatMap { try? Hypervolume.measure($0, reference: reference) } ?? volume
            return volume
        }
        return [Column("hypervolume", .floats(volumes))]
    }
}
