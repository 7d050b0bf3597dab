/// How many of one unit another is, as a fraction of whole numbers.
///
/// Thousandths are no binary fractions: 9 ms are 9 / 1000 s exactly as typed, but 9 · 0.001 s are not.
struct UnitRatio: Sendable {
    let numerator: Double
    let denominator: Double

    @inline(__always)
    func apply(_ magnitude: Double) -> Double { magnitude * numerator / denominator }

    var isOne: Bool { numerator == denominator }
}

extension Unit {
    /// From this unit to the base unit of its dimension.
    var baseRatio: UnitRatio {
        scale < 1
            ? UnitRatio(numerator: 1, denominator: (1 / scale).rounded())
            : UnitRatio(numerator: scale, denominator: 1)
    }

    /// From this unit to another of its dimension, in lowest terms.
    func ratio(to other: Unit) -> UnitRatio {
        let from = baseRatio
        let to = other.baseRatio
        let numerator = Int(from.numerator * to.denominator)
        let denominator = Int(from.denominator * to.numerator)
        let common = Unit.greatestCommonDivisor(numerator, denominator)
        return UnitRatio(numerator: Double(numerator / common), denominator: Double(denominator / common))
    }

    private static func greatestCommonDivisor(_ first: Int, _ second: Int) -> Int {
        second == 0 ? first : greatestCommonDivisor(second, first % second)
    }
}
