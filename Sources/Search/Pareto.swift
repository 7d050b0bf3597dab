import Statistics

/// The points that no other point dominates.
///
/// A point dominates another if it is at least as good in every objective and better in one; equal points do not
/// dominate one another, so that all copies of a best point are kept. Dominance depends on order alone: each objective
/// is replaced by its ranks, on which everything else is exact and fast.
public enum Pareto {
    /// The indices of the points that no other dominates, ascending.
    ///
    /// In time n log n for up to three objectives; above, at most the number of points times that of the front.
    public static func front(_ objectives: Objectives) -> [Int] {
        let points = RankedPoints(objectives)
        let best =
            switch objectives.columns.count {
            case 1: points.order.filter { points.ranks[0][Int($0)] == 0 }
            case 2: twoObjectives(points)
            case 3: threeObjectives(points)
            default: manyObjectives(points)
            }
        return best.map { objectives.points[Int($0)] }.sorted()
    }

    /// Sweeps by the first objective; a point stays if it improves on the best second value so far.
    private static func twoObjectives(_ points: RankedPoints) -> [UInt32] {
        let (first, second) = (points.ranks[0], points.ranks[1])
        var front: [UInt32] = []
        for point in points.order {
            if let last = front.last.map(Int.init), second[Int(point)] >= second[last] {
                guard second[Int(point)] == second[last], first[Int(point)] == first[last] else { continue }
            }
            front.append(point)
        }
        return front
    }

    /// Sweeps by the first objective with, for each rank of the second, the least rank of the third up to there.
    ///
    /// H. T. Kung, F. Luccio and F. P. Preparata: On Finding the Maxima of a Set of Vectors. Journal of the ACM
    /// 22(4), 1975; their balanced tree is a Fenwick tree here.
    private static func threeObjectives(_ points: RankedPoints) -> [UInt32] {
        var least = PrefixMinima(count: points.classes(of: 1))
        var front: [UInt32] = []
        for point in points.order {
            let (second, third) = (points.ranks[1][Int(point)], points.ranks[2][Int(point)])
            let copies = front.last.map { points.equal($0, point) } ?? false
            if !copies {
                if least.minimum(through: Int(second)) <= third { continue }
                least.lower(at: Int(second), to: third)
            }
            front.append(point)
        }
        return front
    }

    /// In this order no point is dominated by a later one: compares each with the front so far.
    ///
    /// J. Chomicki, P. Godfrey, J. Gryz and D. Liang: Skyline with Presorting. ICDE 2003. The order is by the sum of
    /// ranks, so that points that dominate much come first.
    private static func manyObjectives(_ points: RankedPoints) -> [UInt32] {
        let sums = points.ranks.reduce([Double](repeating: 0, count: points.order.count)) { sums, ranks in
            zip(sums, ranks).map { $0 + Double($1) }
        }
        var front = Rows(points)
        for point in Ranks(sums).order(of: points.order) where !front.dominates(point) { front.append(point) }
        return front.points
    }
}

/// The ranks of each objective, and the points in lexicographic order.
struct RankedPoints {
    /// For each objective the rank of each point, 0 for the best, equal values equal, `[m][n]`.
    let ranks: [[UInt32]]
    /// The points by the first objective, ties by the second, and so on; equal points in their given order.
    let order: [UInt32]
    private let numbers: [Int]

    init(_ objectives: Objectives) {
        let columns = objectives.columns.indices.map { Ranks(objectives.costs($0)) }
        ranks = columns.map(\.classes)
        numbers = columns.map(\.sizes.count)
        order = columns.reversed().reduce(nil) { (order: [UInt32]?, column) in column.order(of: order) } ?? []
    }

    /// How many different values an objective has.
    func classes(of objective: Int) -> Int { numbers[objective] }

    /// Whether two points agree in every objective.
    func equal(_ a: UInt32, _ b: UInt32) -> Bool { ranks.allSatisfy { $0[Int(a)] == $0[Int(b)] } }
}

/// The least value at or before each place, where values only fall (P. M. Fenwick: A New Data Structure for
/// Cumulative Frequency Tables. Software: Practice and Experience 24(3), 1994).
private struct PrefixMinima {
    private var tree: [UInt32]

    init(count: Int) { tree = [UInt32](repeating: .max, count: count + 1) }

    func minimum(through place: Int) -> UInt32 {
        var (node, least) = (place + 1, UInt32.max)
        while node > 0 {
            least = min(least, tree[node])
            node &= node - 1
        }
        return least
    }

    mutating func lower(at place: Int, to value: UInt32) {
        var node = place + 1
        while node < tree.count {
            tree[node] = min(tree[node], value)
            node += node & -node
        }
    }
}

/// A growing set of points with their ranks side by side, `[row][m]`, for comparing one point with all.
struct Rows {
    private(set) var points: [UInt32] = []
    private var rows: [UInt32] = []
    private let source: RankedPoints
    private let width: Int

    init(_ source: RankedPoints) {
        self.source = source
        width = source.ranks.count
    }

    mutating func append(_ point: UInt32) {
        points.append(point)
        for ranks in source.ranks { rows.append(ranks[Int(point)]) }
    }

    /// Whether a point of the set dominates this one.
    func dominates(_ point: UInt32) -> Bool {
        let candidate = source.ranks.map { $0[Int(point)] }
        return rows.withUnsafeBufferPointer { rows in
            candidate.withUnsafeBufferPointer { candidate in
                points.indices.contains { Self.dominates(rows, $0 * width, candidate) }
            }
        }
    }

    @inline(__always)
    private static func dominates(
        _ rows: UnsafeBufferPointer<UInt32>, _ start: Int, _ candidate: UnsafeBufferPointer<UInt32>
    ) -> Bool {
        var better = false
        for objective in candidate.indices {
            let (old, new) = (rows[start &+ objective], candidate[objective])
            if old > new { return false }
            if old < new { better = true }
        }
        return better
    }
}
