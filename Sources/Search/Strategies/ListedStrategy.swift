public import Spaces
public import Statistics

/// Architectures that are given, in their order.
public struct ListedStrategy: Strategy {
    private var rest: ArraySlice<Architecture>

    /// Proposes these, one after the other.
    public init(_ architectures: [Architecture]) { rest = architectures[...] }

    /// The next of them; nil after the last.
    public mutating func ask(using generator: inout Random) throws -> Architecture? { rest.popFirst() }

    /// What came of one changes nothing.
    public mutating func tell(_ observation: Observation) {}
}
