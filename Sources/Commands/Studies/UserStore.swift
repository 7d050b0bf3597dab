import Glibc
import Language
import Trials

/// The store in which all studies of the user lie.
enum UserStore {
    /// Opened when it is first asked.
    static let shared: Store = Store(folder: folder)

    private static var folder: String {
        Store.userFolder { name in getenv(name).map { String(cString: $0) } } ?? "nash-studies"
    }
}

/// What studies throw, as an error of a command.
enum StudyFailure {
    /// What `body` gives; errors of the rooms below become errors with the same help.
    static func explained<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as StoreError {
            throw CommandError(error.description, help: error.help, code: error.code)
        } catch let error as StudyError {
            throw CommandError(error.reason, help: error.hint)
        }
    }
}

extension StoreError {
    /// Whether a file is at fault, or what was asked for.
    fileprivate var code: Code {
        switch reason {
        case .inaccessible, .locked, .full: .file
        case .newer, .damaged: .badFile
        case .unknown, .name, .running, .conflict, .invalid: .failed
        }
    }
}
