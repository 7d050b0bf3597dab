/// The probability that a curve's final value beats another: given the values so far, the value to beat, and the number
/// of epochs of a whole training; nil where nothing can be said.
public typealias Forecast = @Sendable (_ curve: [Double], _ best: Double, _ horizon: Int) -> Double?

/// Stops a trial whose curve, as a forecast continues it, will hardly end above the best finished one.
///
/// T. Domhan, J. T. Springenberg and F. Hutter: Speeding up Automatic Hyperparameter Optimization of Deep Neural Networks
/// by Extrapolation of Learning Curves. IJCAI 2015, section 3: stop where P(y_m > ŷ) < δ, δ = 0.05. Where trials have
/// costs, a trial is compared only with those of no greater cost, so that it is stopped where it will hardly end on the
/// Pareto front of cost and value.
public struct PredictedRule: StopRule {
    private let forecast: Forecast
    private let threshold: Double
    private let cost: (@Sendable (Int) -> Double?)?

    /// Stops where the probability is below `threshold`. `cost` knows what each trial's architecture costs, the less the
    /// better, in any unit; a trial of unknown cost is never stopped and stops no other.
    ///
    /// - Throws: ``FidelityError`` for a threshold outside 0 ... 1.
    public init(
        threshold: Double = 0.05, cost: (@Sendable (Int) -> Double?)? = nil, forecast: @escaping Forecast
    ) throws(FidelityError) {
        try FidelityError.check("threshold", share: threshold)
        (self.threshold, self.cost, self.forecast) = (threshold, cost, forecast)
    }

    /// Whether the trial will hardly beat the best finished one of no greater cost.
    public func stops(_ trial: Int, among curves: [[Double]], horizon: Int) -> Bool {
        let rivals = curves.indices.filter { $0 != trial && curves[$0].count >= horizon && isCheaper($0, than: trial) }
        guard let best = rivals.compactMap({ curves[$0].last }).filter(\.isFinite).max(),
            let probability = forecast(curves[trial], best, horizon)
        else { return false }
        return probability < threshold
    }

    /// Whether a trial costs no more than another one, as all do where costs play no part.
    private func isCheaper(_ rival: Int, than trial: Int) -> Bool {
        guard let cost else { return true }
        guard let own = cost(trial), let other = cost(rival) else { return false }
        return other <= own
    }
}
