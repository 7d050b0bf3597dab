public import Spaces
public import Statistics

/// Evolution of a whole population at a time, for judges that cost next to nothing: predictors, lookup tables, costs.
///
/// H. Cai, C. Gan, T. Wang, Z. Zhang and S. Han: Once-for-All: Train One Network and Specialize It for Efficient
/// Deployment. ICLR 2020, section 3.4; the settings are those of the authors' finder: a population of 100, 500 generations,
/// the best quarter are parents, half of the children are mutants with each gene drawn anew with probability 0.1, half are
/// crossed gene by gene from two parents, and children outside the constraint are drawn again.
///
/// Departures: the population keeps the best of all that was judged, none isomorphic to another; with several objectives
/// it is ordered front by front and the lonely first (``NSGA2``), and all of it are parents. The first candidates are the
/// architecture of all first choices and that of all last ones, the smallest and the largest of an elastic space.
public struct PopulationEvolution: Sendable {
    /// What a judge says of an architecture.
    public struct Verdict: Sendable {
        /// One finite value an objective, all to be maximised; none where there is none.
        public let values: [Double]
        /// Whether the architecture is allowed.
        public let isFeasible: Bool

        /// A verdict.
        public init(values: [Double], isFeasible: Bool) { (self.values, self.isFeasible) = (values, isFeasible) }

        fileprivate var isUsable: Bool { isFeasible && !values.isEmpty && values.allSatisfy(\.isFinite) }
    }

    /// An architecture of the population.
    public struct Member: Sendable, Hashable {
        /// The architecture.
        public let architecture: Architecture
        /// Its values, all to be maximised.
        public let values: [Double]
        /// In which generation it was found; 0 for those drawn at random.
        public let generation: Int
    }

    /// How many live in a generation.
    public let size: Int
    /// How many generations follow the first, random one.
    public let generations: Int

    /// The part of the population that has children, where there is one objective.
    private static let parentShare = 0.25
    /// The part of the children that are mutants.
    private static let mutantShare = 0.5
    /// With what probability a mutant's gene is drawn anew.
    private static let mutationRate = 0.1
    /// How often a generation draws again in place of children that are not allowed.
    private static let redraws = 20

    /// An evolution.
    /// - Throws: `SearchError.setting` for a population of fewer than 4 or a negative number of generations.
    public init(size: Int = 100, generations: Int = 500) throws(SearchError) {
        guard size >= 4 else { throw .setting("population", expected: "at least 4") }
        guard generations >= 0 else { throw .setting("generations", expected: "at least 0") }
        (self.size, self.generations) = (size, generations)
    }

    /// The best of all that was judged, the best first: at most as many as a population has.
    ///
    /// - Parameters:
    ///   - judge: one verdict for each of the architectures.
    ///   - report: called after each generation with its number.
    /// - Throws: `SearchError.nothingFeasible` where none of 20,000 random architectures is allowed; what `judge` and
    ///   `report` throw.
    public func run(
        in space: any Space, using generator: inout Random, judge: (GeneMatrix) throws -> [Verdict],
        report: (Int) throws -> Void = { _ in }
    ) throws -> [Member] {
        var population = Population(space, size: size)
        try begin(&population, using: &generator, judge)
        try report(0)
        for generation in stride(from: 1, through: generations, by: 1) {
            try breed(&population, generation, using: &generator, judge)
            try report(generation)
        }
        return population.members
    }

    private func begin(
        _ population: inout Population, using generator: inout Random, _ judge: (GeneMatrix) throws -> [Verdict]
    ) throws {
        let space = population.space
        let corners = [space.genes.map { _ in UInt8(0) }, space.genes.map { UInt8($0.choices.count - 1) }]
        var examined = 0
        while population.members.count < size, examined < SearchDomain.patience {
            var drawn = GeneMatrix(space: space.name, length: space.genes.count)
            if examined == 0 { for genes in corners where space.admits(genes) { drawn.append(genes) } }
            drawn.append(contentsOf: try space.sample(count: size, using: &generator))
            examined += drawn.count
            population.add(drawn, try judge(drawn), generation: 0)
        }
        guard !population.members.isEmpty else {
            throw SearchError.nothingFeasible(space: space.name, examined: examined, isWhole: false)
        }
    }

    private func breed(
        _ population: inout Population, _ generation: Int, using generator: inout Random,
        _ judge: (GeneMatrix) throws -> [Verdict]
    ) throws {
        let parents = population.parents(Self.parentShare)
        let mutants = Int((Double(size) * Self.mutantShare).rounded())
        var missing = [mutants, size - mutants]
        for _ in 0..<Self.redraws where missing.reduce(0, +) > 0 {
            var children = GeneMatrix(space: population.space.name, length: population.space.genes.count)
            for _ in 0..<missing[0] {
                children.append(mutant(of: parents.draw(using: &generator), in: population.space, using: &generator))
            }
            for _ in 0..<missing[1] {
                let (first, second) = (parents.draw(using: &generator), parents.draw(using: &generator))
                children.append(try population.space.cross(first, second, using: &generator).genes)
            }
            let verdicts = try judge(children)
            let allowed = verdicts.map(\.isFeasible)
            population.add(children, verdicts, generation: generation)
            missing = [allowed.prefix(missing[0]).count { !$0 }, allowed.dropFirst(missing[0]).count { !$0 }]
        }
    }

    /// A parent's genes, each drawn anew with a small probability; in a constrained space drawn until inside.
    private func mutant(of parent: Architecture, in space: any Space, using generator: inout Random) -> [UInt8] {
        for _ in 0..<100 {
            let genes = zip(space.genes, parent.genes).map { gene, value in
                generator.uniform() < Self.mutationRate ? UInt8(generator.below(gene.choices.count)) : value
            }
            if !space.isConstrained || space.admits(genes) { return genes }
        }
        return parent.genes
    }
}

/// The best of all that was judged, no two isomorphic.
private struct Population {
    let space: any Space
    let size: Int
    /// The best first.
    private(set) var members: [PopulationEvolution.Member] = []
    private var known: Set<String> = []

    init(_ space: any Space, size: Int) { (self.space, self.size) = (space, size) }

    /// Takes in what is allowed and new, and keeps the best.
    mutating func add(_ matrix: GeneMatrix, _ verdicts: [PopulationEvolution.Verdict], generation: Int) {
        var fresh = members
        for (row, verdict) in verdicts.enumerated() where verdict.isUsable {
            let architecture = matrix[row]
            guard known.insert(space.canonicalText(of: architecture.genes)).inserted else { continue }
            fresh.append(.init(architecture: architecture, values: verdict.values, generation: generation))
        }
        guard fresh.count > members.count else { return }
        let order = fresh[0].values.count > 1 ? NSGA2.order(fresh.map(\.values)) : Self.order(fresh)
        members = order.prefix(size).map { fresh[$0] }
    }

    private static func order(_ members: [PopulationEvolution.Member]) -> [Int] {
        Order.ascending(members.map { -$0.values[0] }).map { Int($0) }
    }

    /// Those that have children.
    func parents(_ share: Double) -> [PopulationEvolution.Member] {
        guard members[0].values.count == 1 else { return members }
        return Array(members.prefix(max(1, Int((Double(size) * share).rounded()))))
    }
}

extension [PopulationEvolution.Member] {
    fileprivate func draw(using generator: inout Random) -> Architecture { self[generator.below(count)].architecture }
}
