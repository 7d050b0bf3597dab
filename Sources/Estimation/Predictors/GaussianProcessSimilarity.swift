import Glibc

/// A kernel with its hyperparameters.
struct GaussianProcessSimilarity: Sendable {
    let kernel: GaussianProcessKernel
    /// The logarithms of the hyperparameters, as in `GaussianProcessKernel.prior`.
    let parameters: [Double]

    /// The variance of an observation's noise.
    var noise: Double { exp(parameters[parameters.count - 1]) }

    /// k(x, y) of two points, `[F]` each.
    func value(_ x: [Float], _ y: [Float], _ blocks: [Range<Int>]) -> Double {
        var (sum, place) = (0.0, 0)
        for term in kernel.terms {
            var square = 0.0
            for (number, block) in term.blocks.enumerated() {
                square += exp(-2 * parameters[place + 1 + number]) * term.shape.measure(x, y, blocks[block])
            }
            sum += exp(parameters[place]) * term.shape.value(square)
            place += 1 + term.blocks.count
        }
        return sum
    }

    /// k(x, `point`) of each row x, `[N]`.
    func values(of features: GaussianProcessFeatures, to point: [Float]) -> [Float] {
        var result = [Float](repeating: 0, count: features.count)
        var squares = result
        var place = 0
        for term in kernel.terms {
            for k in squares.indices { squares[k] = 0 }
            for (number, block) in term.blocks.enumerated() {
                let weight = Float(exp(-2 * parameters[place + 1 + number]))
                features.accumulate(
                    block, of: point, weight: weight, isLinear: term.shape == .linear, into: &squares)
            }
            term.shape.add(Float(exp(parameters[place])), of: squares, to: &result)
            place += 1 + term.blocks.count
        }
        return result
    }

    /// k(x, x) of each row, `[N]`.
    func diagonal(of features: GaussianProcessFeatures) -> [Float] {
        var result = [Float](repeating: 0, count: features.count)
        var place = 0
        for term in kernel.terms {
            let variance = Float(exp(parameters[place]))
            if term.shape == .linear {
                for (number, block) in term.blocks.enumerated() {
                    let weight = variance * Float(exp(-2 * parameters[place + 1 + number]))
                    for f in features.blocks[block] {
                        for k in result.indices {
                            let value = features.values[f * features.count + k]
                            result[k] += weight * value * value
                        }
                    }
                }
            } else {
                for k in result.indices { result[k] += variance }
            }
            place += 1 + term.blocks.count
        }
        return result
    }
}

extension GaussianProcessKernel.Shape {
    /// The squared distance of two points in a block, or their inner product.
    func measure(_ x: [Float], _ y: [Float], _ block: Range<Int>) -> Double {
        var sum: Float = 0
        for f in block { sum += self == .linear ? x[f] * y[f] : (x[f] - y[f]) * (x[f] - y[f]) }
        return Double(sum)
    }

    /// Adds variance·φ(r²) of every square, eight at a time.
    fileprivate func add(_ variance: Float, of squares: [Float], to sums: inout [Float]) {
        squares.withUnsafeBytes { squares in
            sums.withUnsafeMutableBytes { sums in
                let width = MemoryLayout<SIMD8<Float>>.size
                var place = 0
                while place + width <= squares.count {
                    let square = squares.loadUnaligned(fromByteOffset: place, as: SIMD8<Float>.self)
                    let sum = sums.loadUnaligned(fromByteOffset: place, as: SIMD8<Float>.self)
                    sums.storeBytes(of: sum + variance * values(square), toByteOffset: place, as: SIMD8<Float>.self)
                    place += width
                }
                while place < squares.count {
                    let square = squares.loadUnaligned(fromByteOffset: place, as: Float.self)
                    let sum = sums.loadUnaligned(fromByteOffset: place, as: Float.self)
                    let value = values(SIMD8(repeating: square))[0]
                    sums.storeBytes(of: sum + variance * value, toByteOffset: place, as: Float.self)
                    place += MemoryLayout<Float>.size
                }
            }
        }
    }

    @inline(__always)
    private func values(_ square: SIMD8<Float>) -> SIMD8<Float> {
        switch self {
        case .rbf: return exponential(-0.5 * square)
        case .matern52:
            let root = (5 * square).squareRoot()
            return (1 + root + root * root * (1 / 3)) * exponential(-root)
        case .linear: return square
        }
    }
}

/// eˣ for x ≤ 0, to about 2 units in the last place; 0 below −87.
///
/// x = n·ln 2 + r with |r| ≤ ½ ln 2: 2ⁿ by its bits, eʳ by Taylor's polynomial of degree 7, whose remainder is below
/// 6·10⁻⁹.
@inline(__always)
func exponential(_ x: SIMD8<Float>) -> SIMD8<Float> {
    let held = x.clamped(lowerBound: SIMD8(repeating: -87), upperBound: SIMD8(repeating: 0))
    let whole = (held * 1.442_695_04).rounded(.toNearestOrEven)
    let rest = held - whole * 0.693_359_375 + whole * 2.121_944_4e-4  // ln 2 in two parts, so that nothing is lost
    var sum = SIMD8<Float>(repeating: 1 / 5040)
    for coefficient in [1 / 720, 1 / 120, 1 / 24, 1 / 6, 1 / 2, 1, 1] as [Float] { sum = sum * rest + coefficient }
    let bits = (SIMD8<Int32>(whole) &+ 127) &<< 23
    return (sum * unsafeBitCast(bits, to: SIMD8<Float>.self)).replacing(with: 0, where: x .< -87)
}
