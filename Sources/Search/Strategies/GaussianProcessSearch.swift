import Estimation
public import Spaces
public import Statistics

/// Bayesian optimisation with a Gaussian process on one-hot genes.
///
/// D. R. Jones, M. Schonlau and W. J. Welch: Efficient Global Optimization of Expensive Black-Box Functions. Journal of
/// Global Optimization 13, 1998: after ten random architectures, always the one of the greatest expected improvement,
/// in a listed space over all of it. The kernel is a squared exponential with one length for all genes, whose
/// hyperparameters maximise the posterior.
public struct GaussianProcessSearch: Strategy {
    private let start: Int
    private let acquisition: Acquisition
    private var memory: SearchMemory
    private var surrogate: Surrogate
    private var asked = 0

    /// A search of a domain of one objective.
    /// - Parameter start: how many random architectures come first.
    /// - Throws: `SearchError.objectives` for several objectives.
    public init(_ domain: SearchDomain, start: Int = 10, acquisition: Acquisition = .expectedImprovement) throws {
        guard domain.objectives == 1 else { throw SearchError.objectives(strategy: "gp_bo", given: domain.objectives) }
        (self.start, self.acquisition, memory) = (start, acquisition, SearchMemory(domain))
        surrogate = Surrogate(domain) { features in
            GaussianProcessKernel([.init(.rbf, blocks: features.genes, share: 1)])
        }
    }

    /// The next architecture; nil where none is left.
    public mutating func ask(using generator: inout Random) throws -> Architecture? {
        guard let choice = try choose(using: &generator) else { return nil }
        asked += 1
        memory.claim(choice.architecture)
        surrogate.enter(choice.architecture, expecting: choice.mean.map { [$0] })
        return choice.architecture
    }

    private mutating func choose(using generator: inout Random) throws -> (architecture: Architecture, mean: Double?)? {
        guard asked >= start, memory.observations.count > 1 else {
            return try memory.draw(using: &generator).map { ($0, nil) }
        }
        let targets = SurrogateTargets.nearness(memory.observations.map { $0.values[0] })
        guard let outlook = try surrogate.outlook(memory, targets: [targets], using: &generator) else { return nil }
        let best = outlook.greatest(acquisition, using: &generator)
        return (outlook.candidates[best], outlook.prediction(best, 0).mean)
    }

    /// Hears of an evaluation.
    public mutating func tell(_ observation: Observation) {
        memory.hear(observation)
        surrogate.enter(observation.architecture)
    }
}

extension Surrogate.Outlook {
    /// The candidate of the greatest promise by the first objective, the first of equal ones.
    /// - Parameter among: which candidates; all unless given.
    func greatest(_ acquisition: Acquisition, among: [Int]? = nil, using generator: inout Random) -> Int {
        let best = targets[0].max() ?? 0
        return greatest(among: among) { candidate in
            let (mean, deviation) = prediction(candidate, 0)
            return acquisition.promise(mean: mean, deviation: deviation, best: best, using: &generator)
        }
    }

    /// The candidate for which `promise` is greatest.
    func greatest(among: [Int]? = nil, by promise: (Int) -> Double) -> Int {
        var (best, greatest) = (among?.first ?? 0, -Double.infinity)
        for candidate in among ?? Array(candidates.indices) {
            let value = promise(candidate)
            if value > greatest { (best, greatest) = (candidate, value) }
        }
        return best
    }
}
