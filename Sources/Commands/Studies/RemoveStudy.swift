import Language
import Trials

/// A study out of the store.
struct RemoveStudy: Command {
    static let name = "remove"
    static let chapter = Chapter.studies
    static let summary = "Delete a study with its trials, curves and checkpoints for good."
    static let examples: [Example] = []

    func run(_ input: StudyReference, in context: Context) throws -> Value {
        try StudyFailure.explained {
            let name: String
            let id: Int
            switch input {
            case .handle(let handle): (name, id) = (handle.name, handle.id)
            case .name(let text):
                let record = try UserStore.shared.study(named: text)
                (name, id) = (record.name, record.id)
            }
            try UserStore.shared.remove(study: id)
            context.note("removed \(name)")
            return .none(nil)
        }
    }
}
