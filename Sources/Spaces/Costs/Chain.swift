import Networks

/// A network made of parts in a row, each a function of a few genes, with one result passing between them.
struct Chain: Sendable {
    /// One part.
    struct Part: Sendable {
        /// The genes that decide its layers and the shape that comes in, by their place in the space.
        let genes: [Int]
        /// Adds its layers behind a node for the genes of a whole architecture; returns the last node.
        let build: @Sendable (inout NetworkBuilder, Int, [UInt8]) throws -> Int

        init(genes: [Int] = [], _ build: @escaping @Sendable (inout NetworkBuilder, Int, [UInt8]) throws -> Int) {
            self.genes = genes
            self.build = build
        }
    }

    let parts: [Part]
    let counting: MultiplyAdds

    init(_ parts: [Part], counting: MultiplyAdds = .weights) {
        self.parts = parts
        self.counting = counting
    }

    /// The network of `genes`.
    func network(of genes: [UInt8], input: Shape) throws -> Network {
        var net = NetworkBuilder(input: input)
        var x = net.input
        for part in parts { x = try part.build(&net, x, genes) }
        return net.finish(x, counting: counting)
    }
}

/// Prices a chain from the measured cost of each part under each combination of its genes. Nothing in a chain is
/// dead, so whole and live cost are the same.
struct ChainCost: CostModel {
    /// A part's costs; the combination of its genes is the place, the last gene fastest.
    private struct PartTable {
        var genes: [Int]
        var bases: [Int]
        var costs: [NetworkCost] = []
        var outputs: [Shape] = []

        func place(of genes: Span<UInt8>) -> Int {
            var place = 0
            for index in self.genes.indices { place = place * bases[index] + Int(genes[self.genes[index]]) }
            return place
        }
    }

    private let constant: NetworkCost
    private let tables: [PartTable]

    /// Measures `chain`, whose genes have `bases` choices each.
    init(_ chain: Chain, bases: [Int], input: Shape) throws {
        var constant = NetworkCost()
        var tables: [PartTable] = []
        var previous = PartTable(genes: [], bases: [], outputs: [input])
        for part in chain.parts {
            let table = try Self.measure(part, after: previous, bases: bases, counting: chain.counting)
            if part.genes.isEmpty { constant.append(table.costs[0]) } else { tables.append(table) }
            previous = table
        }
        self.constant = constant
        self.tables = tables
    }

    private static func measure(
        _ part: Chain.Part, after previous: PartTable, bases: [Int], counting: MultiplyAdds
    ) throws -> PartTable {
        var table = PartTable(genes: part.genes, bases: part.genes.map { bases[$0] })
        var genes = [UInt8](repeating: 0, count: bases.count)
        for combination in 0..<table.bases.reduce(1, *) {
            var rest = combination
            for (gene, base) in zip(table.genes, table.bases).reversed() {
                genes[gene] = UInt8(rest % base)
                rest /= base
            }
            let input = previous.outputs[previous.place(of: genes.span)]
            let piece = try Fragment(input: input, counting: counting) { try part.build(&$0, $1, genes) }
            table.costs.append(piece.cost)
            table.outputs.append(piece.output)
        }
        return table
    }

    func cost(of genes: Span<UInt8>) -> ArchitectureCost {
        var total = constant
        for table in tables { total.append(table.costs[table.place(of: genes)]) }
        return ArchitectureCost(raw: total, live: total)
    }
}

/// `genes` with the choices `identity` moved behind the others inside each range: a layer that does nothing may
/// stand anywhere among layers of equal shape.
func movingIdentities(_ identity: UInt8, of genes: [UInt8], behindOthersIn ranges: [Range<Int>]) -> [UInt8] {
    var genes = genes
    for range in ranges {
        let working = genes[range].filter { $0 != identity }
        let idle = [UInt8](repeating: identity, count: range.count - working.count)
        genes.replaceSubrange(range, with: working + idle)
    }
    return genes
}
