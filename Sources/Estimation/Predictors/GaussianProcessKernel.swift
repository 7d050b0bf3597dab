import Glibc

/// How alike two architectures are taken to be: a sum of terms over blocks of features.
///
/// A block b of features has a length ℓ_b (automatic relevance determination). A stationary term over blocks B with
/// variance σ² is σ²·φ(r²) with r² = Σ_{b∈B} D_b/ℓ_b², where D_b is the squared distance in the block, as a share of
/// its mean over all pairs; φ is exp(−r²/2), or Matérn's with ν = 5/2 (C. E. Rasmussen and C. K. I. Williams: Gaussian
/// Processes for Machine Learning. MIT Press 2006, equations 4.9 and 4.17). A linear term is σ²·Σ_b x_b·x′_b/ℓ_b²
/// (equation 4.22): a prior mean that is linear in those features with normal coefficients (section 2.7).
public struct GaussianProcessKernel: Hashable, Sendable {
    /// The form of a term.
    public enum Shape: Hashable, Sendable {
        /// exp(−r²/2): very smooth.
        case rbf
        /// (1 + √5 r + 5r²/3)·exp(−√5 r): twice differentiable.
        case matern52
        /// An inner product.
        case linear
    }

    /// A summand.
    public struct Term: Hashable, Sendable {
        /// Its form.
        public var shape: Shape
        /// The numbers of the blocks it sees, each with a length of its own.
        public var blocks: [Int]
        /// The variance that is expected of it before anything is learnt, as a share of the targets'.
        public var share: Double

        /// A summand over `blocks`.
        public init(_ shape: Shape, blocks: [Int], share: Double) {
            (self.shape, self.blocks, self.share) = (shape, blocks, share)
        }
    }

    /// The summands.
    public var terms: [Term]
    /// The noise that is expected before anything is learnt: a variance, as a share of the targets'.
    public var noise: Double

    /// A sum of terms.
    public init(_ terms: [Term], noise: Double = 0.05) { (self.terms, self.noise) = (terms, noise) }

    /// How many hyperparameters there are: per term a variance and its lengths, and the noise.
    var parameterCount: Int { terms.reduce(1) { $0 + 1 + $1.blocks.count } }

    /// The logarithms of the hyperparameters that are expected: per term ln σ² and ln ℓ_b, then ln of the noise's variance.
    var prior: [Double] {
        terms.flatMap { term -> [Double] in
            let length = term.shape == .linear ? 0 : 0.5 * log(Double(max(1, term.blocks.count)))
            return [log(term.share)] + term.blocks.map { _ in length }
        } + [log(noise)]
    }
}

extension GaussianProcessKernel.Shape {
    /// φ of r².
    @inline(__always)
    func value(_ square: Double) -> Double {
        switch self {
        case .rbf: return exp(-0.5 * square)
        case .matern52:
            let root = (5 * square).squareRoot()
            return (1 + root + root * root / 3) * exp(-root)
        case .linear: return square
        }
    }

    /// dφ/dr².
    @inline(__always)
    func slope(_ square: Double) -> Double {
        switch self {
        case .rbf: return -0.5 * exp(-0.5 * square)
        case .matern52:
            let root = (5 * square).squareRoot()
            return -5.0 / 6 * (1 + root) * exp(-root)
        case .linear: return 1
        }
    }
}
