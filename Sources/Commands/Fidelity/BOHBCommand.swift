import Language
import Search

/// BOHB.
struct BOHBCommand: Command {
    static let name = "bohb"
    static let chapter = Chapter.studies
    static let summary = "BOHB: Hyperband whose new trials are proposed by what earlier ones have shown."
    static let discussion = """
        S. Falkner, A. Klein and F. Hutter: BOHB: Robust and Efficient Hyperparameter Optimization at Scale. ICML 2018, \
        with the settings of the authors' program. Two densities over the choices, of the best 15 % and of the others, \
        at the most epochs of which there are enough results; of 64 candidates that with the greatest ratio; a third of \
        the trials is drawn at random.
        """
    static let examples = [
        Example("(nb201 | bohb max: 3ep, channels: 2, cells: 1, batch: 256, seed: 0).status", gives: "finished")
    ]

    var ladder = LadderOptions()
    @Option("how numbers of trials are made whole") var rounding: RoundingName = .floor
    @Option("how often all brackets are gone through") var rounds = 1
    var study = StudyOptions()
    var training = TrainingOptions()

    func outputType(for input: ValueType) throws -> ValueType { try study.outputType(for: input) }

    func run(_ input: SpaceHandle, in context: Context) throws -> StudyHandle {
        var settings = ladder.settings()
        (settings.rounding, settings.rounds) = (rounding.rounding, rounds)
        return try StudyStarter(context).begin(.space(input), Self.name, settings, study, training)
    }
}
