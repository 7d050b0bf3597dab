import Glibc

// G = XᵀX + λI, [F, F]; c = Xᵀy. min ½wᵀGw − cᵀw over w ≥ 0.

/// Ridge regression with weights that are not negative.
enum NonNegative {
    /// The weights, by going to the best value of one coordinate after the other until none moves by more than a
    /// millionth of the largest.
    ///
    /// - Parameters:
    ///   - gram: XᵀX, [size × size], symmetric.
    ///   - ridge: λ, above 0; not on `free`, whose weights may also be negative.
    static func weights(
        _ gram: [Double], _ right: [Double], size: Int, ridge: Double, free: Set<Int> = []
    ) -> [Double] {
        var weights = [Double](repeating: 0, count: size)
        // r = c − Gw, kept up to date.
        var rest = right
        gram.withUnsafeBufferPointer { gram in
            for _ in 0..<2_000 {
                var moved = 0.0
                for place in 0..<size {
                    let isFree = free.contains(place)
                    let curvature = gram[place * size + place] + (isFree ? 1e-9 : ridge)
                    guard curvature > 0 else { continue }
                    let gradient = rest[place] - (isFree ? 1e-9 : ridge) * weights[place]
                    let next =
                        isFree
                        ? weights[place] + gradient / curvature
                        : max(0, weights[place] + gradient / curvature)
                    let step = next - weights[place]
                    if step == 0 { continue }
                    weights[place] = next
                    for other in 0..<size { rest[other] -= gram[place * size + other] * step }
                    moved = max(moved, abs(step))
                }
                if moved <= 1e-6 * (weights.reduce(0) { max($0, abs($1)) } + 1e-12) { break }
            }
        }
        return weights
    }
}
