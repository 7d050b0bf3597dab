public import Spaces
public import Statistics

/// Evolution in which the oldest dies.
///
/// E. Real, A. Aggarwal, Y. Huang and Q. V. Le: Regularized Evolution for Image Classifier Architecture Search. AAAI
/// 2019, algorithm 1: the best of a few members drawn with replacement is mutated in one gene; the child enters the
/// population and the oldest member leaves. A child that is isomorphic to a known architecture enters with the value
/// known, without being asked for; one that the constraint refuses is drawn again.
public struct RegularizedEvolution: Strategy {
    /// How many members the population has, and how many are drawn for a tournament.
    public struct Settings: Hashable, Sendable {
        /// Members of the population, at least 1.
        public var population: Int
        /// Members drawn for a tournament, at least 1.
        public var sample: Int

        /// The settings of naszilla (C. White et al., "BANANAS", AAAI 2021): 30 and 10.
        public static let naszilla = Settings(population: 30, sample: 10)
        /// The settings of NATS-Bench (X. Dong et al., TPAMI 2022): 10 and 3.
        public static let natsBench = Settings(population: 10, sample: 3)
        /// The settings of the paper on CIFAR-10: 100 and 25.
        public static let real = Settings(population: 100, sample: 25)

        /// Such settings.
        public init(population: Int, sample: Int) { (self.population, self.sample) = (population, sample) }
    }

    private let settings: Settings
    private var memory: SearchMemory
    /// The members, the oldest first.
    private var population: [Member] = []

    private struct Member {
        let architecture: Architecture
        let value: Double
    }

    /// A search of a domain.
    ///
    /// - Throws: `SearchError.setting` for a population or a tournament of none.
    public init(_ domain: SearchDomain, settings: Settings = .naszilla) throws {
        guard settings.population >= 1, settings.sample >= 1 else {
            throw SearchError.setting("population and sample of evolution", expected: "at least 1")
        }
        (self.settings, memory) = (settings, SearchMemory(domain))
    }

    /// The next architecture; nil where none is left.
    public mutating func ask(using generator: inout Random) throws -> Architecture? {
        guard population.count >= settings.population else { return try memory.draw(using: &generator) }
        for _ in 0..<1_000 {
            let parent = winner(using: &generator)
            let child = try memory.domain.space.mutate(parent.architecture, using: &generator)
            guard try memory.domain.allows(child) else { continue }
            guard memory.isKnown(child) else {
                memory.claim(child)
                return child
            }
            if let value = memory.value(of: child) { enter(Member(architecture: child, value: value)) }
        }
        return try memory.draw(using: &generator)
    }

    /// The best of a tournament.
    private func winner(using generator: inout Random) -> Member {
        var best = population[generator.below(population.count)]
        for _ in 1..<max(1, settings.sample) {
            let rival = population[generator.below(population.count)]
            if rival.value > best.value { best = rival }
        }
        return best
    }

    private mutating func enter(_ member: Member) {
        population.append(member)
        if population.count > settings.population { population.removeFirst() }
    }

    /// Hears of an evaluation; a failed one enters no population.
    public mutating func tell(_ observation: Observation) {
        memory.hear(observation)
        guard let value = memory.value(of: observation.architecture) else { return }
        enter(Member(architecture: observation.architecture, value: value))
    }
}
