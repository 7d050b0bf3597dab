#if canImport(Glibc)
    internal import Glibc
#endif

/// The learning rate at each step (or epoch) of a training.
public protocol Schedule: Sendable {
    /// The learning rate at `step`, counted from 0.
    func rate(at step: Int) -> Double
}

/// A learning rate that stays.
public struct ConstantSchedule: Schedule {
    /// The learning rate.
    public let rate: Double

    /// Always `rate`.
    public init(_ rate: Double) { self.rate = rate }

    /// The learning rate at `step`.
    public func rate(at step: Int) -> Double { rate }
}

/// Half a cosine from `rate` at step 0 down to `minimum` at step `steps`, and there from then on
/// (I. Loshchilov and F. Hutter, *SGDR: Stochastic Gradient Descent with Warm Restarts*, ICLR 2017, eq. 5).
public struct CosineSchedule: Schedule {
    /// The learning rate at step 0.
    public let rate: Double
    /// The learning rate at the end.
    public let minimum: Double
    /// How many steps lead to the end.
    public let steps: Int

    /// From `rate` to `minimum` in `steps` steps.
    public init(_ rate: Double, minimum: Double = 0, steps: Int) {
        self.rate = rate
        self.minimum = minimum
        self.steps = max(1, steps)
    }

    /// The learning rate at `step`.
    public func rate(at step: Int) -> Double {
        let progress = Double(min(max(step, 0), steps)) / Double(steps)
        return minimum + (rate - minimum) * (1 + cos(.pi * progress)) / 2
    }
}

/// `rate`, multiplied by `factor` at each of the `milestones`.
public struct StepSchedule: Schedule {
    /// The learning rate at step 0.
    public let rate: Double
    /// What it is multiplied with.
    public let factor: Double
    /// At which steps.
    public let milestones: [Int]

    /// Multiplies at each of the `milestones`.
    public init(_ rate: Double, factor: Double = 0.1, milestones: [Int]) {
        self.rate = rate
        self.factor = factor
        self.milestones = milestones
    }

    /// The learning rate at `step`.
    public func rate(at step: Int) -> Double {
        milestones.reduce(rate) { $1 <= step ? $0 * factor : $0 }
    }
}

/// Evenly from `rate` at step 0 to `minimum` at step `steps`, and there from then on.
public struct LinearSchedule: Schedule {
    /// The learning rate at step 0.
    public let rate: Double
    /// The learning rate at the end.
    public let minimum: Double
    /// How many steps lead to the end.
    public let steps: Int

    /// From `rate` to `minimum` in `steps` steps.
    public init(_ rate: Double, minimum: Double = 0, steps: Int) {
        self.rate = rate
        self.minimum = minimum
        self.steps = max(1, steps)
    }

    /// The learning rate at `step`.
    public func rate(at step: Int) -> Double {
        rate + (minimum - rate) * Double(min(max(step, 0), steps)) / Double(steps)
    }
}

/// `rate`, multiplied by `factor` evenly over each `period` of steps.
public struct ExponentialSchedule: Schedule {
    /// The learning rate at step 0.
    public let rate: Double
    /// What it is multiplied with in a period.
    public let factor: Double
    /// How many steps a period has.
    public let period: Int

    /// Multiplies by `factor` in `period` steps.
    public init(_ rate: Double, factor: Double, period: Int = 1) {
        self.rate = rate
        self.factor = factor
        self.period = max(1, period)
    }

    /// The learning rate at `step`.
    public func rate(at step: Int) -> Double { rate * pow(factor, Double(max(step, 0)) / Double(period)) }
}

/// Steps that rise evenly from `start` times the first rate of another schedule to that rate, then that schedule
/// from its beginning.
public struct WarmUp<After: Schedule>: Schedule {
    /// How many steps rise.
    public let steps: Int
    /// The part of the rate at step 0, in [0, 1].
    public let start: Double
    /// What follows.
    public let after: After

    /// Warms up for `steps` steps, then goes on with `after`.
    public init(steps: Int, start: Double = 0, then after: After) {
        self.steps = steps
        self.start = start
        self.after = after
    }

    /// The learning rate at `step`.
    public func rate(at step: Int) -> Double {
        guard step < steps else { return after.rate(at: step - steps) }
        return after.rate(at: 0) * (start + (1 - start) * Double(max(step, 0)) / Double(steps))
    }
}
