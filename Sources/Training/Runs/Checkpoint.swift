import Tensors

/// One checkpoint: a folder with `weights.safetensors`, `optimizer.safetensors` and `state.json`.
///
/// `state.json` begins with the fingerprint of the rest of it and holds the sizes and fingerprints of the other two, so
/// that no byte can be lost or changed unnoticed. It says what the checkpoint is of, setting by setting.
struct Checkpoint {
    /// What this program writes; it refuses later ones.
    static let format = 1
    static let weights = "weights.safetensors"
    static let optimizer = "optimizer.safetensors"
    static let state = "state.json"

    /// How many epochs are finished.
    let epoch: Int
    /// How many steps of the next one are taken.
    let step: Int

    /// The folder's name: `epoch-3`, or `epoch-3-step-17` in the midst of the fourth.
    var name: String { "epoch-\(epoch)" + (step > 0 ? "-step-\(step)" : "") }

    init(epoch: Int, step: Int) { (self.epoch, self.step) = (epoch, step) }

    /// The checkpoint whose folder has this name.
    init?(named name: String) {
        let parts = name.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2 || parts.count == 4, parts[0] == "epoch", let epoch = Int(parts[1]) else { return nil }
        guard let step = parts.count == 4 && parts[2] == "step" ? Int(parts[3]) : 0 else { return nil }
        self.init(epoch: epoch, step: step)
        if self.name != name { return nil }
    }

    /// Those in a folder, the most advanced first.
    static func all(in folder: Folder) -> [Checkpoint] {
        folder.names.compactMap { Checkpoint(named: $0) }.sorted { ($0.epoch, $0.step) > ($1.epoch, $1.step) }
    }

    /// Writes it into the folder at `path`, which is made where there is none; the others there go when it is on the
    /// disk. `state` gets sizes and fingerprints of the files.
    ///
    /// - Throws: `CheckpointError` where the system refuses.
    func save(
        in path: String, weights: ModelState, optimizer: [(name: String, tensor: Tensor)],
        _ state: ([(String, JSON)]) -> JSON
    ) throws {
        let folder = Folder(path: path)
        do {
            try folder.add(name) { new in
                try weights.write(to: "\(new.path)/\(Self.weights)")
                try SafetensorsFile.write(optimizer, to: "\(new.path)/\(Self.optimizer)")
                let files = try [Self.weights, Self.optimizer].map { ($0, try new.seal($0)) }
                try new.write(Seal.sealed(state(files)), to: Self.state)
            }
        } catch let error as SafetensorsError {
            throw CheckpointError(path, .unwritable, error.problem)
        }
        for other in Self.all(in: folder) where other.name != name { Folder(path: "\(path)/\(other.name)").remove() }
    }

    /// The state in a checkpoint's folder, when that is whole and of the training that `identity` says.
    ///
    /// - Throws: `CheckpointError` where it is damaged, of another training or of a later version.
    static func opened(_ folder: Folder, of identity: [(name: String, value: String)]) throws(CheckpointError) -> JSON {
        let state = try Seal.opened(folder)
        try check(identity, against: state, "\(folder.path)/\(Self.state)")
        for file in [weights, optimizer] { try folder.check(file, against: state["files"]) }
        return state
    }

    /// The most advanced one in the folder at `path`.
    ///
    /// - Throws: `CheckpointError` where there is none.
    static func newest(in path: String) throws(CheckpointError) -> Checkpoint {
        guard let newest = all(in: Folder(path: path)).first else {
            throw CheckpointError(path, .missing, "there is no checkpoint in it")
        }
        return newest
    }

    /// Calls `body`, which takes over what is in the folder at `path`; what does not fit is damage.
    static func restoring(_ path: String, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch let error as TensorError where error.isOutOfMemory {
            throw TrainingError.outOfMemory(bytes: error.bytesAsked, message: error.description)
        } catch let error as CheckpointError {
            throw error
        } catch {
            throw CheckpointError(path, .damaged, "\(error)")
        }
    }
}
