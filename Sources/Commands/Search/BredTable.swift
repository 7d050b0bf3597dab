import Language
import Search
import Spaces

/// A search that breeds whole populations under judges that cost next to nothing, and its rows.
struct BredTable {
    private let goals: SearchGoals
    private let condition: SearchCondition?
    private let space: any Space

    init(_ goals: SearchGoals, _ condition: SearchCondition?, in space: any Space) {
        (self.goals, self.condition, self.space) = (goals, condition, space)
    }

    /// The columns for objectives.
    static func columns(of goals: [ColumnType]) -> [ColumnType] {
        [ColumnType("generation", .int)] + ArchitectureColumn.schema.columns + goals
    }

    /// The best population, the best first; of several objectives its Pareto front.
    func run(population: Int, generations: Int, seed: SeedOption, in context: Context) throws -> Table {
        var generator = seed.generator(in: context)
        var nearest = Nearest(goals.goals)
        let members: [PopulationEvolution.Member]
        do {
            members = try searching {
                let evolution = try PopulationEvolution(size: population, generations: generations)
                return try evolution.run(in: space, using: &generator, judge: { try verdicts($0, &nearest) }) {
                    try context.cancel.check()
                    context.progress.report(done: $0, of: generations, label: "evolution")
                }
            }
        } catch let error as CommandError where error.argument == "where" {
            throw nearest.explaining(error)
        }
        return try table(of: goals.goals.count > 1 ? front(of: members) : members)
    }

    private func verdicts(
        _ matrix: GeneMatrix, _ nearest: inout Nearest
    ) throws -> [PopulationEvolution.Verdict] {
        let evaluations = try goals.evaluate(matrix)
        let allowed = try condition?.holds(for: matrix) ?? evaluations.map { _ in true }
        nearest.hear(evaluations)
        return zip(evaluations, allowed).map { .init(values: $0.outcome(goals).values, isFeasible: $1) }
    }

    private func front(of members: [PopulationEvolution.Member]) throws -> [PopulationEvolution.Member] {
        let columns = goals.goals.indices.map { goal in members.map { $0.values[goal] } }
        let objectives = try Objectives(columns, goals.goals.map { _ in .maximise })
        return Pareto.front(objectives).sorted().map { members[$0] }
    }

    private func table(of members: [PopulationEvolution.Member]) throws -> Table {
        let matrix = GeneMatrix(space: space.name, length: space.genes.count, members.map(\.architecture))
        let values = goals.goals.enumerated().map { place, goal in
            Column(
                goal.column.name, .floats(members.map { goal.isMaximized ? $0.values[place] : -$0.values[place] }),
                unit: goal.column.unit)
        }
        return Table(
            [
                Column("generation", .ints(members.map(\.generation))),
                Column(ArchitectureColumn.name, .handles(ArchitectureCells(matrix, of: space))),
            ] + values)
    }
}

/// How near the architectures that were judged came to a condition that none meets: the least of each objective to be
/// minimised, the most of the others.
private struct Nearest {
    private let goals: [SearchGoals.Goal]
    private var best: [Double?]

    init(_ goals: [SearchGoals.Goal]) { (self.goals, best) = (goals, goals.map { _ in nil }) }

    mutating func hear(_ evaluations: [SearchEvaluation]) {
        for evaluation in evaluations where evaluation.failure == nil {
            for (place, goal) in goals.enumerated() {
                let value = evaluation.readings[place].0
                let known = best[place] ?? value
                best[place] = goal.isMaximized ? max(known, value) : min(known, value)
            }
        }
    }

    /// The error with what the nearest have.
    func explaining(_ error: CommandError) -> CommandError {
        let told = zip(goals, best).compactMap { goal, value in
            value.map { value in
                let number = ValuePrinter.line(
                    goal.column.unit.map { .quantity(Quantity(value, $0)) } ?? .float(value))
                return "the \(goal.isMaximized ? "most" : "least") `\(goal.column.name)` among them is \(number)"
            }
        }
        return CommandError(
            error.message, help: told.joined(separator: "; "), argument: error.argument, code: .outOfRange)
    }
}
