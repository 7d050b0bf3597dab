public import Statistics

/// Several objectives as one, differently weighted each time.
///
/// J. Knowles: ParEGO: A Hybrid Algorithm With On-Line Landscape Approximation for Expensive Multiobjective
/// Optimization Problems. IEEE Transactions on Evolutionary Computation 10(1), 2006, equations 1 and 2: the augmented
/// Tchebycheff function with ρ = 0.05, of objectives scaled to 0 … 1, and weights from an even lattice. Departure:
/// objectives are maximised.
public struct ParEGO: Sendable {
    /// One weight an objective, at least 0, of sum 1.
    public let weights: [Double]

    /// Weights drawn from all (k₁, …, k_m)/s with Σk = s, each equally likely.
    /// - Parameter divisions: s.
    public init(objectives: Int, divisions: Int = 10, using generator: inout Random) {
        // A lattice point is where m − 1 bars stand among s stars.
        let bars = generator.distinct(objectives - 1, below: divisions + objectives - 1).sorted()
        let ends = bars + [divisions + objectives - 1]
        var before = -1
        weights = ends.map { end in
            defer { before = end }
            return Double(end - before - 1) / Double(divisions)
        }
    }

    /// The scalar of each evaluation, greater being better.
    public func scalars(_ values: [[Double]]) -> [Double] {
        let ranges = weights.indices.map { objective in
            let column = values.map { $0[objective] }
            return (high: column.max() ?? 0, width: (column.max() ?? 0) - (column.min() ?? 0))
        }
        return values.map { value in
            let costs = value.indices.map { objective in
                let (high, width) = ranges[objective]
                return width > 0 ? weights[objective] * (high - value[objective]) / width : 0
            }
            return -(costs.max() ?? 0) - 0.05 * costs.reduce(0, +)
        }
    }
}
