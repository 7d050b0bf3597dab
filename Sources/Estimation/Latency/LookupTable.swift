import Networks
public import Spaces
import Statistics
import Training

/// Latencies of operations, which add up to those of networks.
public struct LookupTable: Sendable {
    /// A line of the table.
    public struct Entry: Hashable, Sendable {
        /// The operation: a choice of the space, or a layer.
        public let operation: String
        /// Where it stands in the architecture, or with which shape.
        public let place: String
        /// Milliseconds.
        public let latency: Double
    }

    /// How well the sums agree with networks that the table was not made from.
    public struct Agreement: Hashable, Sendable {
        /// How many networks.
        public let count: Int
        /// The share of networks whose latency is guessed within a tenth of it.
        public let withinTenth: Double
        /// The median of |guess − latency|/latency.
        public let medianError: Double
        /// Spearman's ρ; nil where one side is constant.
        public let spearman: Double?

        /// - Precondition: there are as many guesses as latencies.
        public init(_ guesses: [Double], _ latencies: [Double]) throws {
            let errors = zip(guesses, latencies).map { abs($0 - $1) / max($1, 1e-9) }
            count = errors.count
            withinTenth = Double(errors.count { $0 <= 0.1 }) / Double(max(1, errors.count))
            medianError = Quantiles(errors)?.median ?? .nan
            spearman = try Correlation(.spearman, guesses, latencies).coefficient
        }
    }

    /// How it was made.
    enum Source: Sendable {
        /// By regression from the latencies of whole networks.
        case regression(RegressedTable)
        /// By measuring layers.
        case measurement(MeasuredTable)
    }

    /// The space.
    public let space: any Space
    /// The device: one of the tables', or `host`.
    public let device: String
    /// Milliseconds that every network takes besides its operations.
    public let base: Double
    /// Its lines.
    public let entries: [Entry]
    /// How well it agrees with networks that it was not made from.
    public let agreement: Agreement
    let source: Source

    /// The latencies of architectures in milliseconds; nil where a layer was not measured.
    ///
    /// - Throws: `NetworkError` where a network cannot be built.
    public func latencies(of matrix: GeneMatrix) throws -> [Double?] {
        switch source {
        case .regression(let table):
            return try Parallel.map(matrix.count) { table.latency(of: Array(matrix.genes(of: $0))) }
        case .measurement(let table):
            return try Parallel.map(matrix.count) { row in
                try table.latency(of: space.network(for: matrix[row]).layersAtWork())
            }
        }
    }
}

/// Latencies of operations by their place, found by regression.
struct RegressedTable: Sendable {
    let places: OperationPlaces
    /// Which operations count: all, or the live ones.
    let isLive: Bool
    let base: Double
    /// A weight for each feature of `places`; 0 for those that do not count.
    let weights: [Double]

    func latency(of genes: [UInt8]) -> Double { places.features(of: genes).reduce(base) { $0 + weights[$1] } }
}

extension LookupTable {
    /// λ of the regression, in rows.
    private static let ridge = 0.1

    /// The table of a device of the published latencies, by regression from end-to-end times: latency ≈ base + the sum
    /// over the places of the graph of operations of what the operation there takes, none of it negative.
    ///
    /// All operations are counted, or only the live ones, whichever guesses better: some runtimes leave dead branches
    /// out. A tenth of the networks, every tenth, is held out and judges the table; the table is then made from all.
    /// - Throws: `MeasurementError` where there is no such device or a table is broken.
    public static func regressed(of space: any Space, device: String, in tables: Tables) throws -> LookupTable {
        let column = try tables.latency(space: space.name, device: device)
        let places = OperationPlaces(space)
        let rows = column.values.indices.filter { column[$0] != nil }
        let features = rows.map { places.features(of: column.index.genes(at: $0)) }
        let latencies = rows.map { column.values[$0] }
        let kept = rows.indices.filter { $0 % 10 != 9 }
        let held = rows.indices.filter { $0 % 10 == 9 }
        func fit(_ isLive: Bool, _ numbers: [Int]) -> RegressedTable {
            regression(places, isLive: isLive, numbers.map { features[$0] }, numbers.map { latencies[$0] })
        }
        func error(_ table: RegressedTable) -> Double {
            held.reduce(0) { sum, number in
                let gap = features[number].reduce(table.base) { $0 + table.weights[$1] } - latencies[number]
                return sum + gap * gap
            }
        }
        let tries = [true, false].map { fit($0, kept) }
        let best = error(tries[0]) <= error(tries[1]) ? tries[0] : tries[1]
        let agreement = try Agreement(
            held.map { features[$0].reduce(best.base) { $0 + best.weights[$1] } }, held.map { latencies[$0] })
        let whole = fit(best.isLive, Array(rows.indices))
        return LookupTable(
            space: space, device: column.name, base: whole.base, entries: entries(of: whole, space),
            agreement: agreement, source: .regression(whole))
    }

    private static func regression(
        _ places: OperationPlaces, isLive: Bool, _ rows: [[Int]], _ latencies: [Double]
    ) -> RegressedTable {
        let (start, size) = (isLive ? places.count / 2 : 0, places.count / 2 + 1)
        var gram = [Double](repeating: 0, count: size * size)
        var right = [Double](repeating: 0, count: size)
        for (row, latency) in zip(rows, latencies) {
            // Feature 0 is the base.
            let own = [0] + row.filter { (start..<start + size - 1).contains($0) }.map { $0 - start + 1 }
            for a in own {
                right[a] += latency
                for b in own { gram[a * size + b] += 1 }
            }
        }
        let found = NonNegative.weights(gram, right, size: size, ridge: ridge)
        var weights = [Double](repeating: 0, count: places.count)
        for place in 1..<size { weights[start + place - 1] = found[place] }
        return RegressedTable(places: places, isLive: isLive, base: found[0], weights: weights)
    }

    private static func entries(of table: RegressedTable, _ space: any Space) -> [Entry] {
        let start = table.isLive ? table.places.count / 2 : 0
        return (start..<start + table.places.count / 2).map { feature in
            let (operation, place, _) = table.places.name(of: feature)
            let name = place < space.genes.count ? space.genes[place].name : "\(place)"
            return Entry(operation: operation, place: name, latency: table.weights[feature])
        }
    }
}
