import Glibc

/// How many values fall into each of equally wide bins.
public struct Histogram: Sendable, Equatable {
    /// The bins' borders, ascending, one more than there are bins. Each bin holds its lower border; the last also its
    /// upper one.
    public let edges: [Double]
    /// How many values lie in each bin.
    public let counts: [Int]
    /// How many values were missing (NaN) or infinite.
    public let omitted: Int

    /// The widest choice of bins made without being told; beyond it a picture shows no more.
    static let mostBins = 1_000

    /// Counts values in bins from the smallest to the largest; nil where none is finite. Equal values get a range of
    /// ½ on either side.
    /// - Parameter bins: how many; by default the more of the rules of Sturges and of Freedman and Diaconis.
    /// - Throws: `StatisticsError.tooFew` for fewer than one bin.
    public init?(_ values: [Double], bins: Int? = nil) throws(StatisticsError) {
        if let bins, bins < 1 { throw .tooFew("the number of bins", bins) }
        let finite = values.filter(\.isFinite)
        guard let quantiles = Quantiles(finite) else { return nil }
        let number = bins ?? Self.bins(quantiles, count: finite.count)
        let edges = Self.edges(from: quantiles[0], to: quantiles[1], bins: number)
        var counts = [Int](repeating: 0, count: number)
        for value in finite { counts[Self.bin(of: value, edges)] += 1 }
        (self.edges, self.counts, omitted) = (edges, counts, values.count - finite.count)
    }

    /// H. Sturges: The Choice of a Class Interval. JASA 21(153), 1926. D. Freedman and P. Diaconis: On the Histogram
    /// as a Density Estimator. Probability Theory and Related Fields 57(4), 1981: bins of width 2·IQR/∛n.
    private static func bins(_ quantiles: Quantiles, count: Int) -> Int {
        let sturges = Int(log2(Double(count)).rounded(.up)) + 1
        let width = 2 * (quantiles[0.75] - quantiles[0.25]) / cbrt(Double(count))
        let freedman = ((quantiles[1] - quantiles[0]) / width).rounded(.up)
        return freedman.isFinite ? max(sturges, Int(min(freedman, Double(mostBins)))) : sturges
    }

    private static func edges(from low: Double, to high: Double, bins: Int) -> [Double] {
        let (low, high) = low < high ? (low, high) : (low - 0.5, high + 0.5)
        return (0...bins).map { number in
            let share = Double(number) / Double(bins)
            return number == bins ? high : low * (1 - share) + high * share
        }
    }

    /// The bin by division, then by comparison with the very borders, which are rounded.
    private static func bin(of value: Double, _ edges: [Double]) -> Int {
        let last = edges.count - 2
        let share = (value / 2 - edges[0] / 2) / (edges[last + 1] / 2 - edges[0] / 2)
        var bin = max(0, min(last, Int(share * Double(last + 1))))
        while bin > 0, value < edges[bin] { bin -= 1 }
        while bin < last, value >= edges[bin + 1] { bin += 1 }
        return bin
    }
}
