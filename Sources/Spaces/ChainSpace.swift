public import Networks

/// A space that a user defines: stages in a row, each with choices of block, kernel, expansion, channels and depth,
/// and perhaps a constraint.
///
///     let space = try ChainSpace(
///         name: "mine", input: Shape(3, 32, 32), classes: 10, stem: 16,
///         stages: [
///             ChainStage([.mbconv], kernels: [3, 5], expansions: [3, 6], channels: [24, 32], depths: [1, 2, 3]),
///             ChainStage([.mbconv, .residual], channels: [64], depths: [1, 2], stride: 2),
///         ],
///         constraint: { $0.cost.raw.macs < 20_000_000 })
///
/// It has the same rights as the built-in spaces. A decision with one choice is no gene.
public struct ChainSpace: Space {
    /// What a constraint sees of an architecture.
    public struct Candidate: Sendable {
        /// What was chosen for each stage.
        public let stages: [ChainStage.Choice]
        /// Its cost for the space's own input and classes.
        public let cost: ArchitectureCost
    }

    /// The name that the user gave.
    public let name: String
    /// One line on the space.
    public let summary: String
    /// Nothing to cite: the space is its user's own.
    public let citation = "defined by the user"
    /// The shape of one input sample, `[C, H, W]`.
    public let input: Shape
    /// The number of classes.
    public let classes: Int
    /// Every decision of every stage that has more than one choice.
    public let genes: [Gene]
    /// The stages.
    public let stages: [ChainStage]

    private let chain: ChainPlan
    private let constraint: (@Sendable (Candidate) -> Bool)?
    private let prices: ChainCost

    /// A space of the given stages.
    ///
    /// Throws ``SpaceError`` for a stage without sense or when there is nothing to choose, `NetworkError` when the
    /// input is too small for the strides.
    ///
    /// - Parameters:
    ///   - stem: channels of the first 3×3 convolution.
    ///   - stemStride: its stride.
    ///   - head: channels of a 1×1 convolution before the classifier; none without.
    ///   - constraint: which candidates are inside; all without.
    public init(
        name: String, summary: String = "a chain of stages, defined by the user", input: Shape, classes: Int,
        stem: Int, stemStride: Int = 1, stages: [ChainStage], head: Int? = nil,
        constraint: (@Sendable (Candidate) -> Bool)? = nil
    ) throws {
        for (index, stage) in stages.enumerated() {
            guard let fault = stage.fault else { continue }
            throw SpaceError(
                name, "stage \(index + 1) \(fault)",
                try: "state each choice once, kernels odd; split a stage that is too rich")
        }
        guard !name.isEmpty, name.utf8.allSatisfy(isWordByte) else {
            throw SpaceError(name, "is no name for a space", try: "use letters, digits and underscores")
        }
        chain = ChainPlan(stages: stages, stem: stem, stemStride: stemStride, head: head)
        guard !chain.genes.isEmpty else {
            throw SpaceError(name, "there is nothing to choose", try: "give some stage two kernels or depths")
        }
        guard [stem, stemStride, classes, head ?? 1].allSatisfy((1...1_000_000).contains) else {
            throw SpaceError(name, "stem, stride, head or classes are out of range", try: "use 1 to 1,000,000")
        }
        self.name = name
        self.summary = summary
        self.input = input
        self.classes = classes
        self.stages = stages
        self.constraint = constraint
        genes = chain.genes
        prices = try ChainCost(chain.parts(classes), bases: genes.map(\.choices.count), input: input)
    }

    /// Whether the user gave a constraint.
    public var isConstrained: Bool { constraint != nil }

    /// Whether the user's constraint holds.
    public func admits(_ genes: [UInt8]) -> Bool {
        guard let constraint else { return true }
        return constraint(Candidate(stages: chain.choices(of: genes), cost: prices.cost(of: genes.span)))
    }

    /// Reads one `block-kKERNEL-eEXPANSION-cCHANNELS-dDEPTH` a stage, joined by `|`, such as
    /// `mbconv-k3-e6-c24-d2|residual-k3-e1-c64-d1`.
    public func genes(from text: String) throws -> [UInt8] {
        let example = self.text(of: genes.map { _ in 0 })
        var cursor = TextCursor(text, space: name, example: example)
        var values: [UInt8] = []
        for (index, stage) in stages.enumerated() {
            if index > 0 { try cursor.expect("|") }
            for field in stage.fields {
                if !field.mark.isEmpty { try cursor.expect("-" + field.mark) }
                let value = try cursor.choice(of: field.choices, "the \(field.name) of stage \(index + 1)")
                if field.choices.count > 1 { values.append(value) }
            }
        }
        try cursor.end()
        return values
    }

    /// The choices of every stage, those with one choice too.
    public func text(of genes: [UInt8]) -> String { chain.choices(of: genes).map(\.text).joined(separator: "|") }

    /// As the text, with expansions that a block ignores set to 1.
    public func canonicalText(of genes: [UInt8]) -> String {
        chain.choices(of: genes).map(\.canonical.text).joined(separator: "|")
    }

    /// The network: stem, stages, perhaps a head, global average pool and classifier.
    public func network(of genes: [UInt8], input: Shape, classes: Int) throws -> Network {
        try chain.parts(classes).network(of: genes, input: input)
    }

    /// Prices from the cost of each stage under its own choices and the channels that it gets.
    public func costModel(input: Shape, classes: Int) throws -> any CostModel {
        try ChainCost(chain.parts(classes), bases: genes.map(\.choices.count), input: input)
    }
}
