public import Networks

/// The DARTS space of convolutional cells: a normal and a reduction cell of four nodes, each node the sum of two of
/// seven operations on two different earlier states; 1.08·10¹⁸ genotypes.
///
/// It is the space of final genotypes: `none`, which only the relaxation holds, is not a choice. In text a node's two
/// edges may stand in either order; the earlier source is written first. The network is the authors' evaluation
/// network for CIFAR-10 (36 channels, 20 cells) without its auxiliary head and drop-path.
public struct DARTS: Space {
    /// `darts`.
    public let name = "darts"
    /// One line on the space.
    public let summary = "DARTS: a normal and a reduction cell, 4 nodes each, 7 operations"
    /// The defining paper.
    public let citation =
        "H. Liu, K. Simonyan and Y. Yang, \"DARTS: Differentiable Architecture Search\", ICLR 2019"
    /// CIFAR's images, `[3, 32, 32]`.
    public let input = Shape(3, 32, 32)
    /// CIFAR-10's classes.
    public let classes = 10
    /// For each cell and node the pair of sources (the first node has only one) and two operations.
    public let genes = DARTSCell.genes("normal") + DARTSCell.genes("reduce")

    /// The paper's own width and depth for evaluation.
    public static let usual = (channels: 36, cells: 20)

    private let plan: DARTSPlan

    /// The space with the evaluation network's own width and depth, or others.
    ///
    /// - Parameters:
    ///   - channels: of the first cells, at least 1; the paper's evaluation has 36.
    ///   - cells: at least 3, reductions at one and two thirds; the paper's evaluation has 20.
    public init(channels: Int = usual.channels, cells: Int = usual.cells) {
        plan = DARTSPlan(channels: channels, cells: cells)
    }

    /// Reads `Genotype(normal=[('sep_conv_3x3', 0), …], normal_concat=[2, 3, 4, 5], reduce=[…], reduce_concat=…)`;
    /// a concatenation may also be written `range(2, 6)`.
    public func genes(from text: String) throws -> [UInt8] {
        let example =
            "Genotype(normal=[('sep_conv_3x3', 0), …], normal_concat=[2, 3, 4, 5], reduce=[…], reduce_concat=…)"
        var cursor = TextCursor(text, space: name, example: example)
        try cursor.expect("Genotype(")
        let normal = try cell("normal", &cursor)
        try cursor.separator(",")
        let reduce = try cell("reduce", &cursor)
        try cursor.separator(")")
        try cursor.end()
        return normal.genes + reduce.genes
    }

    private func cell(_ name: String, _ cursor: inout TextCursor) throws -> DARTSCell {
        try cursor.separator("\(name)=[")
        var edges: [(operation: UInt8, source: Int)] = []
        for edge in 0..<8 {
            if edge > 0 { try cursor.separator(",") }
            try cursor.separator("('")
            let operation = try cursor.choice(of: DARTSCell.operations, "an operation")
            try cursor.separator("',")
            cursor.skipBlanks()
            let taken = edge % 2 == 1 ? edges[edge - 1].source : nil
            let free = (0..<edge / 2 + 2).filter { $0 != taken }
            let source = try cursor.number(of: free, "the source of an edge into node \(edge / 2 + 2)")
            try cursor.separator(")")
            edges.append((operation, free[Int(source)]))
        }
        try cursor.separator("],")
        try cursor.separator("\(name)_concat=")
        if !cursor.skip("range(2, 6)") {
            try cursor.separator("[2")
            for state in 3...5 {
                try cursor.separator(",")
                try cursor.separator("\(state)")
            }
            try cursor.separator("]")
        }
        return DARTSCell(edges: edges)
    }

    /// The authors' form.
    public func text(of genes: [UInt8]) -> String {
        let cells = ["normal", "reduce"].enumerated().map { index, name in
            let cell = DARTSCell(genes.span, from: index * DARTSCell.length)
            let edges = (0..<8).map { "('\(DARTSCell.operations[Int(cell.operations[$0])])', \(cell.sources[$0]))" }
            return "\(name)=[\(edges.joined(separator: ", "))], \(name)_concat=[2, 3, 4, 5]"
        }
        return "Genotype(\(cells.joined(separator: ", ")))"
    }

    /// Cells that differ only by the order of their nodes are the same up to the order of channels.
    public func canonicalText(of genes: [UInt8]) -> String {
        text(of: DARTSCell(genes.span, from: 0).canonical + DARTSCell(genes.span, from: DARTSCell.length).canonical)
    }

    /// The authors' `NetworkCIFAR`, named as in their code (`stem`, `cells`, `classifier`).
    ///
    /// A node's edges are numbered with the earlier source first, which may swap them against a checkpoint.
    public func network(of genes: [UInt8], input: Shape, classes: Int) throws -> Network {
        let normal = DARTSCell(genes.span, from: 0)
        let reduce = DARTSCell(genes.span, from: DARTSCell.length)
        var net = NetworkBuilder(input: input)
        var states = [try plan.stem(&net, net.input)]
        states.append(states[0])
        for cell in plan.cells {
            states.append(try plan.add(cell, cell.reduces ? reduce : normal, &net, states.suffix(2)))
        }
        let logits = try net.classifier(states[states.count - 1], "classifier", classes: classes)
        return net.finish(logits)
    }

    /// Prices from the cost of each operation in each kind of cell.
    public func costModel(input: Shape, classes: Int) throws -> any CostModel {
        try DARTSCost(plan: plan, input: input, classes: classes)
    }
}

extension TextCursor {
    /// Reads `token` between any blanks.
    fileprivate mutating func separator(_ token: String) throws {
        skipBlanks()
        try expect(token)
    }
}
