import Glibc
import Networks
import Spaces

/// Logarithms of what a network costs, whole and live.
struct CostFeatures: FeaturePart {
    let names = ["params", "macs", "live params", "live macs", "depth", "live depth"]
    private let prices: any CostModel

    init(_ space: any Space) throws {
        prices = try space.costModel(input: space.input, classes: space.classes)
    }

    func fill(_ values: UnsafeMutableBufferPointer<Float>, _ genes: [UInt8]) throws {
        let cost = try prices.cost(of: genes)
        for (place, number) in [
            cost.raw.parameters, cost.raw.macs, cost.live.parameters, cost.live.macs,
        ].enumerated() { values[place] = Float(log1p(Double(number))) }
        values[4] = Float(cost.raw.depth)
        values[5] = Float(cost.live.depth)
    }
}

/// A 1 at the choice that each gene takes.
struct OneHotFeatures: FeaturePart {
    let names: [String]
    private let starts: [Int]

    init(_ space: any Space) {
        var starts: [Int] = []
        var names: [String] = []
        for gene in space.genes {
            starts.append(names.count)
            names += gene.choices.map { "gene \(gene.name) \($0)" }
        }
        (self.names, self.starts) = (names, starts)
    }

    func fill(_ values: UnsafeMutableBufferPointer<Float>, _ genes: [UInt8]) {
        for (gene, start) in starts.enumerated() { values[start + Int(genes[gene])] = 1 }
    }
}

/// The number of each gene's choice.
struct ChoiceFeatures: FeaturePart {
    let names: [String]

    init(_ space: any Space) { names = space.genes.map { "choice \($0.name)" } }

    func fill(_ values: UnsafeMutableBufferPointer<Float>, _ genes: [UInt8]) {
        for (gene, choice) in genes.enumerated() { values[gene] = Float(choice) }
    }
}

/// The space's own path encoding.
struct PathFeatures: FeaturePart {
    let names: [String]
    private let space: any Space

    init(_ space: any Space) {
        self.space = space
        let length = space.features(of: space.genes.map { _ in 0 }, as: .path).count
        names = (0..<length).map { "path \($0)" }
    }

    func fill(_ values: UnsafeMutableBufferPointer<Float>, _ genes: [UInt8]) {
        for (place, value) in space.features(of: genes, as: .path).enumerated() { values[place] = value }
    }
}
