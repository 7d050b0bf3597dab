internal import Synchronization

/// Names and their values; a `def` has a scope of its own inside the one that it was written in.
public final class Scope: Sendable {
    private let values = Mutex<[String: Value]>([:])
    private let parent: Scope?

    /// Makes it of its parts.
    public init(parent: Scope? = nil) { self.parent = parent }

    /// The value of a name, here or in a scope around.
    public subscript(name: String) -> Value? {
        get { values.withLock { $0[name] } ?? parent?[name] }
        set { values.withLock { $0[name] = newValue } }
    }

    /// Moves the names bound here to the scope around it, where functions that were made here still find them.
    func commit() {
        let own = values.withLock { values in
            defer { values = [:] }
            return values
        }
        for (name, value) in own { parent?[name] = value }
    }

    /// All names that are seen here, sorted.
    public var names: [String] {
        Set(values.withLock { Array($0.keys) } + (parent?.names ?? [])).sorted()
    }
}
