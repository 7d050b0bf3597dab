import Language
import Search

/// The rows that no other row beats in every respect.
struct ParetoFront: Command {
    static let name = "pareto"
    static let chapter = Chapter.analysis
    static let summary =
        "Keep the rows on the Pareto front: no other row is as good in all objectives and better in one."
    static let discussion =
        "Rows that lack an objective are left out. The front is sorted by its first objective, the best row first."
    static let examples = [
        Example(
            "macro | enumerate | cost | query accuracy | pareto max: .accuracy, min: .macs | first 1 | .macs",
            gives: "[85164544]")
    ]

    @Option("what to maximise") var max: [Measure] = []
    @Option("what to minimise") var min: [Measure] = []

    func outputType(for input: ValueType) throws -> ValueType {
        try ObjectiveColumns.check(max: $max.isGiven, min: $min.isGiven)
        return input
    }

    func run(_ input: Table, in context: Context) throws -> Table {
        let objectives = try ObjectiveColumns(max: max, min: min, over: input)
        if !objectives.points.omitted.isEmpty {
            context.note("\(objectives.points.omitted.count) rows left out: an objective is none")
        }
        let front = Pareto.front(objectives.points)
        let first = objectives.points.columns[0]
        let isMaximised = !max.isEmpty
        return input.gather(front.sorted { isMaximised ? first[$0] > first[$1] : first[$0] < first[$1] })
    }
}

/// Columns to maximise and to minimise, maximised ones first.
struct ObjectiveColumns {
    let labels: [String]
    let points: Objectives
    let units: [Unit?]

    init(max: [Measure], min: [Measure], over table: Table) throws {
        try Self.check(max: !max.isEmpty, min: !min.isEmpty)
        let columns = try (max + min).map { try $0.column(over: table) }
        labels = (max + min).map(\.label)
        units = columns.map(\.unit)
        points = try Objectives(
            try (max + min).map { try $0.numbers(over: table) },
            max.map { _ in .maximise } + min.map { _ in .minimise })
    }

    static func check(max: Bool, min: Bool) throws {
        guard max || min else {
            throw CommandError(
                "there is no objective", help: "name columns, as in `max: .accuracy, min: .latency`",
                code: .missingArgument)
        }
    }
}
