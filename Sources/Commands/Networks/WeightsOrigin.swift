public import Trials

/// Where the weights of a network come from.
public enum WeightsOrigin: Sendable {
    /// They are the initial ones.
    case initial
    /// They were read from the file at this path.
    case file(String)
    /// They were trained.
    case trained(TrainingHistory)
    /// They are the part of a supernet's, which is called so.
    case inherited(String)

    /// What training gave; nil for other weights.
    var history: TrainingHistory? { if case .trained(let history) = self { history } else { nil } }
}

/// How a network was trained.
public struct TrainingHistory: Sendable {
    /// The study that holds the training.
    public let study: String
    /// The data set's name.
    public let data: String
    /// What each epoch gave, ascending.
    public let epochs: [EpochRecord]
}
