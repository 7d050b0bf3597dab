import Language
import Search

/// Successive halving.
struct HalvingCommand: Command {
    static let name = "halving"
    static let chapter = Chapter.studies
    static let summary = "Successive halving: train all trials a little, the best 1/eta of them longer, and so on."
    static let discussion = """
        K. Jamieson and A. Talwalkar: Non-stochastic Best Arm Identification and Hyperparameter Optimization. AISTATS \
        2016. Of n trials ⌊n·eta^−i⌋ reach rung i; a promoted trial goes on from its checkpoint.
        """
    static let examples = [
        Example("(nb201 | halving table: cifar10, rungs: [12ep, 200ep], trials: 81, seed: 0).epochs", gives: "6048ep")
    ]

    @Option("how many trials begin; as many as make one reach the end unless given") var trials: Int? = nil
    var rungs = RungOptions()
    var ladder = LadderOptions()
    var study = StudyOptions()
    var training = TrainingOptions()

    func outputType(for input: ValueType) throws -> ValueType { try study.outputType(for: input) }

    func run(_ input: Candidates, in context: Context) throws -> StudyHandle {
        var settings = ladder.settings(trials: trials)
        rungs.apply(to: &settings)
        return try StudyStarter(context).begin(input, Self.name, settings, study, training)
    }
}
