import Estimation
public import Spaces
public import Statistics

/// Bayesian optimisation with an ensemble of small networks and independent Thompson sampling.
///
/// C. White, W. Neiswanger and Y. Savani: BANANAS: Bayesian Optimization with Neural Architectures for Neural
/// Architecture Search. AAAI 2021, with the settings of their code: 10 random architectures, then rounds of 10, each
/// chosen from 100 mutants of the best architecture in which every gene changes with probability 1/(genes − 2). Departure:
/// the model sees one-hot genes, not paths.
public struct Bananas: Strategy {
    private let round = 10
    private let candidates = 100
    private let encoding = Encoding.adjacency
    private let members: Int
    private let epochs: Int
    private var rounds: SearchRounds
    private var memory: SearchMemory { rounds.memory }

    /// A search of a domain of one objective.
    /// - Parameters:
    ///   - members: how many networks the ensemble has.
    ///   - epochs: for how long each learns.
    /// - Throws: `SearchError.objectives` for several objectives.
    public init(_ domain: SearchDomain, members: Int = 5, epochs: Int = 150) throws {
        (self.members, self.epochs) = (members, epochs)
        guard domain.objectives == 1 else {
            throw SearchError.objectives(strategy: "bananas", given: domain.objectives)
        }
        rounds = SearchRounds(domain, start: 10)
    }

    /// The next architecture; nil where none is left.
    public mutating func ask(using generator: inout Random) throws -> Architecture? {
        if rounds.isDue { try plan(using: &generator) }
        return try rounds.ask(using: &generator)
    }

    /// Plans the next round.
    private mutating func plan(using generator: inout Random) throws {
        let space = memory.domain.space
        let seen = memory.observations.flatMap { space.features(of: $0.architecture.genes, as: encoding) }
        let width = seen.count / memory.observations.count
        let ensemble = try BananasEnsemble(
            seen, width: width, targets: memory.observations.map { $0.values[0] }, members: members, epochs: epochs,
            using: &generator)
        let mutants = try mutants(using: &generator)
        let rows = mutants.flatMap { space.features(of: $0.genes, as: encoding) }
        let draws = ensemble.predictions(for: rows).map {
            Acquisition.independentThompson.promise(
                mean: $0.mean, deviation: $0.deviation, best: 0, using: &generator)
        }
        let order = Order.ascending(draws.map { -$0 }).prefix(round)
        rounds.plan(order.map { mutants[Int($0)] })
    }

    /// Different mutants of the best architecture that may be asked for; of the next best where those run out.
    private func mutants(using generator: inout Random) throws -> [Architecture] {
        var copy = memory
        var result: [Architecture] = []
        for parent in memory.ranked.prefix(5) {
            for _ in 0..<10 * candidates where result.count < candidates {
                let mutant = try mutant(of: parent.architecture, using: &generator)
                guard try copy.isOpen(mutant) else { continue }
                copy.claim(mutant)
                result.append(mutant)
            }
        }
        return result
    }

    private func mutant(of parent: Architecture, using generator: inout Random) throws -> Architecture {
        let space = memory.domain.space
        let share = 1 / Double(max(1, space.genes.count - 2))
        let changes = space.genes.reduce(0) { sum, _ in sum + (generator.uniform() < share ? 1 : 0) }
        var child = parent
        for _ in 0..<changes { child = try space.mutate(child, using: &generator) }
        return child
    }

    /// Hears of an evaluation.
    public mutating func tell(_ observation: Observation) { rounds.memory.hear(observation) }
}
