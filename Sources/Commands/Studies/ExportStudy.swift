import Language
import Trials

/// A study into files.
struct ExportStudy: Command {
    static let name = "export"
    static let chapter = Chapter.studies
    static let summary = "Write a study's trials and curves as tables into a folder, and pass it on."
    static let discussion = """
        The folder gets `studies`, `trials` and `epochs` as .csv, or with `format: jsonl` one object a line; numbers are \
        written so that they read back exactly. Accuracies are shares of 1 there.
        """
    static let examples: [Example] = []

    @Argument("the folder; made where it is missing") var path: FilePath
    @Option("the form of the files") var format: ExportForm = .csv

    func outputType(for input: ValueType) throws -> ValueType { .handle(StudyHandle.typeName) }

    func run(_ input: StudyHandle, in context: Context) throws -> StudyHandle {
        try StudyFailure.explained {
            try input.store.export([input.id], to: path.text, as: format.format)
            context.note("wrote \(input.name) to \(path.text)")
            return input
        }
    }
}

/// The form of exported tables.
enum ExportForm: String, CaseIterable, Constant {
    case csv, jsonl

    var format: ExportFormat { self == .csv ? .csv : .jsonl }
}
