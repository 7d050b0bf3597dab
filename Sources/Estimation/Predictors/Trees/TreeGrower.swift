import Statistics

/// How regression trees grow.
struct TreeSettings: Hashable, Sendable {
    /// Splits on the longest path; nil for as many as there are.
    var depth: Int?
    /// The fewest rows in a leaf.
    var leaf = 1
    /// How many features are looked at for each split.
    var featuresPerSplit: Int
    /// Whether a split's threshold is drawn, uniform between the least and the greatest value of the node
    /// (P. Geurts, D. Ernst and L. Wehenkel: Extremely randomized trees. Machine Learning 63, 2006), or the best.
    var drawsThresholds = false
}

/// Grows regression trees by least squares.
///
/// L. Breiman, J. Friedman, R. Olshen and C. Stone: Classification and Regression Trees, 1984, section 8.4. Of the
/// splits of a node the one with the greatest S₁²/n₁ + S₂²/n₂ is taken, S being the sum of the targets and n the number
/// of rows on a side: it leaves the least sum of squares.
struct TreeGrower {
    private let bins: FeatureBins
    private let settings: TreeSettings
    private var sums: [Double]
    private var counts: [Int32]
    private var features: [Int]

    init(_ bins: FeatureBins, _ settings: TreeSettings) {
        (self.bins, self.settings) = (bins, settings)
        sums = [Double](repeating: 0, count: bins.widest)
        counts = [Int32](repeating: 0, count: bins.widest)
        features = bins.varying
    }

    /// A way to part the rows of a node.
    private struct Split {
        var feature = -1
        /// The last bin on the left side.
        var bin = 0
        var threshold: Float = 0
        var gain: Double
    }

    /// A node whose rows are `rows[start..<end]`.
    private struct Task {
        let node: Int
        let start: Int
        let end: Int
        let depth: Int
    }

    /// The tree of `rows` (which may repeat) with the targets of all rows.
    mutating func grow(
        _ rows: [Int32], targets: [Double], using generator: inout some RandomNumberGenerator
    ) -> RegressionTree {
        var rows = rows
        var tree = RegressionTree()
        var tasks = [Task(node: tree.addLeaf(), start: 0, end: rows.count, depth: 0)]
        while let task = tasks.popLast() {
            let sum = rows[task.start..<task.end].reduce(0) { $0 + targets[Int($1)] }
            tree.setLeaf(task.node, value: sum / Double(max(1, task.end - task.start)), depth: task.depth)
            guard task.end - task.start >= 2 * settings.leaf, task.depth < settings.depth ?? .max,
                let split = best(rows, task, targets, sum, using: &generator)
            else { continue }
            let middle = part(&rows, task, split)
            let left = tree.addLeaf()
            let right = tree.addLeaf()
            tree.split(
                task.node, feature: split.feature, threshold: split.threshold, left: left,
                gain: split.gain - sum * sum / Double(task.end - task.start))
            tasks.append(Task(node: right, start: middle, end: task.end, depth: task.depth + 1))
            tasks.append(Task(node: left, start: task.start, end: middle, depth: task.depth + 1))
        }
        return tree
    }

    /// Puts the rows of the left side first; where the right side starts.
    private func part(_ rows: inout [Int32], _ task: Task, _ split: Split) -> Int {
        var (low, high) = (task.start, task.end)
        let column = split.feature * bins.rows
        while low < high {
            if Int(bins.codes[column + Int(rows[low])]) <= split.bin {
                low += 1
            } else {
                high -= 1
                rows.swapAt(low, high)
            }
        }
        return low
    }

    /// The best split of a node by the features drawn for it; nil where none lowers the squares.
    private mutating func best(
        _ rows: [Int32], _ task: Task, _ targets: [Double], _ sum: Double,
        using generator: inout some RandomNumberGenerator
    ) -> Split? {
        let count = task.end - task.start
        // By more than rounding.
        let least = sum * sum / Double(count)
        var best = Split(gain: least + 1e-12 * abs(least))
        let isAlike = rows[task.start..<task.end].allSatisfy { targets[Int($0)] == targets[Int(rows[task.start])] }
        guard !isAlike else { return nil }
        var (seen, useful) = (0, 0)
        // As many features as asked for, and then until one has parted the rows.
        while seen < features.count, seen < settings.featuresPerSplit || useful == 0 {
            features.swapAt(seen, seen + generator.below(features.count - seen))
            if tally(features[seen], rows, task, targets) {
                useful += 1
                let drawn: Float? = settings.drawsThresholds ? Float(generator.uniform()) : nil
                consider(features[seen], count, sum, drawn, &best)
            }
            seen += 1
        }
        return best.feature >= 0 ? best : nil
    }

    /// Counts the node's rows in each bin of a feature; whether they are in more than one.
    private mutating func tally(_ feature: Int, _ rows: [Int32], _ task: Task, _ targets: [Double]) -> Bool {
        let size = bins.starts[feature + 1] - bins.starts[feature]
        let column = feature * bins.rows
        return sums.withUnsafeMutableBufferPointer { sums in
            counts.withUnsafeMutableBufferPointer { counts in
                for bin in 0..<size { (sums[bin], counts[bin]) = (0, 0) }
                bins.codes.withUnsafeBufferPointer { codes in
                    rows.withUnsafeBufferPointer { rows in
                        targets.withUnsafeBufferPointer { targets in
                            for place in task.start..<task.end {
                                let row = Int(rows[place])
                                let bin = Int(codes[column + row])
                                sums[bin] += targets[row]
                                counts[bin] &+= 1
                            }
                        }
                    }
                }
                let first = Int(bins.codes[column + Int(rows[task.start])])
                return Int(counts[first]) < task.end - task.start
            }
        }
    }

    /// Tries the places between the bins that were tallied: all of them, or the one at the share `drawn` of the range.
    private func consider(_ feature: Int, _ count: Int, _ sum: Double, _ drawn: Float?, _ best: inout Split) {
        let start = bins.starts[feature]
        let size = bins.starts[feature + 1] - start
        var limit: Float?
        if let drawn {
            var (low, high) = (0, size - 1)
            while counts[low] == 0 { low += 1 }
            while counts[high] == 0 { high -= 1 }
            let least = bins.lows[start + low]
            let greatest = bins.highs[start + high]
            limit = least + drawn * (greatest - least)
        }
        var (before, rowsBefore, last) = (0.0, 0, -1)
        for bin in 0..<size where counts[bin] > 0 {
            let isPast = limit.map { bins.highs[start + bin] > $0 } ?? true
            if last >= 0, isPast, rowsBefore >= settings.leaf, count - rowsBefore >= settings.leaf {
                let after = sum - before
                let gain = before * before / Double(rowsBefore) + after * after / Double(count - rowsBefore)
                if gain > best.gain {
                    let (low, high) = (bins.highs[start + last], bins.lows[start + bin])
                    let wanted = limit ?? low / 2 + high / 2
                    // Rounding may reach the higher one, which belongs to the right side.
                    best = Split(feature: feature, bin: last, threshold: wanted < high ? wanted : low, gain: gain)
                }
            }
            if limit != nil, isPast, last >= 0 { return }
            before += sums[bin]
            rowsBefore += Int(counts[bin])
            last = bin
        }
    }
}
