import Language
import Search
import Trials

/// A study, gone on with.
struct Resume: Command {
    static let chapter = Chapter.studies
    static let summary = "Go on with a study where it stopped, or let it begin more trials."
    static let discussion = """
        Nothing that is stored is evaluated again: the study goes through its decisions once more with the results that it \
        has, and on from there, as if it had not been interrupted. With `trials` or `rounds` it goes further than it was \
        to.
        """
    static let examples = [
        Example(
            "s = nb201 | asha table: cifar10, rungs: [12ep, 200ep], trials: 10, seed: 1; resume s, trials: 15 | trials | count",
            gives: "15")
    ]

    @Option("how many trials begin in all") var trials: Int? = nil
    @Option("how often all brackets are gone through, for hyperband and bohb") var rounds: Int? = nil
    @Option("the space of its architectures, where it is one of your own") var space: SpaceHandle? = nil
    @Option("what networks learn from, where it was made of a table") var data: DataSource? = nil

    func outputType(for input: ValueType) throws -> ValueType { .handle(StudyHandle.typeName) }

    func run(_ input: StudyReference, in context: Context) throws -> StudyHandle {
        let study = try input.study(space: space)
        return try StudyFailure.explained {
            guard var plan = try? study.plan else {
                throw CommandError(
                    "\(study.name) is a search", help: "give its line again: it goes on where it stopped")
            }
            try change(&plan)
            return try StudyStarter(context).resume(
                study, plan, on: try data.map { try StudyOptions.withHeldOut($0.open(in: context)) })
        }
    }

    private func change(_ plan: inout StudyPlan) throws {
        if let trials {
            guard let old = plan.schedule.trials else {
                throw CommandError(
                    "\(plan.scheduler) decides itself how many trials begin", help: "leave `trials` out",
                    argument: "trials", code: .unknownArgument)
            }
            guard trials >= old else {
                throw CommandError(
                    "the study has begun \(old) trials already", help: "give at least \(old)", argument: "trials",
                    code: .outOfRange)
            }
            plan.schedule.trials = trials
        }
        if let rounds { plan.schedule.rounds = rounds }
    }
}
