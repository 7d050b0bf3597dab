import Language
import Search

/// One epoch for all, then the best to the end.
struct OneEpochCommand: Command {
    static let name = "one_epoch"
    static let chapter = Chapter.studies
    static let summary = "The baseline: train all trials for one epoch, then the best few to the end."
    static let discussion = """
        R. Egele, I. Guyon, Y. Sun and P. Balaprakash: Is One Epoch All You Need For Multi-Fidelity Hyperparameter \
        Optimization? ESANN 2023, arXiv 2307.15422: often as good as schedules that cost ten times as much.
        """
    static let examples = [
        Example(
            "(nb201 | one_epoch table: cifar10, first: 12ep, max: 200ep, trials: 30, kept: 2, seed: 0).epochs",
            gives: "736ep")
    ]

    @Option("how many trials begin") var trials = 40
    @Option("how many of them are trained to the end") var kept = 3
    @Option("after how many epochs they are chosen") var first = Epochs(1)
    @Option("how many epochs the end is") var max = Epochs(27)
    var study = StudyOptions()
    var training = TrainingOptions()

    func outputType(for input: ValueType) throws -> ValueType { try study.outputType(for: input) }

    func run(_ input: Candidates, in context: Context) throws -> StudyHandle {
        var settings = ScheduleSettings(max: max.count, trials: trials)
        (settings.min, settings.kept) = (first.count, kept)
        return try StudyStarter(context).begin(input, Self.name, settings, study, training)
    }
}
