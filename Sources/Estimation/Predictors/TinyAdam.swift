import Glibc

/// Adam (D. P. Kingma and J. Ba. ICLR 2015, algorithm 1) with β = (0.9, 0.99), as in BANANAS's code.
struct TinyAdam {
    private var first: [Float]
    private var second: [Float]
    private var powers: (Float, Float) = (1, 1)
    private let rate: Float

    init(count: Int, rate: Float) {
        (first, self.rate) = ([Float](repeating: 0, count: count), rate)
        second = first
    }

    /// One step against the gradient; both are as long as `count` says.
    mutating func step(_ parameters: UnsafeMutablePointer<Float>, _ gradient: UnsafePointer<Float>) {
        powers = (powers.0 * 0.9, powers.1 * 0.99)
        let size = rate / (1 - powers.0)
        let correction = 1 / (1 - powers.1)
        first.withUnsafeMutableBufferPointer { first in
            second.withUnsafeMutableBufferPointer { second in
                for k in first.indices {
                    first[k] = 0.9 * first[k] + 0.1 * gradient[k]
                    second[k] = 0.99 * second[k] + 0.01 * gradient[k] * gradient[k]
                    parameters[k] -= size * first[k] / ((second[k] * correction).squareRoot() + 1e-8)
                }
            }
        }
    }
}
