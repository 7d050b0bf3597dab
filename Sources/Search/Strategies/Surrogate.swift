import Estimation
import Spaces
import Statistics

/// Gaussian processes, one an objective, of what was evaluated, over candidates for the next evaluation: the whole of a
/// listed space, else mutants of the best and random architectures.
///
/// An architecture that was asked for and not yet told of stands with the mean that was expected of it (D. Ginsbourger,
/// R. Le Riche and L. Carraro: Kriging Is Well-Suited to Parallelize Optimization. 2010, "kriging believer"); one that
/// failed, with the least target.
struct Surrogate: Sendable {
    private let domain: SearchDomain
    private let kernel: GaussianProcessKernel
    /// Architectures in the order in which they were asked for or told of.
    private var entered: [Architecture] = []
    private var numbers: [Architecture: Int] = [:]
    /// What was expected of each when it was asked for, `[n][m]`; nil for those chosen without a model.
    private var expected: [[Double]?] = []
    private var fields: [GaussianProcessField] = []
    private var parameters: [[Double]?]
    private var learned = 0
    /// How features are scaled where the space is not listed.
    private var reference: (features: CandidateFeatures, scaled: GaussianProcessFeatures)?

    /// - Parameter kernel: makes the kernel for the features of a space.
    init(_ domain: SearchDomain, kernel: (CandidateFeatures) -> GaussianProcessKernel) {
        self.domain = domain
        self.kernel = kernel(domain.pool?.features ?? CandidateFeatures(domain.space))
        parameters = [[Double]?](repeating: nil, count: domain.objectives)
    }

    /// What the model thinks of candidates.
    struct Outlook {
        /// The candidates, and the row of each in the fields.
        let candidates: [Architecture]
        let rows: [Int]
        /// For each objective the field, and the means of its rows.
        let fields: [GaussianProcessField]
        let means: [[Float]]
        /// For each objective the targets of the evaluations that gave values, in the order of the memory.
        let targets: [[Double]]

        /// The expected target of a candidate's observation and its deviation, noise included: the value that an
        /// evaluation gives counts, with its share of luck.
        func prediction(_ candidate: Int, _ objective: Int) -> (mean: Double, deviation: Double) {
            let row = rows[candidate]
            let variance = Double(fields[objective].variances[row]) + fields[objective].posterior.noise
            return (Double(means[objective][row]), variance.squareRoot())
        }
    }

    /// Takes an architecture in that is asked for, with what is expected of it, or that was told of.
    mutating func enter(_ architecture: Architecture, expecting means: [Double]? = nil) {
        guard let own = representative(of: architecture), numbers[own] == nil else { return }
        numbers[own] = entered.count
        entered.append(own)
        expected.append(means)
    }

    /// What stands for an architecture in the model; none where it is no candidate of a listed space.
    private func representative(of architecture: Architecture) -> Architecture? {
        guard let pool = domain.pool else { return architecture }
        return pool.number(of: architecture).map { pool.architectures[$0] }
    }

    /// The model of what `memory` knows, over candidates that may be asked for; none where no candidate is left.
    /// - Parameter targets: the targets of each objective, `[m][n]`, from the values in the memory's order.
    mutating func outlook(
        _ memory: SearchMemory, targets: [[Double]], using generator: inout Random
    ) throws -> Outlook? {
        let known = aligned(memory, targets)
        if let pool = domain.pool {
            enterPool(pool)
            learn(known)
            let rows = memory.open
            return rows.isEmpty ? nil : outlook(rows.map { pool.architectures[$0] }, rows, known, targets)
        }
        let candidates = try proposals(memory, using: &generator)
        guard !candidates.isEmpty else { return nil }
        enter(candidates, using: &generator)
        learn(known)
        return outlook(candidates, Array(candidates.indices), known, targets)
    }

    private func outlook(
        _ candidates: [Architecture], _ rows: [Int], _ known: [[Double?]], _ targets: [[Double]]
    ) -> Outlook {
        let means = fields.indices.map { objective in
            fields[objective].means(filled(known[objective], objective))
        }
        return Outlook(candidates: candidates, rows: rows, fields: fields, means: means, targets: targets)
    }

    /// For each objective the target of each architecture entered; nil where there is none.
    private func aligned(_ memory: SearchMemory, _ targets: [[Double]]) -> [[Double?]] {
        var result = targets.map { _ in [Double?](repeating: nil, count: entered.count) }
        for (place, observation) in memory.observations.enumerated() {
            guard let own = representative(of: observation.architecture), let number = numbers[own] else { continue }
            for objective in targets.indices { result[objective][number] = targets[objective][place] }
        }
        return result
    }

    private func filled(_ known: [Double?], _ objective: Int) -> [Double] {
        let least = known.compactMap(\.self).min() ?? 0
        return known.indices.map { known[$0] ?? expected[$0]?[objective] ?? least }
    }

    private mutating func enterPool(_ pool: CandidatePool) {
        if fields.isEmpty {
            fields = parameters.map { _ in
                GaussianProcessField(
                    GaussianProcessPosterior(kernel, blocks: pool.scaled.value.blocks), over: pool.scaled.value)
            }
        }
        for objective in fields.indices {
            for architecture in entered[fields[objective].posterior.points.count...] {
                fields[objective].observe(pool.number(of: architecture) ?? 0)
            }
        }
    }

    private mutating func enter(_ candidates: [Architecture], using generator: inout Random) {
        if reference == nil {
            let features = CandidateFeatures(domain.space)
            let sample = (try? domain.space.sample(count: 500, using: &generator)).map(Array.init) ?? candidates
            reference = (features, GaussianProcessFeatures(features.rows(of: sample), blocks: features.blocks))
        }
        guard let (features, scale) = reference else { return }
        let pool = scale.scaled(features.rows(of: candidates))
        let points = scale.scaled(features.rows(of: entered))
        fields = parameters.map { parameters in
            var posterior = GaussianProcessPosterior(kernel, blocks: features.blocks, parameters: parameters)
            for number in entered.indices { posterior.observe(points.row(number)) }
            return GaussianProcessField(posterior, over: pool)
        }
    }

    /// Learns hyperparameters each time that a fifth more is known.
    private mutating func learn(_ known: [[Double?]]) {
        let count = known[0].reduce(0) { $0 + ($1 == nil ? 0 : 1) }
        guard count > 1, 5 * count >= 6 * learned else { return }
        for objective in fields.indices {
            fields[objective].learn(known[objective], steps: learned == 0 ? 40 : 15)
            parameters[objective] = fields[objective].posterior.parameters
        }
        learned = count
    }

    /// Mutants of the best, one to three genes changed, and random architectures, each class once.
    private func proposals(_ memory: SearchMemory, using generator: inout Random) throws -> [Architecture] {
        var copy = memory
        var candidates: [Architecture] = []
        let parents = Array(memory.best(10))
        for parent in parents {
            for _ in 0..<600 / max(1, parents.count) {
                var child = parent
                for _ in 0...generator.below(3) { child = try domain.space.mutate(child, using: &generator) }
                guard try copy.isOpen(child) else { continue }
                copy.claim(child)
                candidates.append(child)
            }
        }
        while candidates.count < 1_000, let drawn = try copy.draw(using: &generator) { candidates.append(drawn) }
        return candidates
    }
}
