import Glibc

/// Linear pools of distributions.
enum Pool {
    /// The shares that explain what came true best, by expectation and maximisation, as if each expert had explained
    /// `prior` groups more. Stopped early, so that experts alike share what they explain.
    ///
    /// - Parameters:
    ///   - logDensities: ln of the density that each expert gave to each truth: [experts × truths].
    ///   - prior: one number an expert, above 0; the shares at the start are proportional to them.
    ///   - weights: what each truth counts. Curves of a group, which share their luck, count as one together.
    static func shares(_ logDensities: [[Double]], prior: [Double], weights: [Double]) -> [Double] {
        let tops = weights.indices.map { i in logDensities.reduce(-Double.infinity) { max($0, $1[i]) } }
        let densities = logDensities.map { zip($0, tops).map { exp($0 - $1) } }
        let total = weights.reduce(0, +) + prior.reduce(0, +)
        var shares = prior.map { $0 / prior.reduce(0, +) }
        for _ in 0..<30 {
            var sums = prior
            for (i, weight) in weights.enumerated() {
                let whole = zip(shares, densities).reduce(0) { $0 + $1.0 * $1.1[i] }
                for k in sums.indices { sums[k] += weight * shares[k] * densities[k][i] / whole }
            }
            shares = sums.map { $0 / total }
        }
        return shares
    }
}
