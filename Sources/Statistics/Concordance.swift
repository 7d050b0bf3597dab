/// How many pairs of points two orders agree on: the counts behind Kendall's τ-b, in time n log n.
///
/// W. R. Knight: A Computer Method for Calculating Kendall's Tau with Ungrouped Data. Journal of the American
/// Statistical Association 61(314), 1966: with the points in order of x (ties by y), the discordant pairs are the
/// exchanges that a merge sort by y makes.
struct Concordance {
    let count: Int
    /// Pairs that the two orders rank oppositely.
    let discordant: Int
    /// Pairs tied in both, in neither, … : all pairs, those tied in x, in y, and in both.
    let tied: (x: Int, y: Int, both: Int)
    private let x: Ranks
    private let y: Ranks

    init(_ x: Ranks, _ y: Ranks) {
        (self.x, self.y, count) = (x, y, x.count)
        let order = x.order(of: y.order())
        let both = Self.tiedPairs(x, y, in: order)
        discordant = Inversions.count(in: order.map { y.classes[Int($0)] })
        tied = (x.tiedPairs, y.tiedPairs, both)
    }

    /// All pairs of points.
    private var pairs: Int { count * (count - 1) / 2 }

    /// Concordant less discordant pairs.
    private var surplus: Int { pairs - tied.x - tied.y + tied.both - 2 * discordant }

    /// τ-b; nil where a side is constant.
    var coefficient: Double? {
        guard pairs > tied.x, pairs > tied.y else { return nil }
        let tau = Double(surplus) / Double(pairs - tied.x).squareRoot() / Double(pairs - tied.y).squareRoot()
        return max(-1, min(1, tau))
    }

    /// The two-sided probability of a surplus at least this far from zero between independent orders.
    var pValue: Double {
        let fewest = min(discordant, pairs - discordant)
        if tied.x == 0, tied.y == 0, count <= 33 || fewest <= 1 {
            return min(1, 2 * Self.probability(ofAtMost: fewest, inversionsOf: count))
        }
        return Tail.normal(Double(surplus) / variance.squareRoot())
    }

    /// The variance of the surplus between independent orders with these ties (Kendall 1970, equation 4.4).
    private var variance: Double {
        let n = Double(count)
        let ties = (x: Ties(x), y: Ties(y))
        let plain = (n * (n - 1) * (2 * n + 5) - ties.x.variance - ties.y.variance) / 18
        let pairwise = 2 * Double(tied.x) * Double(tied.y) / (n * (n - 1))
        guard count > 2 else { return plain + pairwise }
        return plain + pairwise + ties.x.triples * ties.y.triples / (9 * n * (n - 1) * (n - 2))
    }

    /// Σ t(t−1)(t−2) and Σ t(t−1)(2t+5) over classes of t equal values.
    private struct Ties {
        var triples = 0.0
        var variance = 0.0

        init(_ ranks: Ranks) {
            for size in ranks.sizes where size > 1 {
                let t = Double(size)
                triples += t * (t - 1) * (t - 2)
                variance += t * (t - 1) * (2 * t + 5)
            }
        }
    }

    /// Pairs equal on both sides; the order puts equal points side by side.
    private static func tiedPairs(_ x: Ranks, _ y: Ranks, in order: [UInt32]) -> Int {
        var total = 0
        var run = 0
        for place in order.indices.dropFirst() {
            let (last, next) = (Int(order[place - 1]), Int(order[place]))
            let equal = x.classes[last] == x.classes[next] && y.classes[last] == y.classes[next]
            run = equal ? run + 1 : 0
            total += run
        }
        return total
    }

    /// The share of all orders of n things with at most so many inversions: the sum of n independent numbers, the
    /// j-th uniform in 0 ..< j.
    private static func probability(ofAtMost inversions: Int, inversionsOf n: Int) -> Double {
        var share = [Double](repeating: 0, count: inversions + 1)
        share[0] = 1
        for choices in stride(from: 2, through: n, by: 1) {
            var window = 0.0
            var next = share
            for number in share.indices {
                window += share[number] - (number >= choices ? share[number - choices] : 0)
                next[number] = window / Double(choices)
            }
            share = next
        }
        return share.reduce(0, +)
    }
}

/// Counting the pairs of a sequence that stand in the wrong order.
enum Inversions {
    /// How many pairs have the greater number first, by a bottom-up merge sort.
    static func count(in sequence: [UInt32]) -> Int {
        var source = sequence
        var target = sequence
        var total = 0
        var width = 1
        while width < sequence.count {
            source.withUnsafeMutableBufferPointer { source in
                target.withUnsafeMutableBufferPointer { target in
                    for start in stride(from: 0, to: source.count, by: 2 * width) {
                        let middle = min(start + width, source.count)
                        let end = min(middle + width, source.count)
                        total += merge(source, start, middle, end, into: target)
                    }
                }
            }
            swap(&source, &target)
            width *= 2
        }
        return total
    }

    /// Merges two sorted runs and returns how many elements of the left one each element of the right one passes.
    /// The choice of the run is arithmetic, not a branch, which no processor could foresee.
    @inline(__always)
    private static func merge(
        _ source: UnsafeMutableBufferPointer<UInt32>, _ start: Int, _ middle: Int, _ end: Int,
        into target: UnsafeMutableBufferPointer<UInt32>
    ) -> Int {
        var (left, right, place, passed) = (start, middle, start, 0)
        while left < middle, right < end {
            let (first, second) = (source[left], source[right])
            let takesRight = second < first ? 1 : 0
            target[place] = second < first ? second : first
            passed &+= (0 &- takesRight) & (middle &- left)
            right &+= takesRight
            left &+= 1 &- takesRight
            place &+= 1
        }
        while left < middle { (target[place], left, place) = (source[left], left &+ 1, place &+ 1) }
        while right < end { (target[place], right, place) = (source[right], right &+ 1, place &+ 1) }
        return passed
    }
}
