/// A regression tree as a flat list of nodes, for speed: a leaf points at itself, so that all rows take as many steps.
struct RegressionTree: Hashable, Sendable {
    /// Values up to the threshold go to node `left`, others to the one behind it.
    struct Node: Hashable, Sendable {
        var feature: Int32 = 0
        var threshold = Float.infinity
        var left: Int32
    }

    private(set) var nodes: [Node] = []
    /// What each node predicts.
    private(set) var values: [Float] = []
    /// By how much each node's split lowers the sum of squares of the targets that it was grown on; 0 for a leaf.
    private(set) var gains: [Float] = []
    /// Steps to the deepest leaf.
    private(set) var depth = 0

    /// Adds a leaf; its number.
    mutating func addLeaf() -> Int {
        nodes.append(Node(left: Int32(nodes.count)))
        values.append(0)
        gains.append(0)
        return nodes.count - 1
    }

    /// Sets what leaf `node`, `depth` steps from the root, predicts.
    mutating func setLeaf(_ node: Int, value: Double, depth: Int) {
        values[node] = Float(value)
        self.depth = max(self.depth, depth)
    }

    /// Multiplies all that it predicts.
    mutating func scale(by factor: Double) { for node in values.indices { values[node] *= Float(factor) } }

    /// Parts `node` at a threshold, by which the sum of squares falls by `gain`; `left` is the first of two new leaves.
    mutating func split(_ node: Int, feature: Int, threshold: Float, left: Int, gain: Double) {
        nodes[node] = Node(feature: Int32(feature), threshold: threshold, left: Int32(left))
        gains[node] = Float(gain)
    }

    /// The gains of the splits by each of `width` features, summed, `[F]`.
    func gains(width: Int) -> [Double] {
        var sums = [Double](repeating: 0, count: width)
        for (node, gain) in zip(nodes, gains) { sums[Int(node.feature)] += Double(gain) }
        return sums
    }

    /// The leaf that a row of features falls into.
    func leaf(of row: UnsafePointer<Float>) -> Int {
        var node = 0
        while nodes[node].left != node {
            let next = nodes[node]
            node = Int(next.left) + (row[Int(next.feature)] > next.threshold ? 1 : 0)
        }
        return node
    }

    /// Adds what the tree predicts for `count` rows of `width` features, and its square, to sums.
    func add(
        _ rows: UnsafePointer<Float>, count: Int, width: Int, to sums: UnsafeMutablePointer<Double>,
        _ squares: UnsafeMutablePointer<Double>
    ) {
        nodes.withUnsafeBufferPointer { nodes in
            values.withUnsafeBufferPointer { values in
                var row = 0
                // Eight rows at once, whose steps do not wait for each other.
                while row + 8 <= count {
                    var places = SIMD8<Int32>(repeating: 0)
                    for _ in 0..<depth {
                        for lane in 0..<8 {
                            let node = nodes[Int(places[lane])]
                            let value = rows[(row + lane) &* width &+ Int(node.feature)]
                            places[lane] = node.left &+ (value > node.threshold ? 1 : 0)
                        }
                    }
                    for lane in 0..<8 { Self.add(values[Int(places[lane])], row + lane, sums, squares) }
                    row += 8
                }
                while row < count {
                    Self.add(values[leaf(of: rows + row * width)], row, sums, squares)
                    row += 1
                }
            }
        }
    }

    private static func add(
        _ value: Float, _ row: Int, _ sums: UnsafeMutablePointer<Double>, _ squares: UnsafeMutablePointer<Double>
    ) {
        sums[row] += Double(value)
        squares[row] += Double(value) * Double(value)
    }
}

extension RegressionTree {
    /// Trees as rows of numbers.
    static func store(_ trees: [RegressionTree], into state: inout PredictorState) {
        state["sizes"] = trees.map { Double($0.nodes.count) }
        state["depths"] = trees.map { Double($0.depth) }
        state["features"] = trees.flatMap { $0.nodes.map { Double($0.feature) } }
        state["thresholds"] = trees.flatMap { $0.nodes.map { Double($0.threshold) } }
        state["lefts"] = trees.flatMap { $0.nodes.map { Double($0.left) } }
        state["values"] = trees.flatMap { $0.values.map(Double.init) }
        state["gains"] = trees.flatMap { $0.gains.map(Double.init) }
    }

    /// The trees that were stored.
    /// - Throws: `PredictorError` where a node points nowhere.
    static func restored(from state: PredictorState, allowingNone: Bool = false) throws -> [RegressionTree] {
        guard allowingNone || !state["sizes"].isEmpty, state.rows["sizes"] != nil else {
            throw PredictorState.damaged("it has no trees")
        }
        let sizes = try state.integers("sizes", in: 1..<1 << 31)
        let depths = try state.integers("depths", in: 0..<1 << 31)
        let total = sizes.reduce(0, +)
        let features = try state.integers("features", in: 0..<max(1, state.features.count))
        let (thresholds, values) = (try state.row("thresholds", count: total), try state.row("values", count: total))
        let lefts = try state.integers("lefts", in: 0..<1 << 31)
        let gains = try state.row("gains", count: total)
        guard depths.count == sizes.count, features.count == total, lefts.count == total else {
            throw PredictorState.damaged("its trees")
        }
        var start = 0
        return try zip(sizes, depths).map { size, depth in
            var tree = RegressionTree()
            tree.depth = depth
            for place in start..<start + size {
                let (node, left) = (place - start, lefts[place])
                guard left == node || (left > node && left + 1 < size) else {
                    throw PredictorState.damaged("its trees")
                }
                tree.nodes.append(
                    Node(feature: Int32(features[place]), threshold: Float(thresholds[place]), left: Int32(left)))
                tree.values.append(Float(values[place]))
                tree.gains.append(Float(gains[place]))
            }
            start += size
            return tree
        }
    }
}
