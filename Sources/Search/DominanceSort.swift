import Statistics

extension Pareto {
    /// How many fronts lie before each point's: 0 on the Pareto front, 1 on the front of the rest, and so on; nil for
    /// points that are left out.
    ///
    /// K. Deb, A. Pratap, S. Agarwal and T. Meyarivan: A Fast and Elitist Multiobjective Genetic Algorithm: NSGA-II.
    /// IEEE Transactions on Evolutionary Computation 6(2), 2002, section III.A, computed as in X. Zhang, Y. Tian,
    /// R. Cheng and Y. Jin: An Efficient Approach to Nondominated Sorting for Evolutionary Multiobjective
    /// Optimization. IEEE Transactions on Evolutionary Computation 19(2), 2015: points in lexicographic order, each
    /// put by binary search into the first front of which no point dominates it. In time n log n for up to two
    /// objectives; above, at most n² comparisons.
    public static func ranks(_ objectives: Objectives) -> [Int?] {
        let points = RankedPoints(objectives)
        let depths = objectives.columns.count > 2 ? manyDepths(points) : planarDepths(points)
        var result = [Int?](repeating: nil, count: objectives.count)
        for (place, point) in objectives.points.enumerated() { result[point] = depths[place] }
        return result
    }

    /// Of a front of two objectives the point put in last has the least second rank.
    private static func planarDepths(_ points: RankedPoints) -> [Int] {
        // With one objective all points of the same value form a front.
        let second = points.ranks.count == 2 ? points.ranks[1] : points.ranks[0]
        var least: [UInt32] = []
        return depths(points) { point in
            let front = partition(least.count) { least[$0] > second[Int(point)] }
            if front == least.count { least.append(0) }
            least[front] = second[Int(point)]
            return front
        }
    }

    private static func manyDepths(_ points: RankedPoints) -> [Int] {
        var fronts: [Rows] = []
        return depths(points) { point in
            let front = partition(fronts.count) { !fronts[$0].dominates(point) }
            if front == fronts.count { fronts.append(Rows(points)) }
            fronts[front].append(point)
            return front
        }
    }

    /// Places one point of each set of equal ones, which stand side by side in the order.
    private static func depths(_ points: RankedPoints, _ place: (UInt32) -> Int) -> [Int] {
        var result = [Int](repeating: 0, count: points.order.count)
        var previous: UInt32?
        for point in points.order {
            let copied = previous.flatMap { points.equal($0, point) ? result[Int($0)] : nil }
            result[Int(point)] = copied ?? place(point)
            previous = point
        }
        return result
    }

    /// The first number of 0 ..< count of which the condition holds, once it holds for all after; count if for none.
    private static func partition(_ count: Int, _ condition: (Int) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if condition(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// How lonely each point is among those of its own front: the sum over the objectives of the distance between its
    /// two neighbours, as a share of the front's range; ∞ at either end of an objective, nil for points that are left
    /// out.
    ///
    /// Deb et al. 2002, section III.B. Departures: an objective in which the whole front is equal says nothing and is
    /// passed over, and fronts of one or two points are ∞ throughout. Equal values follow in the given order.
    /// - Parameter ranks: the front of each point, from `ranks(_:)`.
    public static func crowding(_ objectives: Objectives, ranks: [Int?]) -> [Double?] {
        precondition(ranks.count == objectives.count, "\(objectives.count) points need as many ranks")
        var result = [Double?](repeating: nil, count: objectives.count)
        let members = Dictionary(grouping: objectives.points.filter { ranks[$0] != nil }) { ranks[$0] }
        for front in members.values {
            for (point, distance) in zip(front, crowding(objectives, front: front)) { result[point] = distance }
        }
        return result
    }

    private static func crowding(_ objectives: Objectives, front: [Int]) -> [Double] {
        guard front.count > 2 else { return front.map { _ in .infinity } }
        return objectives.columns.reduce([Double](repeating: 0, count: front.count)) { sums, column in
            zip(sums, gaps(front.map { column[$0] })).map { $0 + $1 }
        }
    }

    /// The distance of each value's neighbours as a share of the range; ∞ at the ends.
    private static func gaps(_ values: [Double]) -> [Double] {
        let order = Order.ascending(values).map(Int.init)
        let range = values[order.last!] / 2 - values[order[0]] / 2  // halves, so that nothing overflows
        var gaps = [Double](repeating: 0, count: values.count)
        guard range > 0 else { return gaps }
        for place in 1..<order.count - 1 {
            gaps[order[place]] = (values[order[place + 1]] / 2 - values[order[place - 1]] / 2) / range
        }
        (gaps[order[0]], gaps[order.last!]) = (.infinity, .infinity)
        return gaps
    }
}
