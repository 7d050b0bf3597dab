public import Networks
public import Spaces
import Synchronization

/// A cost of networks that is known without training.
public enum CostMeasure: String, Hashable, Codable, CaseIterable, Sendable {
    /// Trainable numbers.
    case params
    /// Multiply-adds for a sample.
    case macs
}

/// What the trials of a study cost, for the rule that keeps those which may end on the Pareto front.
public final class TrialCosts: Sendable {
    private let measure: CostMeasure
    private let model: any CostModel
    private let costs = Mutex<[Int: Double]>([:])

    /// Costs of the networks of `space` for samples of `input` and so many classes.
    ///
    /// - Throws: `NetworkError` where the samples are too small.
    public init(_ measure: CostMeasure, of space: any Space, input: Shape, classes: Int) throws {
        self.measure = measure
        model = try space.costModel(input: input, classes: classes)
    }

    /// What a trial costs; nil for one that has not begun.
    public func cost(of trial: Int) -> Double? { costs.withLock { $0[trial] } }

    /// Notes a trial that begins.
    func note(_ candidate: Candidate) {
        guard let cost = try? model.cost(of: candidate.architecture.genes).live else { return }
        let value = measure == .params ? cost.parameters : cost.macs
        costs.withLock { $0[candidate.trial] = Double(value) }
    }
}
