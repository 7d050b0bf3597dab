public import Networks

/// What an architecture costs: its whole network, and the part of it on a path from input to output.
public struct ArchitectureCost: Hashable, Codable, Sendable {
    /// The whole graph.
    public let raw: NetworkCost
    /// The live part. Where no path leads from input to output, what is left outside of the space's choices.
    public let live: NetworkCost

    /// Both costs.
    public init(raw: NetworkCost, live: NetworkCost) {
        self.raw = raw
        self.live = live
    }

    init(of network: Network) { self.init(raw: network.cost, live: network.liveCost) }
}

/// Prices the architectures of one space for one input shape and number of classes, exactly as their graphs do.
public protocol CostModel: Sendable {
    /// The cost of genes that are inside the space. Throws what building their network throws.
    func cost(of genes: Span<UInt8>) throws -> ArchitectureCost
}

extension CostModel {
    /// The cost of genes that are inside the space. Throws what building their network throws.
    public func cost(of genes: [UInt8]) throws -> ArchitectureCost { try cost(of: genes.span) }

    /// The cost of every row. Throws what building their networks throws.
    public func costs(of matrix: GeneMatrix) throws -> [ArchitectureCost] {
        let rows = matrix.storage.span
        return try matrix.indices.map { row in
            try cost(of: rows.extracting(row * matrix.length..<(row + 1) * matrix.length))
        }
    }
}

/// Builds each network and counts on it.
struct GraphCostModel: CostModel {
    let network: @Sendable ([UInt8]) throws -> Network

    func cost(of genes: Span<UInt8>) throws -> ArchitectureCost {
        ArchitectureCost(of: try network(genes.indices.map { genes[$0] }))
    }
}
