import Statistics

/// Trees of bootstrap samples: what they predict together, and how far apart they are.
struct TreeBag: Sendable {
    let trees: [RegressionTree]

    private static let block = 256

    /// The mean of the trees and the standard deviation between them, for `count` rows of `values`, `[count, F]`.
    func guesses(of values: [Float], count: Int) throws -> [Prediction] {
        let width = count == 0 ? 0 : values.count / count
        let blocks = (count + Self.block - 1) / Self.block
        return try Parallel.map(blocks, chunk: 1) { block in
            let first = block * Self.block
            return guesses(values, from: first, Swift.min(Self.block, count - first), width)
        }.flatMap { $0 }
    }

    private func guesses(_ values: [Float], from first: Int, _ count: Int, _ width: Int) -> [Prediction] {
        var sums = [Double](repeating: 0, count: count)
        var squares = sums
        values.withUnsafeBufferPointer { values in
            sums.withUnsafeMutableBufferPointer { sums in
                squares.withUnsafeMutableBufferPointer { squares in
                    guard let rows = values.baseAddress, let sum = sums.baseAddress, let square = squares.baseAddress
                    else { return }
                    for tree in trees { tree.add(rows + first * width, count: count, width: width, to: sum, square) }
                }
            }
        }
        let size = Double(trees.count)
        return (0..<count).map { row in
            let mean = sums[row] / size
            return Prediction(mean: mean, deviation: max(0, squares[row] / size - mean * mean).squareRoot())
        }
    }

    /// Trees fitted to bootstrap samples, and for each row what the trees that have not seen it say of it; a row that
    /// all have seen has the guess of all.
    ///
    /// L. Breiman: Random Forests. Machine Learning 45, 2001; section 3.1 for the rows out of the bag.
    static func fitted(
        _ bins: FeatureBins, _ values: [Float], _ targets: [Double], trees count: Int, _ settings: TreeSettings,
        _ seed: Seed
    ) throws -> (bag: TreeBag, heldOut: [Prediction]) {
        let grown = try Parallel.map(count, chunk: max(1, count / 32)) { number in
            var generator = Random(seed.derived("tree", .number(number)))
            let rows = (0..<bins.rows).map { _ in Int32(generator.below(bins.rows)) }
            var grower = TreeGrower(bins, settings)
            let tree = grower.grow(rows, targets: targets, using: &generator)
            return (tree, outside(rows, tree, values, bins))
        }
        let bag = TreeBag(trees: grown.map(\.0))
        var sums = [(count: Double, sum: Double, square: Double)](repeating: (0, 0, 0), count: bins.rows)
        for (_, outside) in grown {
            for (row, value) in outside {
                sums[row] = (sums[row].count + 1, sums[row].sum + value, sums[row].square + value * value)
            }
        }
        let whole = sums.contains { $0.count < 2 } ? try bag.guesses(of: values, count: bins.rows) : []
        let heldOut = sums.enumerated().map { row, sum in
            guard sum.count >= 2 else { return whole[row] }
            let mean = sum.sum / sum.count
            return Prediction(mean: mean, deviation: max(0, sum.square / sum.count - mean * mean).squareRoot())
        }
        return (bag, heldOut)
    }

    /// What a tree says of the rows that it has not seen.
    private static func outside(
        _ rows: [Int32], _ tree: RegressionTree, _ values: [Float], _ bins: FeatureBins
    ) -> [(Int, Double)] {
        var seen = [Bool](repeating: false, count: bins.rows)
        for row in rows { seen[Int(row)] = true }
        return values.withUnsafeBufferPointer { values in
            seen.indices.filter { !seen[$0] }.map { row in
                guard let start = values.baseAddress else { return (row, 0) }
                return (row, Double(tree.values[tree.leaf(of: start + row * bins.width)]))
            }
        }
    }
}
