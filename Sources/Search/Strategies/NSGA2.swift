public import Spaces
public import Statistics

/// The elitist genetic algorithm for several objectives.
///
/// K. Deb, A. Pratap, S. Agarwal and T. Meyarivan: A Fast and Elitist Multiobjective Genetic Algorithm: NSGA-II. IEEE
/// Transactions on Evolutionary Computation 6(2), 2002. The paper's settings: a population of 100, crossover with
/// probability 0.9, each gene mutated with probability 1 over their number. For genes that are choices crossover is
/// uniform and a mutation draws another choice. A child that is isomorphic to a known architecture is drawn again, so
/// that every evaluation is new; where that fails too often, the child is a mutant, then a random architecture.
public struct NSGA2: Strategy {
    private let size: Int
    private var memory: SearchMemory
    /// The parents, the best first.
    private var parents: [Observation] = []
    /// What was evaluated since the parents were chosen.
    private var children: [Observation] = []

    /// The probability of crossover.
    private static let crossover = 0.9

    /// A search of a domain.
    /// - Throws: `SearchError.setting` for a population of fewer than 2.
    public init(_ domain: SearchDomain, population: Int = 100) throws {
        guard population >= 2 else { throw SearchError.setting("population of nsga2", expected: "at least 2") }
        (size, memory) = (population, SearchMemory(domain))
    }

    /// The next architecture; nil where none is left.
    public mutating func ask(using generator: inout Random) throws -> Architecture? {
        guard parents.count >= 2 else { return try memory.draw(using: &generator) }
        for _ in 0..<100 {
            let child = try child(using: &generator)
            if try memory.isOpen(child) {
                memory.claim(child)
                return child
            }
        }
        let parent = parents[tournament(using: &generator)].architecture
        if let mutant = try memory.mutant(of: parent, using: &generator) {
            memory.claim(mutant)
            return mutant
        }
        return try memory.draw(using: &generator)
    }

    /// A child of two winners of tournaments.
    private func child(using generator: inout Random) throws -> Architecture {
        let space = memory.domain.space
        let (first, second) = (parents[tournament(using: &generator)], parents[tournament(using: &generator)])
        var child = first.architecture
        if generator.uniform() < Self.crossover {
            child = try space.cross(first.architecture, second.architecture, using: &generator)
        }
        let mutations = space.genes.indices.reduce(0) { sum, _ in
            sum + (generator.below(space.genes.count) == 0 ? 1 : 0)
        }
        for _ in 0..<mutations { child = try space.mutate(child, using: &generator) }
        return child
    }

    /// The better of two parents: they stand by front and, within it, by crowding.
    private func tournament(using generator: inout Random) -> Int {
        min(generator.below(parents.count), generator.below(parents.count))
    }

    /// Hears of an evaluation; as soon as there are as many children as parents, the best of both are the parents.
    public mutating func tell(_ observation: Observation) {
        memory.hear(observation)
        guard !memory.hasFailed(observation.architecture) else { return }
        children.append(observation)
        guard children.count >= size else { return }
        let all = parents + children
        parents = Self.order(all.map(\.values)).prefix(size).map { all[$0] }
        children = []
    }

    /// The points, all objectives to be maximised, front by front, within a front the lonely first.
    static func order(_ values: [[Double]]) -> [Int] {
        guard let objectives = values.first?.count,
            let points = try? Objectives(
                (0..<objectives).map { objective in values.map { $0[objective] } },
                (0..<objectives).map { _ in .maximise })
        else { return [] }
        let ranks = Pareto.ranks(points)
        let crowding = Pareto.crowding(points, ranks: ranks)
        return points.points.sorted { a, b in
            if ranks[a]! != ranks[b]! { return ranks[a]! < ranks[b]! }
            if crowding[a]! != crowding[b]! { return crowding[a]! > crowding[b]! }
            return a < b
        }
    }
}
