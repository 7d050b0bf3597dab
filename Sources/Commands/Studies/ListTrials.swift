import Language

/// The trials of a study.
struct ListTrials: Command {
    static let name = "trials"
    static let chapter = Chapter.studies
    static let summary = "List the trials of a study: architecture, state, epochs and accuracy."
    static let discussion = """
        `accuracy` is that on held-out samples after the last epoch, `best` the best of all epochs. A trial is waiting, \
        running, paused, finished (it reached the last epoch), stopped (its scheduler gave it up) or failed, with the \
        reason.
        """
    static let examples: [Example] = []

    func outputType(for input: ValueType) throws -> ValueType { .table(TrialColumns.schema) }

    func run(_ input: StudyReference, in context: Context) throws -> Table {
        try StudyFailure.explained { try input.study().trials }
    }
}
