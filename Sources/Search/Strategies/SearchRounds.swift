import Spaces
import Statistics

/// A search that is planned in rounds of several architectures, after some random ones.
struct SearchRounds: Sendable {
    /// What is known.
    var memory: SearchMemory
    /// How many are asked for before the first round.
    private let start: Int
    /// What is left of the round, the most promising last.
    private var queue: [Architecture] = []
    private var asked = 0

    init(_ domain: SearchDomain, start: Int) { (memory, self.start) = (SearchMemory(domain), start) }

    /// Whether the next round is to be planned.
    var isDue: Bool { queue.isEmpty && asked >= start && memory.observations.count > 1 }

    /// Takes over a round, the most promising first.
    mutating func plan(_ round: [Architecture]) { queue = round.reversed() }

    /// The next of the round that may be asked for, else a random one; nil where none is left.
    mutating func ask(using generator: inout Random) throws -> Architecture? {
        asked += 1
        while let next = queue.popLast() {
            guard try memory.isOpen(next) else { continue }
            memory.claim(next)
            return next
        }
        return try memory.draw(using: &generator)
    }
}
