import Training
import Trials

/// The weights that a study's training begins with, kept in its first trial's folder: a study must be able to go on
/// when the network that was piped in is gone.
struct StartingWeights {
    /// What tells them from others.
    let fingerprint: String

    init(_ fingerprint: String) { self.fingerprint = fingerprint }

    init(of state: ModelState) { self.init(state.fingerprint) }

    func write(_ state: ModelState, _ store: Store, _ study: Int) throws {
        try state.write(to: path(store, study))
    }

    /// - Throws: `CommandError` where they are gone or others; what reading a safetensors file throws.
    func read(_ store: Store, _ study: Int) throws -> ModelState {
        let path = try path(store, study)
        let state = try ModelState(contentsOf: path)
        guard state.fingerprint == fingerprint else {
            throw StudyError("\(path) holds other weights than the study began with", try: "begin the study anew")
        }
        return state
    }

    private func path(_ store: Store, _ study: Int) throws -> String {
        try store.folder(of: 0, in: study) + "/start.safetensors"
    }
}
