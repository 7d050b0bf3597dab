import Language
import Search

/// Progressive ASHA.
struct PASHACommand: Command {
    static let name = "pasha"
    static let chapter = Chapter.studies
    static let summary = "PASHA: ASHA that trains to more epochs only while the ranking of the best still changes."
    static let discussion = """
        O. Bohdal and others: PASHA: Efficient HPO and NAS with Progressive Resource Allocation. ICLR 2023. Rankings are \
        compared softly: values nearer than the noise, which is estimated from curves that cross, count as equal.
        """
    static let examples = [
        Example("(nb201 | pasha table: cifar10, rungs: [12ep, 200ep], trials: 20, seed: 0).trials | count", gives: "20")
    ]

    @Option("how many trials begin") var trials = 40
    var rungs = RungOptions()
    var ladder = LadderOptions()
    @Option("which trials of a rung go on") var rule: RungRuleName = .quantile
    var study = StudyOptions()
    var training = TrainingOptions()

    func outputType(for input: ValueType) throws -> ValueType { try study.outputType(for: input) }

    func run(_ input: Candidates, in context: Context) throws -> StudyHandle {
        var settings = ladder.settings(trials: trials)
        rungs.apply(to: &settings)
        settings.rule = rule.rule
        return try StudyStarter(context).begin(input, Self.name, settings, study, training)
    }
}
