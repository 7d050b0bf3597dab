import Networks
public import Spaces
public import Statistics

/// Regularised evolution that is led by a score that costs almost nothing.
///
/// M. S. Abdelfattah, A. Mehrotra, L. Dudziak and N. D. Lane: Zero-Cost Proxies for Lightweight NAS. ICLR 2021, section
/// 4: *warm-up* scores 3,000 random architectures and begins with the best of them; *move proposal* scores mutants of
/// the tournament's winner and evaluates the best. By default the score is the number of parameters on a path from
/// input to output.
public struct ZeroCostSearch: Strategy {
    /// Scores of architectures, greater being better; a score that is not finite stands last.
    public typealias Scores = @Sendable ([Architecture]) throws -> [Double]

    private let settings: RegularizedEvolution.Settings
    private let warmUp: Int
    private let moves: Int
    private let scores: Scores
    private var memory: SearchMemory
    private var start: [Architecture]?
    private var population: [Observation] = []

    /// A search of a domain.
    /// - Parameters:
    ///   - warmUp: how many random architectures are scored for the first population.
    ///   - moves: of how many mutants the best is evaluated.
    public init(
        _ domain: SearchDomain, settings: RegularizedEvolution.Settings = .naszilla, warmUp: Int = 3_000,
        moves: Int = 10, scores: Scores? = nil
    ) throws {
        guard settings.population >= 1, settings.sample >= 1, warmUp >= 1, moves >= 1 else {
            throw SearchError.setting("population, sample, warm-up and moves of zero_cost", expected: "at least 1")
        }
        (self.settings, self.warmUp, self.moves, memory) = (settings, warmUp, moves, SearchMemory(domain))
        self.scores = try scores ?? Self.liveParameters(domain.space)
    }

    private static func liveParameters(_ space: any Space) throws -> Scores {
        let model = try space.costModel(input: space.input, classes: space.classes)
        return { architectures in try architectures.map { Double(try model.cost(of: $0.genes).live.parameters) } }
    }

    /// The next architecture; nil where none is left.
    public mutating func ask(using generator: inout Random) throws -> Architecture? {
        if start == nil { start = try warmedUp(using: &generator) }
        while let next = start?.popLast() {
            guard try memory.isOpen(next) else { continue }
            memory.claim(next)
            return next
        }
        guard !population.isEmpty, let next = try proposal(using: &generator) else {
            return try memory.draw(using: &generator)
        }
        memory.claim(next)
        return next
    }

    /// The first population, the best by score last.
    private func warmedUp(using generator: inout Random) throws -> [Architecture] {
        var copy = memory
        var drawn: [Architecture] = []
        while drawn.count < warmUp, let next = try copy.draw(using: &generator) { drawn.append(next) }
        return try ranked(drawn).prefix(settings.population).reversed()
    }

    private func ranked(_ architectures: [Architecture]) throws -> [Architecture] {
        let costs = try scores(architectures).map { $0.isFinite ? -$0 : .infinity }
        return Order.ascending(costs).map { architectures[Int($0)] }
    }

    /// The best by score of mutants of the best of a tournament.
    private func proposal(using generator: inout Random) throws -> Architecture? {
        var parent = population[generator.below(population.count)]
        for _ in 1..<max(1, settings.sample) {
            let rival = population[generator.below(population.count)]
            if rival.values[0] > parent.values[0] { parent = rival }
        }
        var copy = memory
        var mutants: [Architecture] = []
        for _ in 0..<moves {
            guard let mutant = try copy.mutant(of: parent.architecture, using: &generator) else { break }
            copy.claim(mutant)
            mutants.append(mutant)
        }
        return try ranked(mutants).first
    }

    /// Hears of an evaluation; a failed one enters no population.
    public mutating func tell(_ observation: Observation) {
        memory.hear(observation)
        guard memory.value(of: observation.architecture) != nil, !observation.isFailure else { return }
        population.append(observation)
        if population.count > settings.population { population.removeFirst() }
    }
}
