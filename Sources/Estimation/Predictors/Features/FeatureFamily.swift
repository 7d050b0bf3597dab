public import Spaces
import Statistics

/// A family of features that an architecture has by itself.
public enum FeatureFamily: String, CaseIterable, Hashable, Sendable {
    /// Parameters, multiply-adds and depth, of the whole network and of its live part, as logarithms.
    case costs
    /// Counts on the graph of operations: of each kind in all and live, and along the paths from input to output.
    case graph
    /// For each gene as many places as it has choices, a 1 at the choice taken.
    case adjacency
    /// The number of each gene's choice.
    case categorical
    /// For each possible sequence of operations a 1 if the cell has such a path.
    case path

    /// What is used unless others are named.
    ///
    /// Counts on the live graph carry most of what can be known from a few architectures; which gene has which operation
    /// adds to it as rows become many.
    public static let auto: [FeatureFamily] = [.costs, .graph, .adjacency]

    /// Whether architectures of a space have it.
    public func exists(in space: any Space) -> Bool { self != .path || space.encodings.contains(.path) }
}

/// What the names of features tell.
enum FeatureNames {
    /// Which features few rows can bear: with fewer than two rows a feature, those that tell of the whole network, not of
    /// one gene or path alone; all, where there are no others.
    static func bearable(_ names: [String], rows: Int) -> [Bool] {
        guard rows < 2 * names.count else { return names.map { _ in true } }
        let whole = names.map { family($0).isEmpty }
        return whole.contains(true) ? whole : names.map { _ in true }
    }

    /// Whether a feature tells of one gene or path alone.
    static func isLocal(_ name: String) -> Bool { !family(name).isEmpty }

    private static func family(_ name: String) -> String {
        let first = name.split(separator: " ").first.map(String.init) ?? ""
        return ["gene", "choice", "path"].contains(first) ? first : ""
    }

    /// For each name the number of its family: names of genes, of choices and of paths, and all others, from 0.
    static func families(_ names: [String]) -> [Int] {
        var numbers: [String: Int] = [:]
        return names.map { name in
            let family = family(name)
            if numbers[family] == nil { numbers[family] = numbers.count }
            return numbers[family] ?? 0
        }
    }
}

/// Makes features of the architectures of one space.
public struct FeatureExtractor: Sendable {
    /// The space.
    public let space: any Space
    /// The families, in the order of their columns.
    public let families: [FeatureFamily]
    /// The names of the features.
    public let names: [String]
    private let parts: [any FeaturePart]
    /// How many features each of the parts has.
    private let widths: [Int]

    /// - Throws: `PredictorError` for a family that the space lacks, `NetworkError` where its networks cannot be built.
    public init(_ space: any Space, _ families: [FeatureFamily] = FeatureFamily.auto) throws {
        (self.space, self.families) = (space, families)
        parts = try families.map { family in
            guard family.exists(in: space) else {
                throw PredictorError(
                    .features, "'\(space.name)' has no \(family.rawValue) encoding", try: "use adjacency or graph")
            }
            return switch family {
            case .costs: try CostFeatures(space) as any FeaturePart
            case .graph: GraphFeatures(space)
            case .adjacency: OneHotFeatures(space)
            case .categorical: ChoiceFeatures(space)
            case .path: PathFeatures(space)
            }
        }
        names = parts.flatMap(\.names)
        widths = parts.map(\.names.count)
    }

    /// The features of each architecture, `[N, F]` row by row.
    ///
    /// - Throws: `PredictorError` for architectures of another space; what building a network throws.
    public func values(of matrix: GeneMatrix) throws -> [Float] {
        guard matrix.space == space.name, matrix.length == space.genes.count else {
            throw PredictorError(
                .space, "the architectures are of '\(matrix.space)', not of '\(space.name)'",
                try: "take them from '\(space.name)'")
        }
        let (width, block) = (names.count, 256)
        return try [Float](unsafeUninitializedCapacity: matrix.count * width) { buffer, count in
            buffer.initialize(repeating: 0)
            // Each block has rows of its own.
            nonisolated(unsafe) let buffer = buffer
            _ = try Parallel.map((matrix.count + block - 1) / block, chunk: 1) { number in
                let rows = number * block..<min(matrix.count, (number + 1) * block)
                let own = rows.lowerBound * width..<rows.upperBound * width
                try fill(UnsafeMutableBufferPointer(rebasing: buffer[own]), matrix, rows)
            }
            count = matrix.count * width
        }
    }

    private func fill(
        _ values: UnsafeMutableBufferPointer<Float>, _ matrix: GeneMatrix, _ rows: Range<Int>
    ) throws {
        var genes = [UInt8](repeating: 0, count: matrix.length)
        var start = 0
        for row in rows {
            for (place, gene) in matrix.genes(of: row).enumerated() { genes[place] = gene }
            for (part, width) in zip(parts, widths) {
                let end = start + width
                try part.fill(UnsafeMutableBufferPointer(rebasing: values[start..<end]), genes)
                start = end
            }
        }
    }

    /// The features as a predictor takes them, with other columns behind them.
    ///
    /// - Parameter columns: names and numbers, a number for each architecture.
    public func inputs(
        of matrix: GeneMatrix, with columns: [(name: String, values: [Double])] = []
    ) throws -> PredictorInputs {
        let own = try values(of: matrix)
        guard !columns.isEmpty else {
            return PredictorInputs(names: names, values: own, architectures: matrix, space: space)
        }
        let width = names.count
        var values: [Float] = []
        values.reserveCapacity(matrix.count * (width + columns.count))
        for row in 0..<matrix.count {
            values += own[row * width..<(row + 1) * width]
            for column in columns { values.append(Float(column.values[row])) }
        }
        return PredictorInputs(
            names: names + columns.map(\.name), values: values, architectures: matrix, space: space)
    }
}

/// Some of the features of an architecture.
protocol FeaturePart: Sendable {
    var names: [String] { get }
    /// Writes the features of `genes` into `values`, which holds zeros and is as long as `names`.
    func fill(_ values: UnsafeMutableBufferPointer<Float>, _ genes: [UInt8]) throws
}
