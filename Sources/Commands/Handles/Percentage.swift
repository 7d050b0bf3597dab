import Language

/// A share such as `95%`.
struct Percentage: ParameterType, ValueConvertible, CustomStringConvertible {
    static let wording = "a percentage, such as 95%"
    static let valueType = ValueType.quantity(.fraction)
    let percent: Double

    init(_ percent: Double) { self.percent = percent }

    init?(_ value: Value) {
        guard case .quantity(let quantity) = value, quantity.unit == .percent, (0...100).contains(quantity.magnitude)
        else { return nil }
        percent = quantity.magnitude
    }

    var value: Value { .quantity(Quantity(percent, .percent)) }
    var description: String { "\(Numerals.plain(percent))%" }

    /// The share as a number from 0 to 1.
    var fraction: Double { percent / 100 }
}
