/// Points that fill the unit cube evenly: digits of the index, mirrored, in the bases 2, 3, 5, …
///
/// J. H. Halton: On the Efficiency of Certain Quasi-Random Sequences of Points in Evaluating Multi-Dimensional
/// Integrals. Numerische Mathematik 2, 1960. Shifted at random, modulo one, as in R. Cranley and T. N. L. Patterson,
/// SIAM Journal on Numerical Analysis 13(6), 1976.
struct Halton {
    private static let bases = [2, 3, 5, 7]
    private let shift: [Double]

    /// - Precondition: 0 ... 4 dimensions.
    init(dimensions: Int, using generator: inout some RandomNumberGenerator) {
        precondition(dimensions <= Self.bases.count)
        shift = (0..<dimensions).map { _ in Double(generator.next() >> 11) * 0x1p-53 }
    }

    /// Point number `index` ≥ 0, strictly inside the cube.
    func point(_ index: Int) -> [Double] {
        zip(Self.bases, shift).map { base, shift in
            let sum = Self.mirrored(index + 1, base) + shift
            return max(1e-4, min(1 - 1e-4, sum < 1 ? sum : sum - 1))
        }
    }

    /// The radical inverse of a number.
    static func mirrored(_ number: Int, _ base: Int) -> Double {
        var (rest, place, sum) = (number, 1.0, 0.0)
        while rest > 0 {
            place /= Double(base)
            sum += Double(rest % base) * place
            rest /= base
        }
        return sum
    }
}
