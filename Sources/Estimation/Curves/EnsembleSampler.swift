import Glibc
import Statistics

/// Many walkers that sample a density together, each moving along the line to another: no step size to tune, and the
/// same for every affine image of the density.
///
/// J. Goodman and J. Weare: Ensemble Samplers with Affine Invariance. Communications in Applied Mathematics and
/// Computational Science 5(1), 2010, the stretch move with a = 2, one half of the walkers against the other (emcee).
struct EnsembleSampler {
    private(set) var walkers: [[Double]]
    private var logDensities: [Double]
    private let logDensity: ([Double]) -> Double

    /// - Precondition: an even number of walkers, at least four, of equal dimension.
    init(walkers: [[Double]], logDensity: @escaping ([Double]) -> Double) {
        precondition(walkers.count >= 4 && walkers.count.isMultiple(of: 2))
        self.walkers = walkers
        self.logDensity = logDensity
        logDensities = walkers.map(logDensity)
    }

    /// Moves every walker once.
    mutating func step(using generator: inout some RandomNumberGenerator) {
        let half = walkers.count / 2
        for walker in walkers.indices {
            let partner = (walker < half ? half : 0) + generator.below(half)
            move(walker, towards: partner, using: &generator)
        }
    }

    private mutating func move(_ walker: Int, towards partner: Int, using generator: inout some RandomNumberGenerator) {
        // g(z) ∝ 1/√z on ½ ... 2
        let root = (1 + generator.uniform()) * 0.5.squareRoot()
        let stretch = root * root
        let proposal = zip(walkers[walker], walkers[partner]).map { $1 + stretch * ($0 - $1) }
        let density = logDensity(proposal)
        let gain = Double(proposal.count - 1) * log(stretch) + density - logDensities[walker]
        guard density > -.infinity, log(1 - generator.uniform()) < gain else { return }
        (walkers[walker], logDensities[walker]) = (proposal, density)
    }
}
