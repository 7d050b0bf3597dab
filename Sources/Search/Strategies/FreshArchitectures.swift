import Spaces
import Statistics

/// Draws architectures of a space, none isomorphic to an earlier one.
///
/// While draws from the whole space meet new ones easily, they are drawn and rejected. When a thousand in a row were
/// old, the rest of a space that can be enumerated is listed, and drawn from until nothing is left.
struct FreshArchitectures: Sendable {
    /// Spaces of more combinations are not enumerated.
    private static let enumerable = 1 << 20

    let space: any Space
    private var seen: Set<String> = []
    /// What may be left, once it has been listed.
    private var rest: [Architecture]?

    init(_ space: any Space) { self.space = space }

    /// Notes an architecture; false if it is isomorphic to an earlier one or not of the space.
    mutating func note(_ architecture: Architecture) -> Bool {
        guard let form = try? space.canonicalForm(of: architecture) else { return false }
        return seen.insert(form).inserted
    }

    /// Whether genes, each in range, are inside the space and not isomorphic to an earlier architecture.
    func isNew(_ genes: [UInt8]) -> Bool {
        guard !space.isConstrained || space.admits(genes) else { return false }
        return !seen.contains(space.canonicalText(of: genes))
    }

    /// A new architecture, all that are not isomorphic to an earlier one equally likely; nil where there is none.
    ///
    /// - Throws: `SpaceError` where a constraint refuses nearly all of a space too large to enumerate.
    mutating func draw(using generator: inout Random) throws -> Architecture? {
        let canEnumerate = space.indexCount.map { $0 <= Self.enumerable } ?? false
        if rest == nil {
            do {
                for _ in 0..<(canEnumerate ? 1000 : 100_000) {
                    let architecture = try space.sample(using: &generator)
                    if note(architecture) { return architecture }
                }
            } catch { guard canEnumerate else { throw error } }
            guard canEnumerate else { return nil }
            rest = unseen()
        }
        while let architecture = take(using: &generator) {
            if note(architecture) { return architecture }
        }
        return nil
    }

    private func unseen() -> [Architecture] {
        let all = (0..<(space.indexCount ?? 0)).lazy.map { space.architecture(at: $0) }
        return all.filter { !space.isConstrained || space.admits($0.genes) }
            .filter { !seen.contains(space.canonicalText(of: $0.genes)) }
    }

    /// Removes one of the rest.
    private mutating func take(using generator: inout Random) -> Architecture? {
        guard let count = rest?.count, count > 0 else { return nil }
        rest?.swapAt(generator.below(count), count - 1)
        return rest?.popLast()
    }
}
