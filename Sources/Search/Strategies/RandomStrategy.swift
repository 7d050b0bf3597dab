public import Spaces
public import Statistics

/// Draws architectures uniformly, none isomorphic to an earlier one; ends where a space is used up.
public struct RandomStrategy: Strategy {
    private var fresh: FreshArchitectures

    /// Draws from `space`.
    public init(space: any Space) { fresh = FreshArchitectures(space) }

    /// A uniform draw of what is left.
    public mutating func ask(using generator: inout Random) throws -> Architecture? {
        try fresh.draw(using: &generator)
    }

    /// Keeps what was evaluated elsewhere from being drawn.
    public mutating func tell(_ observation: Observation) { _ = fresh.note(observation.architecture) }
}
