import Language
import Search

/// Hyperband.
struct HyperbandCommand: Command {
    static let name = "hyperband"
    static let chapter = Chapter.studies
    static let summary = "Hyperband: brackets of successive halving, from many short trials to few long ones."
    static let discussion = """
        L. Li, K. Jamieson, G. DeSalvo, A. Rostamizadeh and A. Talwalkar: Hyperband: A Novel Bandit-Based Approach to \
        Hyperparameter Optimization. JMLR 18, 2018. `rounding` says how numbers of trials are made whole: `floor`, as in \
        HpBandSter (for 81 epochs and eta 3 the brackets begin with 81, 27, 9, 6 and 5 trials), or `ceil`, as in the \
        paper (81, 34, 15, 8, 5). The table of brackets is printed first; `.brackets` gives it.
        """
    static let examples = [
        Example(
            "(nb201 | hyperband max: 3ep, channels: 2, cells: 1, batch: 256, seed: 0).brackets | count", gives: "3")
    ]

    var ladder = LadderOptions()
    @Option("how numbers of trials are made whole") var rounding: RoundingName = .floor
    @Option("how often all brackets are gone through") var rounds = 1
    var study = StudyOptions()
    var training = TrainingOptions()

    func outputType(for input: ValueType) throws -> ValueType { try study.outputType(for: input) }

    func run(_ input: Candidates, in context: Context) throws -> StudyHandle {
        var settings = ladder.settings()
        (settings.rounding, settings.rounds) = (rounding.rounding, rounds)
        return try StudyStarter(context).begin(input, Self.name, settings, study, training)
    }
}

/// How Hyperband's numbers of trials are made whole.
enum RoundingName: String, CaseIterable, Constant {
    case floor, ceil

    var rounding: HyperbandRounding { self == .floor ? .floor : .ceil }
}
