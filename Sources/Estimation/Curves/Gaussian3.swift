import Glibc

/// A normal distribution of three coefficients, out of its precision matrix A and A·mean.
struct Gaussian3 {
    /// The lower Cholesky factor of A.
    private let l00, l10, l11, l20, l21, l22: Double
    private var mean: (Double, Double, Double)
    /// meanᵀ·A·mean, as it was before any shift.
    let explained: Double

    /// - Precondition: the matrix is positive definite.
    init(
        a00: Double, a01: Double, a02: Double, a11: Double, a12: Double, a22: Double, b: (Double, Double, Double)
    ) {
        l00 = a00.squareRoot()
        l10 = a01 / l00
        l20 = a02 / l00
        l11 = max(a11 - l10 * l10, 1e-12).squareRoot()
        l21 = (a12 - l20 * l10) / l11
        l22 = max(a22 - l20 * l20 - l21 * l21, 1e-12).squareRoot()
        let z0 = b.0 / l00
        let z1 = (b.1 - l10 * z0) / l11
        let z2 = (b.2 - l20 * z0 - l21 * z1) / l22
        explained = z0 * z0 + z1 * z1 + z2 * z2
        let m2 = z2 / l22
        let m1 = (z1 - l21 * m2) / l11
        mean = ((z0 - l10 * m1 - l20 * m2) / l00, m1, m2)
    }

    /// ln |A|.
    var logDeterminant: Double { 2 * log(l00 * l11 * l22) }

    /// The distribution with steps added to its second and third coefficient.
    func shifted(by second: Double, _ third: Double) -> Gaussian3 {
        var result = self
        result.mean.1 += second
        result.mean.2 += third
        return result
    }

    /// Mean and variance of d₀b₀ + d₁b₁ + d₂b₂.
    func along(_ d0: Double, _ d1: Double, _ d2: Double) -> (mean: Double, variance: Double) {
        let z0 = d0 / l00
        let z1 = (d1 - l10 * z0) / l11
        let z2 = (d2 - l20 * z0 - l21 * z1) / l22
        return (d0 * mean.0 + d1 * mean.1 + d2 * mean.2, z0 * z0 + z1 * z1 + z2 * z2)
    }
}
