public import Spaces
public import Statistics

/// Steps to a better neighbour as long as there is one, then begins anew elsewhere.
///
/// C. White, S. Nolen and Y. Savani: Exploring the Loss Landscape in Neural Architecture Search. UAI 2021, with the
/// step to the first better neighbour met, in random order, instead of the best of all. What is known of neighbours is
/// used without asking again.
public struct LocalSearch: Strategy {
    private var memory: SearchMemory
    /// Where the search stands, and its neighbours in the order in which they are tried.
    private var current: (architecture: Architecture, value: Double)?
    private var neighbours: [Architecture] = []
    private var isNewPlace = false

    /// A search of a domain.
    public init(_ domain: SearchDomain) { memory = SearchMemory(domain) }

    /// The next architecture; nil where none is left.
    public mutating func ask(using generator: inout Random) throws -> Architecture? {
        while let here = current {
            if isNewPlace {
                neighbours = try memory.domain.space.neighbours(of: here.architecture)
                generator.shuffle(&neighbours)
                isNewPlace = false
            }
            if let better = neighbours.first(where: { (memory.value(of: $0) ?? -.infinity) > here.value }) {
                stand(at: better)
                continue
            }
            if let next = try neighbours.first(where: { try memory.isOpen($0) }) {
                memory.claim(next)
                return next
            }
            current = nil
        }
        return try memory.draw(using: &generator)
    }

    private mutating func stand(at architecture: Architecture) {
        guard let value = memory.value(of: architecture) else { return }
        (current, isNewPlace) = ((architecture, value), true)
    }

    /// Hears of an evaluation; the first that gives a value after a new beginning is where the search goes on.
    public mutating func tell(_ observation: Observation) {
        memory.hear(observation)
        if current == nil { stand(at: observation.architecture) }
    }
}
