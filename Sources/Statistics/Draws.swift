import Glibc

// What is drawn from a generator. Swift's own `Int.random(in:using:)` and `shuffled(using:)` may change from one
// version of the language to the next; these do not.

extension RandomNumberGenerator {
    /// A whole number, uniform in 0 ..< bound, without bias. The bound must be positive.
    ///
    /// D. Lemire: Fast Random Integer Generation in an Interval. ACM Transactions on Modeling and Computer
    /// Simulation 29(1), 2019, algorithm 5.
    @inlinable
    public mutating func below(_ bound: Int) -> Int {
        precondition(bound > 0, "nothing lies below \(bound)")
        let bound = UInt64(bound)
        var product = next().multipliedFullWidth(by: bound)
        if product.low < bound {
            let threshold = (0 &- bound) % bound
            while product.low < threshold { product = next().multipliedFullWidth(by: bound) }
        }
        return Int(product.high)
    }

    /// A number uniform in 0 ..< 1, a multiple of 2⁻⁵³.
    @inlinable
    public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// A number uniform in a half-open range.
    @inlinable
    public mutating func uniform(in range: Range<Double>) -> Double {
        let value = range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
        return value < range.upperBound ? value : range.lowerBound  // rounding can reach the open end
    }

    /// A normally distributed number with a mean and a standard deviation.
    ///
    /// G. Marsaglia and T. A. Bray: A Convenient Method for Generating Normal Variables. SIAM Review 6(3), 1964.
    /// The second number of each pair is dropped, so that a draw depends on the generator alone.
    public mutating func normal(mean: Double = 0, deviation: Double = 1) -> Double {
        while true {
            let x = 2 * uniform() - 1
            let y = 2 * uniform() - 1
            let square = x * x + y * y
            if square > 0, square < 1 { return mean + deviation * x * (-2 * log(square) / square).squareRoot() }
        }
    }

    /// Puts elements into a uniformly random order (Fisher and Yates).
    @inlinable
    public mutating func shuffle<Element>(_ elements: inout [Element]) {
        for last in stride(from: elements.count - 1, to: 0, by: -1) { elements.swapAt(last, below(last + 1)) }
    }

    /// Different numbers of 0 ..< bound, at most all of them, each subset equally likely, in random order; in time and
    /// memory that grow with how many are drawn, not with the bound.
    ///
    /// Fisher and Yates's shuffle, stopped early, over an array of which only the exchanged places are stored.
    public mutating func distinct(_ wanted: Int, below bound: Int) -> [Int] {
        var exchanged: [Int: Int] = [:]
        return (0..<Swift.max(0, Swift.min(wanted, bound))).map { place in
            let chosen = place + below(bound - place)
            let value = exchanged[chosen] ?? chosen
            exchanged[chosen] = exchanged[place] ?? place
            return value
        }
    }
}
