import Estimation
public import Spaces
public import Statistics

/// The strategy of this project: Gaussian processes that know the live graph, over the whole of a listed space.
///
/// Eight random architectures come first, then always the one of the greatest expected improvement. What sets it apart
/// from `gp_bo`:
///
/// - The prior mean is linear in the logarithms of live parameters, multiply-adds, activations and depth, and the
///   kernel is a sum of Matérn terms over genes, each with a length of its own, over paths where the space has them,
///   and over those costs. Hyperparameters are learnt anew each time that a fifth more is known.
/// - Targets are logarithms of the distance from the best (`SurrogateTargets.nearness`).
/// - The improvement is that of the next observation, noise included: near the top of a benchmark luck decides between
///   neighbours, and a search that leaves it out gets stuck beside the best one.
/// - After 20 evaluations without a better one, every third choice comes from the neighbours of the best, every third
///   from independent Thompson sampling.
///
/// Of several objectives, two are followed by the exact expected hypervolume improvement, more by ParEGO.
public struct AutoSearch: Strategy {
    private let start: Int
    private var memory: SearchMemory
    private var surrogate: Surrogate
    private var asked = 0
    /// How many evaluations were asked for when the best was found.
    private var bestAt = 0
    private var best = -Double.infinity

    /// A search of a domain.
    /// - Parameter start: how many random architectures come first.
    public init(_ domain: SearchDomain, start: Int = 8) {
        (self.start, memory) = (start, SearchMemory(domain))
        surrogate = Surrogate(domain, kernel: Self.kernel)
    }

    private static func kernel(_ features: CandidateFeatures) -> GaussianProcessKernel {
        var terms = [GaussianProcessKernel.Term(.matern52, blocks: features.genes, share: 0.5)]
        if !features.paths.isEmpty { terms.append(.init(.matern52, blocks: features.paths, share: 0.3)) }
        terms.append(.init(.matern52, blocks: features.cost, share: 0.3))
        terms.append(.init(.linear, blocks: features.cost, share: 0.3))
        return GaussianProcessKernel(terms)
    }

    /// The next architecture; nil where none is left.
    public mutating func ask(using generator: inout Random) throws -> Architecture? {
        guard let choice = try choose(using: &generator) else { return nil }
        asked += 1
        memory.claim(choice.architecture)
        surrogate.enter(choice.architecture, expecting: choice.means)
        return choice.architecture
    }

    private mutating func choose(
        using generator: inout Random
    ) throws -> (architecture: Architecture, means: [Double]?)? {
        guard asked >= start, memory.observations.count > 1 else {
            return try memory.draw(using: &generator).map { ($0, nil) }
        }
        let values = memory.observations.map(\.values)
        let scalars =
            memory.domain.objectives > 2
            ? ParEGO(objectives: memory.domain.objectives, using: &generator).scalars(values) : nil
        let targets =
            scalars.map { scalars in values[0].map { _ in SurrogateTargets.standardised(scalars) } }
            ?? values[0].indices.map { objective in SurrogateTargets.nearness(values.map { $0[objective] }) }
        guard let outlook = try surrogate.outlook(memory, targets: targets, using: &generator) else { return nil }
        let chosen = memory.domain.objectives == 2 ? dominating(outlook) : try improving(outlook, using: &generator)
        return (outlook.candidates[chosen], targets.indices.map { outlook.prediction(chosen, $0).mean })
    }

    /// The candidate of the greatest expected gain in hypervolume.
    private func dominating(_ outlook: Surrogate.Outlook) -> Int {
        let points = outlook.targets[0].indices.map { place in outlook.targets.map { $0[place] } }
        let reference = outlook.targets.map { ($0.min() ?? 0) - 0.1 }
        let volume = ExpectedHypervolume(points, reference: reference)
        return outlook.greatest { candidate in
            let predictions = (0..<2).map { outlook.prediction(candidate, $0) }
            return volume.gain(means: predictions.map(\.mean), deviations: predictions.map(\.deviation))
        }
    }

    /// The candidate of the greatest expected improvement; where that has not helped for long, in turns with others.
    private func improving(_ outlook: Surrogate.Outlook, using generator: inout Random) throws -> Int {
        let isStuck = asked - bestAt > 20
        if isStuck, asked % 3 == 1 { return outlook.greatest(.independentThompson, using: &generator) }
        let near = isStuck && asked % 3 == 2 ? try neighbours(outlook) : []
        return outlook.greatest(.expectedImprovement, among: near.isEmpty ? nil : near, using: &generator)
    }

    /// The candidates that are isomorphic to a neighbour of the best architecture that has such ones.
    private func neighbours(_ outlook: Surrogate.Outlook) throws -> [Int] {
        let places = Dictionary(
            outlook.candidates.enumerated().map { (memory.key(of: $1), $0) }, uniquingKeysWith: { first, _ in first })
        for best in memory.ranked {
            let near = try memory.domain.space.neighbours(of: best.architecture)
                .compactMap { places[memory.key(of: $0)] }
            if !near.isEmpty { return near }
        }
        return []
    }

    /// Hears of an evaluation.
    public mutating func tell(_ observation: Observation) {
        memory.hear(observation)
        surrogate.enter(observation.architecture)
        guard let value = memory.value(of: observation.architecture), value > best else { return }
        (best, bestAt) = (value, asked)
    }
}
