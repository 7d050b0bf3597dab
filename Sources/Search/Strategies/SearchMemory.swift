import Spaces
import Statistics

/// What every strategy remembers: which architectures are known, up to isomorphism, and what came of them.
struct SearchMemory: Sendable {
    /// What tells one class of isomorphic architectures from another.
    enum Key: Hashable, Sendable {
        /// The number of the class in the domain's pool.
        case number(Int)
        /// The canonical form, where the space is not listed.
        case form(String)
    }

    let domain: SearchDomain
    /// The evaluations that gave values, in the order in which they were first told of; of several of one architecture
    /// the one after most epochs.
    private(set) var observations: [Observation] = []
    private var places: [Key: Int] = [:]
    private var failures: Set<Key> = []
    private var known: Set<Key> = []
    /// The classes of the pool that are not known, and where each stands among them.
    fileprivate var rest: [Int] = []
    private var restPlaces: [Int] = []

    init(_ domain: SearchDomain) {
        self.domain = domain
        rest = domain.pool.map { Array($0.architectures.indices) } ?? []
        restPlaces = rest
    }

    func key(of architecture: Architecture) -> Key {
        if let number = domain.pool?.number(of: architecture) { return .number(number) }
        return .form((try? domain.space.canonicalForm(of: architecture)) ?? architecture.description)
    }

    /// Whether an isomorphic architecture was asked for or told of.
    func isKnown(_ architecture: Architecture) -> Bool { known.contains(key(of: architecture)) }

    /// Whether an architecture may be asked for: allowed, and none isomorphic to it is known.
    func isOpen(_ architecture: Architecture) throws -> Bool {
        try !isKnown(architecture) && domain.allows(architecture)
    }

    /// The value of the only objective, or the first; nil where there is none yet.
    func value(of architecture: Architecture) -> Double? {
        places[key(of: architecture)].map { observations[$0].values[0] }
    }

    /// Whether an evaluation of an architecture failed, and none of it succeeded.
    func hasFailed(_ architecture: Architecture) -> Bool {
        let key = key(of: architecture)
        return failures.contains(key) && places[key] == nil
    }

    /// How many classes of a listed space are not known.
    var openCount: Int? { domain.pool == nil ? nil : rest.count }

    /// Makes an architecture known.
    mutating func claim(_ architecture: Architecture) {
        let key = key(of: architecture)
        guard known.insert(key).inserted, case .number(let number) = key else { return }
        let (place, last) = (restPlaces[number], rest[rest.count - 1])
        rest[place] = last
        restPlaces[last] = place
        rest.removeLast()
    }

    /// Hears of an evaluation.
    mutating func hear(_ observation: Observation) {
        claim(observation.architecture)
        let key = key(of: observation.architecture)
        guard observation.values.count == domain.objectives, observation.values.allSatisfy(\.isFinite) else {
            failures.insert(key)
            return
        }
        if let place = places[key] {
            if (observation.epochs ?? .max) >= (observations[place].epochs ?? .max) {
                observations[place] = observation
            }
        } else {
            places[key] = observations.count
            observations.append(observation)
        }
    }

    /// A random architecture that may be asked for, which is then known; nil where none is left.
    ///
    /// - Throws: `SearchError.nothingFeasible` where the space is not listed and no architecture drawn is allowed.
    mutating func draw(using generator: inout Random) throws -> Architecture? {
        guard let architecture = try pick(using: &generator) else { return nil }
        claim(architecture)
        return architecture
    }

    private func pick(using generator: inout Random) throws -> Architecture? {
        if let pool = domain.pool {
            for _ in 0..<20 {  // as the space has them, while most of it is open
                let drawn = try domain.space.sample(using: &generator)
                if try isOpen(drawn) { return drawn }
            }
            return rest.isEmpty ? nil : pool.architectures[rest[generator.below(rest.count)]]
        }
        var allowed = 0
        for _ in 0..<SearchDomain.patience {
            let drawn = try domain.space.sample(using: &generator)
            guard try domain.allows(drawn) else { continue }
            if !isKnown(drawn) { return drawn }
            allowed += 1
        }
        if allowed == 0, known.isEmpty {
            throw SearchError.nothingFeasible(
                space: domain.space.name, examined: SearchDomain.patience, isWhole: false)
        }
        return nil
    }

    /// A mutant of `parent`, one gene changed, that may be asked for; nil where `tries` mutants are all known or not
    /// allowed.
    func mutant(of parent: Architecture, tries: Int = 50, using generator: inout Random) throws -> Architecture? {
        for _ in 0..<tries {
            guard let child = try? domain.space.mutate(parent, using: &generator) else { return nil }
            if try isOpen(child) { return child }
        }
        return nil
    }

    /// The evaluations by the first objective, the best first, equal ones in the order of telling.
    var ranked: [Observation] {
        let order = Order.ascending(observations.map { -$0.values[0] })
        return order.map { observations[Int($0)] }
    }
}

extension SearchMemory {
    /// The numbers of the pool's classes that may be asked for.
    var open: [Int] { rest }

    /// The architectures of the best evaluations: by the objective, or front by front and the lonely first.
    func best(_ wanted: Int) -> [Architecture] {
        guard domain.objectives > 1 else { return ranked.prefix(wanted).map(\.architecture) }
        return NSGA2.order(observations.map(\.values)).prefix(wanted).map { observations[$0].architecture }
    }
}
