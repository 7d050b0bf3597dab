import Glibc

/// Two-sided tail probabilities of the test statistics.
enum Tail {
    /// P(|Z| ≥ |z|) of a standard normal Z.
    static func normal(_ z: Double) -> Double { erfc(z.magnitude / 2.0.squareRoot()) }

    /// P(|R| ≥ |r|) of Pearson's correlation between two independent normal columns of n values: the incomplete beta
    /// function I(1 − r²; (n − 2)/2, 1/2). Two points always lie on a line: 1.
    static func linear(correlation r: Double, count n: Int) -> Double {
        guard n > 2 else { return 1 }
        return IncompleteBeta.withHalf(a: Double(n - 2) / 2, x: (1 - r) * (1 + r), complement: r * r)
    }
}

/// The regularised incomplete beta function I(x; a, 1/2).
///
/// Continued fraction of M. Abramowitz and I. Stegun: Handbook of Mathematical Functions, 26.5.8, evaluated by the
/// method of W. J. Lentz (Applied Optics 15(3), 1976).
enum IncompleteBeta {
    /// I(x; a, 1/2) for 0 ≤ x ≤ 1 and `complement` = 1 − x, given apart because it may be tiny.
    static func withHalf(a: Double, x: Double, complement: Double) -> Double {
        if x <= 0 { return 0 }
        if complement <= 0 { return 1 }
        let logX = complement < 0.5 ? log1p(-complement) : log(x)
        let factor = exp(a * logX) * complement.squareRoot() * gammaRatio(a) / Double.pi.squareRoot()
        if x < (a + 1) / (a + 2.5) { return factor * fraction(a, 0.5, x) / a }
        return 1 - factor * fraction(0.5, a, complement) / 0.5
    }

    /// Γ(a + ½)/Γ(a): the asymptotic series of its logarithm from a = 20 on, and the recurrence of Γ below.
    private static func gammaRatio(_ a: Double) -> Double {
        var (a, factor) = (a, 1.0)
        while a < 20 { (factor, a) = (factor * a / (a + 0.5), a + 1) }
        let inverse = 1 / a
        let square = inverse * inverse
        let series = 1.0 / 8 - square * (1.0 / 192 - square * (1.0 / 640 - square * (17.0 / 14336)))
        return factor * a.squareRoot() * exp(-inverse * series)
    }

    private static func fraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
        var (c, d) = (1.0, 1 / (1 - (a + b) * x / (a + 1)))
        var value = d
        for step in 1...10_000 {
            let m = Double(step)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            (c, d) = (1 + even / c, 1 / (1 + even * d))
            value *= c * d
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            (c, d) = (1 + odd / c, 1 / (1 + odd * d))
            value *= c * d
            if (c * d - 1).magnitude < 1e-16 { break }
        }
        return value
    }
}
