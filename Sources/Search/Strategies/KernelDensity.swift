public import Spaces
public import Statistics

/// The proposer of BOHB: architectures that are likely among the good ones and unlikely among the bad ones.
///
/// S. Falkner, A. Klein and F. Hutter: BOHB: Robust and Efficient Hyperparameter Optimization at Scale. ICML 2018,
/// section 4, with the settings of the authors' program, HpBandSter. At each number of epochs the observed architectures
/// are split into the best 15 %, but d + 1 at least, and the rest, d being the number of genes; both get a density,
/// l and g, once the rest has d + 1 too. The largest number of epochs with densities is used. 64 candidates are made from
/// good points, each gene kept with probability 1 − h and else drawn anew, and the one of the greatest l/g is taken; a
/// third of the architectures is drawn uniformly. A failed evaluation is worse than any other. A candidate that is
/// isomorphic to an earlier architecture, or outside a constraint, is passed over. (The authors widen the bandwidth of
/// numbers by 3; there are none here.)
///
/// Of several values of an observation the first counts.
public struct KernelDensity: Strategy {
    /// The proposer's settings; those of the authors by default.
    public struct Settings: Hashable, Codable, Sendable {
        /// How many points each density needs; never fewer than one more than there are genes.
        public var minimumPoints = 0
        /// Which share of the points is good.
        public var goodShare = 0.15
        /// How many candidates are compared.
        public var samples = 64
        /// Which share of the architectures is drawn uniformly.
        public var randomShare = 1.0 / 3

        /// The authors' settings.
        public init() {}
    }

    private let settings: Settings
    private let choices: [Int]
    private var fresh: FreshArchitectures
    /// The genes and values observed after each number of epochs, in the order in which they came.
    private var observations: [Int: [(genes: [UInt8], value: Double)]] = [:]
    private var model: (epochs: Int, good: CategoryDensity, bad: CategoryDensity)?
    private var isStale = false

    /// Proposes architectures of `space`.
    public init(space: any Space, settings: Settings = Settings()) {
        self.settings = settings
        choices = space.genes.map(\.choices.count)
        fresh = FreshArchitectures(space)
    }

    /// The best of the candidates, or a uniform draw.
    public mutating func ask(using generator: inout Random) throws -> Architecture? {
        refit()
        guard let model, generator.uniform() >= settings.randomShare else { return try fresh.draw(using: &generator) }
        var best: (genes: [UInt8], score: Double)?
        for _ in 0..<settings.samples {
            let genes = candidate(around: model.good, using: &generator)
            let score = model.good.logDensity(genes) - model.bad.logDensity(genes)
            if score > best?.score ?? -.infinity, fresh.isNew(genes) { best = (genes, score) }
        }
        guard let best else { return try fresh.draw(using: &generator) }
        let architecture = Architecture(space: fresh.space.name, genes: best.genes)
        _ = fresh.note(architecture)
        return architecture
    }

    /// Adds an observation to those at its number of epochs.
    public mutating func tell(_ observation: Observation) {
        guard fresh.space.isValid(observation.architecture) else { return }
        _ = fresh.note(observation.architecture)
        let value = observation.values.first.flatMap { $0.isFinite ? $0 : nil } ?? -.infinity
        observations[observation.epochs ?? 0, default: []].append((observation.architecture.genes, value))
        isStale = true
    }

    /// The number of epochs whose densities are in use; nil as long as there are too few observations.
    public var modelEpochs: Int? { fitted()?.epochs }

    private mutating func refit() {
        if isStale { model = fitted() }
        isStale = false
    }

    /// Both densities at the largest number of epochs that has points enough.
    private func fitted() -> (epochs: Int, good: CategoryDensity, bad: CategoryDensity)? {
        let least = max(settings.minimumPoints, choices.count + 1)
        let enough = observations.filter { $0.value.count - goods($0.value.count) >= least }
        guard let (epochs, points) = enough.max(by: { $0.key < $1.key }) else { return nil }
        let order = Order.ascending(points.map { -$0.value }).map { points[Int($0)].genes }
        let count = goods(points.count)
        return (
            epochs, CategoryDensity(Array(order.prefix(count)), choices: choices),
            CategoryDensity(Array(order.dropFirst(count)), choices: choices)
        )
    }

    /// How many of so many points are good.
    private func goods(_ count: Int) -> Int {
        max(settings.minimumPoints, choices.count + 1, Int(settings.goodShare * Double(count)))
    }

    private func candidate(around good: CategoryDensity, using generator: inout Random) -> [UInt8] {
        let point = good.points[generator.below(good.points.count)]
        return point.indices.map { gene in
            let isKept = generator.uniform() < 1 - good.bandwidths[gene]
            return isKept ? point[gene] : UInt8(generator.below(choices[gene]))
        }
    }
}
