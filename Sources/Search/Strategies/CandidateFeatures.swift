import Estimation
import Glibc
import Networks
public import Spaces
import Synchronization

/// What a model sees of an architecture, in blocks: its genes, its paths, and what its live part costs.
///
/// The number of parameters on a path from input to output alone ranks NAS-Bench-201 better than any zero-cost proxy
/// of the original collection, and costs nothing; so it stands in every row, as a logarithm.
public struct CandidateFeatures: Sendable {
    /// The space.
    private let space: any Space
    private let costs: (any CostModel)?
    private let hasPaths: Bool
    /// For each gene the values of its choices, where all are numbers, from 0 to √2.
    private let scales: [[Float]?]
    /// Where each block begins and ends in a row.
    public let blocks: [Range<Int>]
    /// The numbers of the blocks of genes, of costs, and of paths where the space has them.
    public let genes: [Int], cost: [Int], paths: [Int]

    /// The features of a space.
    public init(_ space: any Space) {
        self.space = space
        costs = try? space.costModel(input: space.input, classes: space.classes)
        hasPaths = space.encodings.contains(.path)
        scales = space.genes.map { Self.scale(of: $0) }
        var widths = zip(space.genes, scales).map { $0.choices.count + ($1 == nil ? 0 : 1) }
        genes = Array(widths.indices)
        widths += [1, 1, 1, 1]
        cost = Array(genes.count..<widths.count)
        paths = hasPaths ? [widths.count] : []
        if hasPaths {
            let first = space.genes.map { _ in UInt8(0) }
            widths.append(space.features(of: first, as: .path).count)
        }
        var end = 0
        blocks = widths.map { width in
            defer { end += width }
            return end..<end + width
        }
    }

    /// Numbers such as channels keep their order beside being different: their logarithms, from 0 to √2.
    private static func scale(of gene: Gene) -> [Float]? {
        let numbers = gene.choices.compactMap { Double($0) }
        guard numbers.count == gene.choices.count, numbers.allSatisfy({ $0 > 0 }), let low = numbers.min(),
            let high = numbers.max(), high > low
        else { return nil }
        return numbers.map { Float(2.0.squareRoot() * log($0 / low) / log(high / low)) }
    }

    /// A name for each feature: its block's, and a number.
    var names: [String] {
        let stems = genes.map { "gene\($0)" } + ["log_params", "log_macs", "log_activations", "log_depth"] + ["path"]
        return zip(stems, blocks).flatMap { stem, block in
            block.count == 1 ? [stem] : block.indices.map { "\(stem).\($0 - block.lowerBound)" }
        }
    }

    /// The row of an architecture.
    public func row(of architecture: Architecture) -> [Float] {
        var row: [Float] = []
        row.reserveCapacity(blocks.last?.upperBound ?? 0)
        for (gene, choice) in architecture.genes.enumerated() {
            for place in space.genes[gene].choices.indices { row.append(place == Int(choice) ? 1 : 0) }
            if let scale = scales[gene] { row.append(scale[Int(choice)]) }
        }
        let live = (try? costs?.cost(of: architecture.genes))?.live ?? NetworkCost()
        let counts = [live.parameters, live.macs, live.activationBytes, live.depth]
        row += counts.map { Float(log(Double(1 + $0))) }
        if hasPaths { row += space.features(of: architecture.genes, as: .path) }
        return row
    }

    /// The rows of architectures, one after another.
    public func rows(of architectures: [Architecture]) -> [Float] { architectures.flatMap { row(of: $0) } }
}

/// Features scaled for a Gaussian process, made when they are first asked for.
final class ScaledFeatures: Sendable {
    private let features: CandidateFeatures
    private let architectures: [Architecture]
    private let made = Mutex<GaussianProcessFeatures?>(nil)

    init(_ features: CandidateFeatures, _ architectures: [Architecture]) {
        (self.features, self.architectures) = (features, architectures)
    }

    var value: GaussianProcessFeatures {
        made.withLock { made in
            if let made { return made }
            let new = GaussianProcessFeatures(features.rows(of: architectures), blocks: features.blocks)
            made = new
            return new
        }
    }
}
