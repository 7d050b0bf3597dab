/// A kind of operation that an architecture may choose.
public struct OperationKind: Hashable, Sendable {
    /// Its name, such as `nor_conv_3x3`.
    public let name: String
    /// Whether a signal passes; not through `none`.
    public let passes: Bool
    /// Whether it has a convolution or a linear layer.
    public let isWeighted: Bool

    /// A kind of operation.
    public init(_ name: String, passes: Bool = true, isWeighted: Bool = true) {
        (self.name, self.passes, self.isWeighted) = (name, passes, isWeighted)
    }
}

/// The choices of an architecture as a directed acyclic graph: operations are nodes, results run along edges.
///
/// It is the cell of a space of cells and the row of layers of a chain; what all architectures share is left out.
public struct OperationGraph: Hashable, Sendable {
    /// An edge from one operation to a later one.
    public struct Edge: Hashable, Sendable {
        /// The node read.
        public let source: Int
        /// The node that reads.
        public let target: Int
    }

    /// For each node its place in the space's `operationKinds`; −1 for the input, which is node 0, and for the output,
    /// which is the last.
    public let kinds: [Int]
    /// The edges, by ascending target.
    public let edges: [Edge]

    /// A graph of `kinds` between an input and an output.
    ///
    /// - Parameter edges: pairs of source and target, where 0 is the input and `kinds.count + 1` the output; ascending
    ///   by target, each target after its source.
    init(_ kinds: [Int], edges: [(Int, Int)]) {
        self.kinds = [-1] + kinds + [-1]
        self.edges = edges.map { Edge(source: $0.0, target: $0.1) }
    }
}

// The graph of a space without a finer rule: its genes in a row. Genes with the same choices choose among the same kinds.
extension Space {
    /// The kinds of all genes, each list of choices once.
    public var operationKinds: [OperationKind] { GeneKinds(genes).kinds }

    /// The genes in a row.
    public func operationGraph(of genes: [UInt8]) -> OperationGraph {
        operationGraphs()(genes)
    }

    /// The graphs of many architectures, with what they share made once.
    public func operationGraphs() -> @Sendable ([UInt8]) -> OperationGraph {
        let starts = GeneKinds(genes).starts
        let edges = (0...starts.count).map { ($0, $0 + 1) }
        return { genes in OperationGraph(zip(starts, genes).map { $0 + Int($1) }, edges: edges) }
    }
}

/// Which kinds the genes of a chain choose among.
private struct GeneKinds {
    private(set) var kinds: [OperationKind] = []
    /// For each gene the place of its first choice in `kinds`.
    private(set) var starts: [Int] = []

    init(_ genes: [Gene]) {
        var known: [[String]: Int] = [:]
        let isUniform = Set(genes.map(\.choices)).count == 1
        for gene in genes {
            if known[gene.choices] == nil {
                known[gene.choices] = kinds.count
                kinds += gene.choices.map { choice in
                    OperationKind(
                        isUniform ? choice : "\(gene.name)=\(choice)",
                        isWeighted: !["identity", "skip"].contains(choice))
                }
            }
            starts.append(known[gene.choices] ?? 0)
        }
    }
}

extension NATSTopology {
    /// The five operations of an edge.
    public var operationKinds: [OperationKind] {
        NATSCell.operations.enumerated().map { number, name in
            OperationKind(
                name, passes: number != Int(NATSCell.none), isWeighted: name.hasPrefix("nor_conv"))
        }
    }

    /// The cell, an operation for each of its six edges.
    public func operationGraphs() -> @Sendable ([UInt8]) -> OperationGraph {
        var edges: [(Int, Int)] = []
        for (number, place) in NATSCell.edges.enumerated() {
            if place.source == 0 { edges.append((0, number + 1)) }
            for (before, other) in NATSCell.edges.enumerated() where other.node == place.source {
                edges.append((before + 1, number + 1))
            }
        }
        for (number, place) in NATSCell.edges.enumerated() where place.node == 3 { edges.append((number + 1, 7)) }
        let shared = edges
        return { genes in OperationGraph(genes.map(Int.init), edges: shared) }
    }
}

extension DARTS {
    /// The seven operations, in the normal and in the reduction cell.
    public var operationKinds: [OperationKind] {
        ["normal", "reduce"].flatMap { cell in
            DARTSCell.operations.map { OperationKind("\(cell).\($0)", isWeighted: $0.contains("conv")) }
        }
    }

    /// The normal cell, and behind all of its nodes the reduction cell; both inputs of a cell are what came before it.
    public func operationGraphs() -> @Sendable ([UInt8]) -> OperationGraph {
        { genes in
            var kinds: [Int] = []
            var edges: [(Int, Int)] = []
            var before = [0]
            for number in 0..<2 {
                let cell = DARTSCell(genes.span, from: number * DARTSCell.length)
                let first = kinds.count + 1
                for edge in 0..<8 {
                    let source = cell.sources[edge]
                    let read = source < 2 ? before : [first + 2 * (source - 2), first + 2 * (source - 2) + 1]
                    edges += read.map { ($0, first + edge) }
                    kinds.append(number * DARTSCell.operations.count + Int(cell.operations[edge]))
                }
                before = Array(first..<first + 8)
            }
            edges += before.map { ($0, kinds.count + 1) }
            return OperationGraph(kinds, edges: edges)
        }
    }
}
