/// A training that cannot go on.
public enum TrainingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The loss is no finite number: the training has diverged. Epochs count from 1, as do the steps of each; without a
    /// step it was found when the network was evaluated.
    case notFinite(epoch: Int, step: Int?)
    /// Memory is short; with how many bytes were asked for, where that is known.
    case outOfMemory(bytes: Int?, message: String)
    /// It was asked to stop, after so many steps of that epoch, counted from 1. It can go on.
    case cancelled(epoch: Int, step: Int)
    /// A setting makes no sense.
    case recipe(String)
    /// The network does not take the data.
    case unfit(String)

    /// What went wrong in one line, and what to try.
    public var description: String {
        switch self {
        case .notFinite(let epoch, let step?):
            "the loss is not finite at step \(step) of epoch \(epoch): try a lower learning rate, a warm-up or a "
                + "gradient limit"
        case .notFinite(let epoch, nil):
            "the loss on held-out samples is not finite after epoch \(epoch): try a lower learning rate"
        case .outOfMemory(let bytes?, let message):
            "out of memory, asked for \(bytes / 1_000_000) MB: \(message); try a smaller batch"
        case .outOfMemory(nil, let message): "out of memory: \(message); try a smaller batch"
        case .cancelled(let epoch, let step): "stopped after step \(step) of epoch \(epoch)"
        case .recipe(let problem): problem
        case .unfit(let problem): problem
        }
    }
}

/// A checkpoint that cannot be read or written: which file, and why.
public struct CheckpointError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public enum Kind: String, Sendable, Hashable {
        /// There is none.
        case missing
        /// A file is truncated, garbled or absent: an older checkpoint, or a training from the beginning, is needed.
        case damaged
        /// It is of another network, data set, recipe or seed.
        case foreign
        /// A later version of the program wrote it.
        case newer
        /// The system refuses to write it, as when the disk is full. What was there before is whole.
        case unwritable
    }

    /// The file or folder.
    public let path: String
    /// What is wrong.
    public let kind: Kind
    /// What was expected and what was found, in one line.
    public let problem: String

    init(_ path: String, _ kind: Kind, _ problem: String) {
        (self.path, self.kind, self.problem) = (path, kind, problem)
    }

    /// The file and the problem in one line.
    public var description: String { "\(path): \(problem)" }
}
