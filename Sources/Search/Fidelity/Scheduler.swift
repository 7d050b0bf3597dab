/// A stretch of training that a scheduler asks for: one trial, from one epoch to a later one.
public struct Stretch: Hashable, Codable, Sendable {
    /// The trial, numbered from 0 in the order in which trials begin.
    public let trial: Int
    /// The bracket that the trial belongs to, from 0 in the order in which brackets begin.
    public let bracket: Int
    /// The rung that the stretch leads to, from 0 at the fewest epochs.
    public let rung: Int
    /// How many epochs the trial has behind it; 0 where it begins.
    public let from: Int
    /// How many it has at the end of the stretch; more than `from`.
    public let to: Int

    /// The training of `trial` from epoch `from` to epoch `to`.
    public init(trial: Int, bracket: Int = 0, rung: Int, from: Int, to: Int) {
        (self.trial, self.bracket, self.rung, self.from, self.to) = (trial, bracket, rung, from, to)
    }
}

/// How a stretch of training ended.
public enum StretchOutcome: Hashable, Sendable {
    /// The values after each of its epochs, the larger the better: `to − from` of them, NaN where one was not measured.
    /// The last one must be a finite number, or the trial counts as failed.
    case reached([Double])
    /// The trial failed and is never to be continued.
    case failed
    /// The trial never began, because there is no further architecture; nor will any other begin.
    case exhausted
}

extension StretchOutcome {
    /// The value at the end of the stretch; nil where the trial failed, also where that value is not a finite number.
    public var value: Double? {
        guard case .reached(let values) = self, let last = values.last, last.isFinite else { return nil }
        return last
    }

    /// The values of the epochs of `stretch`, NaN where they were not measured; nil where ``value`` is.
    public func values(of stretch: Stretch) -> [Double]? {
        guard case .reached(let values) = self, value != nil else { return nil }
        let missing = stretch.to - stretch.from - values.count
        return missing < 0 ? Array(values.dropFirst(-missing)) : Array(repeating: .nan, count: missing) + values
    }
}

/// What a scheduler wants next.
public enum ScheduleStep: Hashable, Sendable {
    /// This stretch of training.
    case run(Stretch)
    /// Nothing until it hears how one of the stretches under way ended.
    case wait
    /// Nothing more.
    case finished
}

/// Distributes epochs of training among trials: asked for a stretch, told how it ended.
///
/// A scheduler says ``ScheduleStep/wait`` only while a stretch is under way, so that whoever obeys it never hangs. The
/// stretches of a trial follow one another without gap or overlap, and a failed trial is never continued. What is told
/// of a stretch that is not under way is ignored.
///
/// The same scheduler serves real training, tables of known results and recorded curves. It draws no random numbers and
/// reads no clock: equal calls give equal answers.
public protocol Scheduler: Sendable {
    /// The next stretch. Several may be asked for before the first is told of.
    mutating func ask() -> ScheduleStep

    /// Hears how a stretch ended that it asked for.
    mutating func tell(_ stretch: Stretch, _ outcome: StretchOutcome)
}
