import Language
import Search
import Trials

/// Trials that a rule stops on their way.
struct StopEarly: Command {
    static let chapter = Chapter.studies
    static let summary = "Train every trial to the end unless a rule stops it on the way."
    static let discussion = """
        `full` stops none. `median` stops a trial whose best value so far lies below the median of the others' running \
        means (D. Golovin and others: Google Vizier, KDD 2017), once `population` others have come as far; \
        `percentile` one that is not among the best `share`; `patience` one whose best value has not risen by more than \
        `improvement` for `patience` epochs; `predicted` one whose curve, extrapolated, beats the best trial that has come \
        to its end with a probability below `threshold`. With `minimize` the trial is compared only with trials that cost no \
        more: it goes on while it may still end on the Pareto front.
        """
    static let examples = [
        Example(
            "(nb201 | sample 3, seed: 0 | stop_early rule: full, max: 1ep, channels: 2, cells: 1, batch: 256, seed: 0).trials | count",
            gives: "3")
    ]

    @Option("what stops a trial") var rule: StopRuleName = .median
    @Option("how many trials begin; all that are listed, or 20") var trials: Int? = nil
    @Option("how many epochs the end is") var max = Epochs(27)
    @Option("how many epochs lie between two checks") var step = Epochs(1)
    @Option("how many epochs lie before the first check") var grace = Epochs(1)
    @Option("how many others must have come as far, for `median` and `percentile`") var population = 5
    @Option("which share goes on, for `percentile`") var share = Percentage(25)
    @Option("for how many epochs the best value may stay, for `patience`") var patience = Epochs(5)
    @Option("how much the best value must rise, for `patience`") var improvement = Percentage(0)
    @Option("the probability of winning below which a trial is stopped, for `predicted`") var threshold = Percentage(5)
    @Option("what is to be small beside the accuracy being large, for `predicted`") var minimize: CostName? = nil
    var study = StudyOptions()
    var training = TrainingOptions()

    func outputType(for input: ValueType) throws -> ValueType { try study.outputType(for: input) }

    func run(_ input: Candidates, in context: Context) throws -> StudyHandle {
        var settings = ScheduleSettings(max: max.count, trials: try trials ?? input.count ?? 20)
        (settings.step, settings.grace) = (step.count, grace.count)
        (settings.population, settings.share) = (population, share.fraction)
        (settings.patience, settings.improvement) = (patience.count, improvement.fraction)
        settings.threshold = threshold.fraction
        return try StudyStarter(context).begin(
            input, rule.rawValue, settings, study, training, minimizing: minimize?.measure)
    }
}

/// What stops a trial on its way.
enum StopRuleName: String, CaseIterable, Constant {
    case median, percentile, patience, predicted, full
}

/// A cost of networks that is known without training.
enum CostName: String, CaseIterable, Constant {
    case params, macs

    var measure: CostMeasure { self == .params ? .params : .macs }
}
