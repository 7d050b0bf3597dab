/// The lowest and the highest of some values.
struct Extent {
    var low: Double
    var high: Double

    /// The extent of the values that are not NaN; nil where there are none.
    init?(_ values: some Sequence<Double>) {
        var low = Double.infinity
        var high = -Double.infinity
        for value in values {
            if value < low { low = value }
            if value > high { high = value }
        }
        guard low <= high else { return nil }
        self.low = low
        self.high = high
    }

    init(low: Double, high: Double) {
        self.low = low
        self.high = high
    }

    /// The smallest extent around two; nil where both are.
    static func union(_ first: Extent?, _ second: Extent?) -> Extent? {
        guard let first, let second else { return first ?? second }
        return Extent(low: min(first.low, second.low), high: max(first.high, second.high))
    }
}
