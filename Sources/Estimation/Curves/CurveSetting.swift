import Glibc

/// Whether larger values of a curve are better.
public enum CurveGoal: Sendable, Hashable {
    case maximise, minimise
}

/// How the learning rate falls over the training.
public enum CurveSchedule: Sendable, Hashable {
    /// Nothing is known: it may stay the same or fall, each as likely before the curve is seen.
    case unknown
    /// It stays the same.
    case constant
    /// I. Loshchilov and F. Hutter: SGDR, ICLR 2017, equation 5, without restarts.
    case cosine

    /// The rate at an epoch x as a share of the first, 0 ... 1, when the training ends at `horizon`.
    func rate(_ x: Double, horizon: Double) -> Double {
        switch self {
        case .unknown, .constant: 1
        case .cosine: 0.5 * (1 + cos(.pi * min(1, (x - 1) / max(1, horizon))))
        }
    }
}

/// The scale on which curves are straight enough for normal errors.
public enum CurveScale: Sendable, Hashable {
    /// As it is: losses.
    case plain
    /// ln y of a positive value, such as a cross-entropy, which falls by factors and never below nought.
    case positive
    /// ln(y/(c − y)) of a value between 0 and c: accuracies. One step is worth as much at 10 % as at 90 %.
    case share(of: Double)

    /// The nearest that a share comes to 0 and 1; exact ends would lie infinitely far.
    static let edge = 1e-4
    /// What stands for a positive value of nought.
    private static let least = 1e-12

    /// The straightened value; a share keeps `edge` away from 0 and 1.
    func straight(_ y: Double, edge: Double = CurveScale.edge) -> Double {
        switch self {
        case .plain: return y
        case .positive: return log(max(y, Self.least))
        case .share(let whole):
            let share = max(edge, min(1 - edge, y / whole))
            return log(share / (1 - share))
        }
    }

    /// The inverse of ``straight(_:)``.
    func bent(_ z: Double) -> Double {
        switch self {
        case .plain: z
        case .positive: exp(z)
        case .share(let whole): whole / (1 + exp(-z))
        }
    }

    /// ln of the slope of ``straight(_:)`` at y, for densities.
    func logSlope(_ y: Double) -> Double {
        switch self {
        case .plain: return 0
        case .positive: return -log(max(y, Self.least))
        case .share(let whole):
            let share = max(Self.edge, min(1 - Self.edge, y / whole))
            return -log(share * (1 - share) * whole)
        }
    }

    /// P(value > x) where the scale alone decides it; nil elsewhere.
    func certainty(above x: Double) -> Double? {
        switch self {
        case .plain: nil
        case .positive: x <= 0 ? 1 : nil
        case .share(let whole): x <= 0 ? 1 : x >= whole ? 0 : nil
        }
    }

    func check(_ values: [Double]) throws {
        if let bad = values.first(where: { $0.magnitude > LearningCurve.limit }) { throw CurveError.huge(bad) }
        if self == .positive, let bad = values.first(where: { $0 < 0 }) { throw CurveError.range(bad, .infinity) }
        guard case .share(let whole) = self, let bad = values.first(where: { $0 < 0 || $0 > whole }) else { return }
        throw CurveError.range(bad, whole)
    }
}

/// What curves are curves of.
public struct CurveSetting: Sendable, Hashable {
    /// Whether larger values are better.
    public var goal: CurveGoal
    /// The scale of the values.
    public var scale: CurveScale
    /// How the learning rate falls.
    public var schedule: CurveSchedule
    /// The last epoch of the training.
    public var horizon: Double

    /// Makes it of its parts.
    public init(goal: CurveGoal, scale: CurveScale, schedule: CurveSchedule = .unknown, horizon: Double) {
        self.goal = goal
        self.scale = scale
        self.schedule = schedule
        self.horizon = horizon
    }

    /// +1 where larger is better, −1 otherwise: oriented curves rise.
    private var sign: Double { goal == .maximise ? 1 : -1 }

    /// A value, straightened, and turned so that larger is better.
    func oriented(_ y: Double) -> Double { sign * scale.straight(y) }

    /// A value to compare a forecast with, which may come nearer to the ends than data do.
    func threshold(_ y: Double) -> Double { sign * scale.straight(y, edge: 1e-15) }

    /// The inverse of ``oriented(_:)``.
    func value(_ z: Double) -> Double { scale.bent(sign * z) }

    func oriented(_ curve: LearningCurve) -> [Double] { curve.values.map { oriented($0) } }

    func check(_ curve: LearningCurve) throws {
        try scale.check(curve.values)
        guard horizon > curve.epochs[curve.epochs.count - 1] else {
            throw CurveError.horizon(horizon, curve.epochs[curve.epochs.count - 1])
        }
    }
}
