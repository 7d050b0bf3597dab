import Language
import Search

/// The volume that a front dominates.
struct HypervolumeCommand: Command {
    static let name = "hypervolume"
    static let chapter = Chapter.analysis
    static let summary = "Measure the volume between the rows of a front and a reference point; larger is better."
    static let discussion = """
        The exact volume of the union of boxes between each row and the reference, in the product of the objectives' \
        units (a percentage counts in points). Rows that do not beat the reference add nothing. E. Zitzler and \
        L. Thiele, "Multiobjective Optimization Using Evolutionary Algorithms", PPSN 1998; computed by a sweep in 2 and 3 \
        objectives and by L. While, L. Bradstreet, L. Barone, "A Fast Way of Calculating Exact Hypervolumes", 2012, above.
        """
    static let examples = [
        Example(
            "[{a: 1, b: 1}, {a: 2, b: 3}] | as_table | hypervolume max: .a, min: .b, reference: {a: 0, b: 4}",
            gives: "4")
    ]

    @Option("what to maximise") var max: [Measure] = []
    @Option("what to minimise") var min: [Measure] = []
    @Option("the reference point, a value for each objective") var reference: Record

    func outputType(for input: ValueType) throws -> ValueType {
        try ObjectiveColumns.check(max: $max.isGiven, min: $min.isGiven)
        return .number
    }

    func run(_ input: Table, in context: Context) throws -> Double {
        let objectives = try ObjectiveColumns(max: max, min: min, over: input)
        let point = try zip(objectives.labels, objectives.units).map { try coordinate($0, unit: $1) }
        for name in reference.names where !objectives.labels.contains(name) {
            throw CommandError(
                "`\(name)` of the reference is no objective",
                help: "the objectives are \(objectives.labels.joined(separator: ", "))", argument: "reference")
        }
        return try Hypervolume.measure(objectives.points, reference: point)
    }

    private func coordinate(_ label: String, unit: Unit?) throws -> Double {
        switch (reference[label], unit) {
        case (.int(let number), nil): return Double(number)
        case (.float(let number), nil): return number
        case (.quantity(let quantity), let unit?) where quantity.unit.dimension == unit.dimension:
            return quantity.magnitude(in: unit)
        case (nil, _):
            throw CommandError(
                "the reference point has no `\(label)`", help: "give it, as in `reference: {\(label): …}`",
                argument: "reference", code: .missingArgument)
        default:
            throw CommandError(
                "`\(label)` of the reference must be \(unit.map { "in \($0.rawValue)" } ?? "a plain number")",
                argument: "reference", code: .wrongUnit)
        }
    }
}
