public import Spaces

/// What is searched: a space, the part of it that is allowed, and how many objectives there are.
public struct SearchDomain: Sendable {
    /// The space.
    public let space: any Space
    /// How many objectives each evaluation gives, all to be maximised.
    public let objectives: Int
    /// Which architectures may be asked for; nil for all of them.
    public let isFeasible: (@Sendable (Architecture) throws -> Bool)?
    /// All that may be asked for, where the space is small enough to list.
    public let pool: CandidatePool?

    /// Spaces of at most so many combinations are listed.
    public static let largestPool = 50_000
    /// After so many random architectures without one that is allowed, a search gives up.
    public static let patience = 20_000

    /// A domain; a small space is enumerated.
    ///
    /// - Throws: `SearchError.nothingFeasible` where no architecture of a listed space is allowed; what `isFeasible`
    ///   throws.
    public init(
        _ space: any Space, objectives: Int = 1, isFeasible: (@Sendable (Architecture) throws -> Bool)? = nil
    ) throws {
        precondition(objectives >= 1, "a search needs an objective")
        (self.space, self.objectives, self.isFeasible) = (space, objectives, isFeasible)
        let isListed = space.indexCount.map { $0 <= Self.largestPool } ?? false
        pool = isListed ? try CandidatePool(space, isFeasible: isFeasible) : nil
    }

    /// Whether an architecture may be asked for.
    func allows(_ architecture: Architecture) throws -> Bool { try isFeasible?(architecture) ?? true }
}

/// The architectures of a small space that may be asked for, one for each class of isomorphic ones.
public final class CandidatePool: Sendable {
    /// One architecture a class, in the order of enumeration: the first that is allowed.
    public let architectures: [Architecture]
    /// By the number in the enumeration: the class; −1 where no member of it is allowed.
    private let classes: [Int32]
    /// What a model sees of them.
    public let features: CandidateFeatures
    /// The same, scaled for a Gaussian process.
    let scaled: ScaledFeatures
    private let space: any Space

    /// Enumerates a space.
    ///
    /// - Throws: `SearchError.nothingFeasible`, and what `isFeasible` throws.
    init(_ space: any Space, isFeasible: (@Sendable (Architecture) throws -> Bool)?) throws {
        var (numbers, members, found): ([String: Int], [Int], [Architecture?]) = ([:], [], [])
        var examined = 0
        for index in 0..<(space.indexCount ?? 0) {
            let architecture = space.architecture(at: index)
            guard !space.isConstrained || space.admits(architecture.genes) else {
                members.append(-1)
                continue
            }
            examined += 1
            let form = space.canonicalText(of: architecture.genes)
            let number = numbers[form] ?? found.count
            if number == found.count {
                numbers[form] = number
                found.append(nil)
            }
            members.append(number)
            if found[number] == nil, try isFeasible?(architecture) ?? true { found[number] = architecture }
        }
        var places: [Int32] = []
        var kept: [Architecture] = []
        for architecture in found {
            places.append(architecture == nil ? -1 : Int32(kept.count))
            if let architecture { kept.append(architecture) }
        }
        guard !kept.isEmpty else {
            throw SearchError.nothingFeasible(space: space.name, examined: examined, isWhole: true)
        }
        classes = members.map { $0 < 0 ? -1 : places[$0] }
        (architectures, self.space) = (kept, space)
        features = CandidateFeatures(space)
        scaled = ScaledFeatures(features, kept)
    }

    /// The number of the class of an architecture; nil where it is not of the space, or no member of it is allowed.
    public func number(of architecture: Architecture) -> Int? {
        guard let index = space.index(of: architecture), classes[index] >= 0 else { return nil }
        return Int(classes[index])
    }
}
