public import Networks

/// A search space: a row of genes, their text in the authors' own form, and the network that they stand for.
///
/// To add one, write a type with the properties and the three functions without default, and put it into
/// ``Spaces/all``. Counting, enumeration, sampling, mutation, crossover, neighbours and encodings follow from the
/// genes; the rest of the requirements are there to be faster or to know more.
public protocol Space: Sendable {
    /// The name by which it is called: letters, digits and underscores.
    var name: String { get }
    /// What it is, in one line.
    var summary: String { get }
    /// The paper that defines it, in full.
    var citation: String { get }
    /// The shape of one input sample that its networks are usually built for, `[C, H, W]`.
    var input: Shape { get }
    /// The number of classes that its networks usually tell apart.
    var classes: Int { get }
    /// The decisions in order.
    var genes: [Gene] { get }

    /// The genes that `text`, in the authors' form, stands for. Throws ``SpaceError`` with the place of the fault.
    func genes(from text: String) throws -> [UInt8]
    /// The authors' form of genes that are inside the space.
    func text(of genes: [UInt8]) -> String
    /// The network of genes that are inside the space. Throws `NetworkError` when `input` is too small for it.
    func network(of genes: [UInt8], input: Shape, classes: Int) throws -> Network

    /// Whether some combinations of choices are outside.
    var isConstrained: Bool { get }
    /// Whether a combination of choices, each in range, is inside.
    func admits(_ genes: [UInt8]) -> Bool
    /// A text that is equal for architectures that are the same function up to the order of equal parts.
    func canonicalText(of genes: [UInt8]) -> String
    /// Which encodings ``encode(_:as:)`` offers.
    var encodings: [Encoding] { get }
    /// Genes inside the space as a vector of features; `encoding` is one of ``encodings``.
    func features(of genes: [UInt8], as encoding: Encoding) -> [Float]
    /// Prices architectures built for `input` and `classes`. Throws `NetworkError` when `input` is too small.
    func costModel(input: Shape, classes: Int) throws -> any CostModel
    /// The kinds of operations that ``operationGraphs()`` tell apart.
    var operationKinds: [OperationKind] { get }
    /// A function that gives the graph of the operations of genes inside the space.
    func operationGraphs() -> @Sendable ([UInt8]) -> OperationGraph
}

extension Space {
    /// All combinations of choices are inside unless a space says otherwise.
    public var isConstrained: Bool { false }
    /// All combinations of choices are inside unless a space says otherwise.
    public func admits(_ genes: [UInt8]) -> Bool { true }
    /// Without a finer rule, only equal architectures are the same.
    public func canonicalText(of genes: [UInt8]) -> String { text(of: genes) }
    /// Without a finer rule, architectures are priced by building their graphs.
    public func costModel(input: Shape, classes: Int) throws -> any CostModel {
        GraphCostModel { try network(of: $0, input: input, classes: classes) }
    }

    /// Reads an architecture in the authors' form. Throws ``SpaceError``, which names the place of the fault.
    public func parse(_ text: String) throws -> Architecture {
        let architecture = Architecture(space: name, genes: try genes(from: text))
        try check(architecture)
        return architecture
    }

    /// Reads an architecture in the authors' form or in that of ``Architecture/description``, `nb201:3,3,1,0,2,4`.
    ///
    /// Throws ``SpaceError``, also for an architecture of another space.
    public func read(_ text: String) throws -> Architecture {
        guard let plain = Architecture(text), plain.space == name || Spaces.named(plain.space) != nil else {
            return try parse(text)
        }
        try check(plain)
        return plain
    }

    /// The authors' form of `architecture`; its plain form where it is not of this space.
    public func describe(_ architecture: Architecture) -> String {
        isValid(architecture) ? text(of: architecture.genes) : architecture.description
    }

    /// The network of `architecture`, by default for the space's own input and classes.
    ///
    /// Throws ``SpaceError`` for one that is not of this space, `NetworkError` for an input that is too small.
    public func network(for architecture: Architecture, input: Shape? = nil, classes: Int? = nil) throws -> Network {
        try check(architecture)
        return try network(of: architecture.genes, input: input ?? self.input, classes: classes ?? self.classes)
    }

    /// The cost of `architecture`, whole and live. For many architectures keep a ``costModel(input:classes:)``.
    public func cost(
        of architecture: Architecture, input: Shape? = nil, classes: Int? = nil
    ) throws -> ArchitectureCost {
        try check(architecture)
        return try costModel(input: input ?? self.input, classes: classes ?? self.classes).cost(of: architecture.genes)
    }

    /// A text that is equal for isomorphic architectures. Throws ``SpaceError`` for one that is not of this space.
    public func canonicalForm(of architecture: Architecture) throws -> String {
        try check(architecture)
        return canonicalText(of: architecture.genes)
    }

    /// Whether ``check(_:)`` passes.
    public func isValid(_ architecture: Architecture) -> Bool { (try? check(architecture)) != nil }

    /// Throws ``SpaceError`` unless `architecture` is one of this space.
    public func check(_ architecture: Architecture) throws {
        guard architecture.space == name else {
            throw SpaceError(
                name, "the architecture is one of '\(architecture.space)'",
                try: "use that space, or parse its text here")
        }
        try check(architecture.genes)
        guard !isConstrained || admits(architecture.genes) else {
            throw SpaceError(
                name, "\(text(of: architecture.genes)) violates the constraint",
                try: "change a choice or the constraint")
        }
    }

    private func check(_ values: [UInt8]) throws {
        guard values.count == genes.count else {
            throw SpaceError(name, "expected \(genes.count) genes, not \(values.count)", try: "state every gene")
        }
        for (gene, value) in zip(genes, values) where Int(value) >= gene.choices.count {
            throw SpaceError(
                name, "gene \(gene.name) has no choice \(value)",
                try: "use a number from 0 to \(gene.choices.count - 1)")
        }
    }
}
