import Language
import Search

/// Asynchronous successive halving.
struct ASHACommand: Command {
    static let name = "asha"
    static let chapter = Chapter.studies
    static let summary = "ASHA: successive halving that waits for no rung, so that workers are never idle."
    static let discussion = """
        L. Li and others: A System for Massively Parallel Hyperparameter Tuning. MLSys 2020. With `promotion` a trial \
        pauses at each rung and goes on once it is among the best 1/eta of those that reached it; with `stopping` it is \
        stopped for good unless it is among them when it arrives. `rule` is `quantile`, as in Syne Tune, or `top`, the \
        ⌊n/eta⌋ best, as in the paper. Results are told in an order that follows from the trials' costs, not from the \
        clock: the study is the same whenever it was interrupted.
        """
    static let examples = [
        Example(
            "(nb201 | asha table: cifar10, rungs: [12ep, 200ep], trials: 40, workers: 2, seed: 1).trials | count",
            gives: "40")
    ]

    @Option("how many trials begin") var trials = 40
    var rungs = RungOptions()
    var ladder = LadderOptions()
    @Option("what becomes of a trial that reaches a rung") var variant: VariantName = .promotion
    @Option("which trials of a rung go on") var rule: RungRuleName = .quantile
    var study = StudyOptions()
    var training = TrainingOptions()

    func outputType(for input: ValueType) throws -> ValueType { try study.outputType(for: input) }

    func run(_ input: Candidates, in context: Context) throws -> StudyHandle {
        var settings = ladder.settings(trials: trials)
        rungs.apply(to: &settings)
        (settings.variant, settings.rule) = (variant.variant, rule.rule)
        return try StudyStarter(context).begin(input, Self.name, settings, study, training)
    }
}

/// What becomes of a trial of ASHA that reaches a rung.
enum VariantName: String, CaseIterable, Constant {
    case promotion, stopping

    var variant: ASHAVariant { self == .promotion ? .promotion : .stopping }
}

/// Which trials of a rung go on.
enum RungRuleName: String, CaseIterable, Constant {
    case quantile, top

    var rule: RungRule { self == .quantile ? .quantile : .top }
}
