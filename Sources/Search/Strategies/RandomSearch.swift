public import Spaces
public import Statistics

/// Draws architectures as the space has them, none twice.
///
/// J. Bergstra and Y. Bengio: Random Search for Hyper-Parameter Optimization. Journal of Machine Learning Research 13,
/// 2012.
public struct RandomSearch: Strategy {
    private var memory: SearchMemory

    /// A search of a domain.
    public init(_ domain: SearchDomain) { memory = SearchMemory(domain) }

    /// The next architecture; nil where none is left.
    public mutating func ask(using generator: inout Random) throws -> Architecture? {
        try memory.draw(using: &generator)
    }

    /// Hears of an evaluation.
    public mutating func tell(_ observation: Observation) { memory.hear(observation) }
}
