public import Estimation
public import Spaces
public import Statistics

/// Learns a predictor from what was evaluated, ranks candidates by it, and evaluates the best in rounds.
///
/// Two published strategies differ in their candidates and in what they take of them:
///
/// - `predictor_evolution`: C. Wei, C. Niu, Y. Tang, Y. Wang, H. Hu and J. Liang: NPENAS: Neural Predictor Guided
///   Evolution for Neural Architecture Search. IEEE Transactions on Neural Networks and Learning Systems, 2022. After 10
///   random architectures, the 10 best of 100 mutants of the 10 best so far are evaluated, again and again.
/// - `brp_nas`: L. Dudziak, T. Chau, M. S. Abdelfattah, R. Lee, H. Kim and N. D. Lane: BRP-NAS: Prediction-based NAS
///   using GCNs. NeurIPS 2020. After 20 random architectures, rounds of 20: half are the best by the predictor of the
///   whole space (of 2,000 random ones where it is not listed), half random ones.
///
/// Their own predictors are graph networks; any `Predictor` may stand here, and by default a Gaussian process does.
public struct PredictorSearch: Strategy {
    /// Which candidates are ranked, and which of them are evaluated.
    public enum Style: Hashable, Sendable {
        /// Mutants of the best, and of those the best.
        case evolution
        /// All, and of those the best and as many random ones.
        case halves
    }

    private let style: Style
    private let predictor: any Predictor
    private let features: CandidateFeatures
    /// How many are evaluated in a round, the first included.
    private let round: Int
    private var rounds: SearchRounds
    private var memory: SearchMemory { rounds.memory }

    /// A search of a domain of one objective.
    /// - Throws: `SearchError.objectives` for several objectives.
    public init(
        _ domain: SearchDomain, style: Style, predictor: any Predictor = GaussianProcess(kernel: .matern, steps: 15)
    ) throws {
        guard domain.objectives == 1 else {
            let name = style == .evolution ? "predictor_evolution" : "brp_nas"
            throw SearchError.objectives(strategy: name, given: domain.objectives)
        }
        (self.style, self.predictor) = (style, predictor)
        round = style == .evolution ? 10 : 20
        rounds = SearchRounds(domain, start: round)
        features = domain.pool?.features ?? CandidateFeatures(domain.space)
    }

    /// The next architecture; nil where none is left.
    public mutating func ask(using generator: inout Random) throws -> Architecture? {
        if rounds.isDue { try plan(using: &generator) }
        return try rounds.ask(using: &generator)
    }

    /// Plans the next round.
    private mutating func plan(using generator: inout Random) throws {
        let candidates = style == .evolution ? try mutants(using: &generator) : try everything(using: &generator)
        guard !candidates.isEmpty else { return }
        let fitted = try predictor.fitted(
            to: inputs(memory.observations.map(\.architecture)), targets: memory.observations.map { $0.values[0] },
            using: &generator)
        let means = try fitted.predictions(for: inputs(candidates)).map(\.mean)
        let order = Order.ascending(means.map { -$0 }).prefix(style == .evolution ? round : round / 2)
        var next = order.map { candidates[Int($0)] }
        if style == .halves {
            var copy = memory
            for architecture in next.reversed() { copy.claim(architecture) }
            next += try (0..<round / 2).compactMap { _ in try copy.draw(using: &generator) }
        }
        rounds.plan(next)
    }

    private func inputs(_ architectures: [Architecture]) -> PredictorInputs {
        let space = memory.domain.space
        return PredictorInputs(
            names: features.names, values: features.rows(of: architectures),
            architectures: GeneMatrix(space: space.name, length: space.genes.count, architectures), space: space)
    }

    private func mutants(using generator: inout Random) throws -> [Architecture] {
        var copy = memory
        var result: [Architecture] = []
        for parent in memory.best(10) {
            for _ in 0..<10 {
                guard let mutant = try copy.mutant(of: parent, using: &generator) else { continue }
                copy.claim(mutant)
                result.append(mutant)
            }
        }
        return result
    }

    private func everything(using generator: inout Random) throws -> [Architecture] {
        if let pool = memory.domain.pool { return memory.open.map { pool.architectures[$0] } }
        var copy = memory
        var result: [Architecture] = []
        while result.count < 2_000, let drawn = try copy.draw(using: &generator) { result.append(drawn) }
        return result
    }

    /// Hears of an evaluation.
    public mutating func tell(_ observation: Observation) { rounds.memory.hear(observation) }
}
