/// By how much an evaluation is expected to enlarge the area that a front of two objectives dominates.
///
/// M. Emmerich, K. Giannakoglou and B. Naujoks: Single- and Multiobjective Evolutionary Optimization Assisted by
/// Gaussian Random Field Metamodels. IEEE Transactions on Evolutionary Computation 10(4), 2006. Exact for independent
/// normal values, both to be maximised: the expected area is the integral of P(Y₁ ≥ u₁)·P(Y₂ ≥ u₂) over all u that no
/// point of the front dominates, which falls into one strip between each two neighbours of the front. With
/// G(c) = E[max(Y − c, 0)] = ∫_c^∞ P(Y ≥ u) du a strip from a to a′ above b gives (G₁(a) − G₁(a′))·G₂(b).
public struct ExpectedHypervolume: Sendable {
    /// The strips from left to right: where each begins and ends in the first objective, and its floor in the second.
    private let strips: [(from: Double, to: Double, floor: Double)]

    /// For evaluations with these values of two objectives, and a reference point that all of interest exceeds.
    public init(_ values: [[Double]], reference: [Double]) {
        precondition(reference.count == 2, "the exact form is for two objectives")
        var front: [[Double]] = []
        for point in values.sorted(by: { $0[0] != $1[0] ? $0[0] > $1[0] : $0[1] > $1[1] })
        where point[0] > reference[0] && point[1] > max(reference[1], front.last?[1] ?? -.infinity) {
            front.append(point)
        }
        front.reverse()  // from left to right, and down
        var (strips, left): ([(from: Double, to: Double, floor: Double)], Double) = ([], reference[0])
        for point in front {
            strips.append((left, point[0], point[1]))
            left = point[0]
        }
        strips.append((left, .infinity, reference[1]))
        self.strips = strips
    }

    /// The expected gain of an evaluation with these means and deviations, `[2]` each.
    public func gain(means: [Double], deviations: [Double]) -> Double {
        var left = Acquisition.expectedGain(mean: means[0], deviation: deviations[0], over: strips[0].from)
        return strips.reduce(0) { sum, strip in
            let right =
                strip.to.isFinite
                ? Acquisition.expectedGain(mean: means[0], deviation: deviations[0], over: strip.to) : 0
            let width = left - right
            left = right
            guard width > 0 else { return sum }
            return sum + width * Acquisition.expectedGain(mean: means[1], deviation: deviations[1], over: strip.floor)
        }
    }
}
