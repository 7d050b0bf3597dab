public import Networks

/// The topology search space of NATS-Bench, which is that of NAS-Bench-201: one cell of six edges with five
/// operations each, 15,625 architectures.
///
/// Gene e is the operation on edge e, in the order `1<-0, 2<-0, 2<-1, 3<-0, 3<-1, 3<-2`; architectures are enumerated
/// lexicographically, which is not the benchmark's own order. The network is the authors' `TinyNetwork`: convolutions
/// without bias, affine batch norm, three stages of cells with 1, 2 and 4 times `channels` and residual reductions
/// between them. Published "FLOPs" are multiply-adds of convolutions and of the classifier, its bias included.
public struct NATSTopology: Space {
    /// `nb201`.
    public let name = "nb201"
    /// One line on the space.
    public let summary = "NAS-Bench-201, the topology space of NATS-Bench: cells of 6 edges with 5 operations"
    /// The defining papers.
    public let citation = """
        X. Dong and Y. Yang, "NAS-Bench-201: Extending the Scope of Reproducible Neural Architecture Search", \
        ICLR 2020; X. Dong, L. Liu, K. Musial and B. Gabrys, "NATS-Bench: Benchmarking NAS Algorithms for \
        Architecture Topology and Size", IEEE TPAMI 44(7), 2022
        """
    /// CIFAR's images, `[3, 32, 32]`.
    public let input = Shape(3, 32, 32)
    /// CIFAR-10's classes.
    public let classes = 10
    /// The operation on each edge.
    public let genes = NATSCell.edges.map { Gene("\($0.node)<-\($0.source)", NATSCell.operations) }
    /// One-hot has 30 places, path 5 + 25 + 125 = 155.
    public let encodings = Encoding.allCases

    /// The benchmark's own width and depth.
    public static let usual = (channels: 16, cells: 5)

    /// Channels of the first stage.
    public let channels: Int
    /// Cells in each stage.
    public let cells: Int

    /// The space with the benchmark's own widths and depths, or others.
    ///
    /// - Parameters:
    ///   - channels: of the first stage, at least 1; the benchmark has 16.
    ///   - cells: in each stage, at least 1; the benchmark has 5.
    public init(channels: Int = usual.channels, cells: Int = usual.cells) {
        self.channels = channels
        self.cells = cells
    }

    /// Reads `|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|skip_connect~0|nor_conv_3x3~1|nor_conv_1x1~2|`.
    public func genes(from text: String) throws -> [UInt8] {
        let example = self.text(of: [3, 3, 3, 1, 3, 2])
        var cursor = TextCursor(text, space: name, example: example)
        var values: [UInt8] = []
        for (edge, place) in NATSCell.edges.enumerated() {
            if place.source == 0 { try cursor.expect(edge == 0 ? "|" : "+|") }
            values.append(try cursor.choice(of: NATSCell.operations, "an operation"))
            try cursor.expect("~\(place.source)|")
        }
        try cursor.end()
        return values
    }

    /// The authors' form: for each node its incoming edges as `|operation~source|`, nodes joined by `+`.
    public func text(of genes: [UInt8]) -> String {
        zip(NATSCell.edges, genes).reduce(into: "") { text, edge in
            if edge.0.source == 0 { text += text.isEmpty ? "|" : "+|" }
            text += "\(NATSCell.operations[Int(edge.1)])~\(edge.0.source)|"
        }
    }

    /// The authors' network, named as in their code (`stem`, `cells`, `lastact`, `classifier`).
    public func network(of genes: [UInt8], input: Shape, classes: Int) throws -> Network {
        var net = NetworkBuilder(input: input)
        var x = try NATSCell.stem(&net, net.input, channels: channels)
        for index in 0..<3 * cells + 2 {
            let stage = index / (cells + 1)
            let name = "cells.\(index)"
            let width = channels << stage
            let reduces = index % (cells + 1) == cells
            x =
                reduces
                ? try NATSCell.reduction(&net, x, name, channels: 2 * width)
                : try NATSCell.cell(genes, &net, x, name, channels: width)
        }
        x = try NATSCell.head(&net, x, classes: classes)
        return net.finish(x, counting: .weightsAndBiases)
    }

    /// The output node as an expression of the input `0`, as the authors' `Structure.to_unique_str` has it: a skip is
    /// its source, `none` is `#`, terms are sorted. Equal for the 6,466 classes that the paper counts.
    ///
    /// It is not quite equality as functions: a zero term stays in its sum, and only a node of one zero is zero, so
    /// that `x + #` differs from `x`; and a result that is read twice looks like two results of equal form.
    public func canonicalText(of genes: [UInt8]) -> String {
        var nodes = ["0"]
        for node in 1...3 {
            let incoming = NATSCell.edges.indices.filter { NATSCell.edges[$0].node == node }
            let terms = incoming.map { term(genes[$0], of: nodes[NATSCell.edges[$0].source]) }
            nodes.append(terms.sorted().joined(separator: "+"))
        }
        return nodes[3]
    }

    private func term(_ operation: UInt8, of source: String) -> String {
        if operation == NATSCell.none || source == "#" { return "#" }
        return operation == NATSCell.skip ? source : "(\(source))@\(NATSCell.operations[Int(operation)])"
    }

    /// One-hot and categorical as in every space; path marks, for each of the cell's four paths, its operations.
    public func features(of genes: [UInt8], as encoding: Encoding) -> [Float] {
        switch encoding {
        case .adjacency: return oneHot(genes)
        case .categorical: return genes.map(Float.init)
        case .path:
            var bits = [Float](repeating: 0, count: 5 + 25 + 125)
            for path in NATSCell.paths {
                let offset = [0, 5, 30][path.count - 1]
                bits[offset + path.reduce(0) { 5 * $0 + Int(genes[$1]) }] = 1
            }
            return bits
        }
    }

    /// Prices all 15,625 architectures in a few milliseconds.
    public func costModel(input: Shape, classes: Int) throws -> any CostModel {
        try NATSTopologyCost(input: input, classes: classes, channels: channels, cells: cells)
    }
}
