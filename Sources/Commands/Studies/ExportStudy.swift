import Language
import Trials

extension StudyHandle {
    /// Writes trials and curves as tables into a folder.
    func export(to folder: String, as form: ExportForm, in context: Context) throws {
        try StudyFailure.explained {
            try store.export([id], to: folder, as: form.format)
            context.note("wrote \(name) to \(folder)")
        }
    }
}

/// The form of exported tables.
enum ExportForm: String, CaseIterable, Constant {
    case csv, jsonl

    var format: ExportFormat { self == .csv ? .csv : .jsonl }
}
