import Synchronization

/// The data sets read last, so that asking again costs nothing.
final class OpenedData: Sendable {
    /// What is the same as long as its key is.
    struct Key: Hashable {
        let path: String
        let labels: CIFAR.Labels
        let size: ImageSize?
        /// Sizes and times of change of the files.
        let version: [Int]
    }

    /// Those of this process.
    static let shared = OpenedData()

    /// How many are kept: a search rarely uses more at once, and each may take hundreds of MB.
    private static let capacity = 4

    /// The one used last stands at the end.
    private let kept = Mutex<[(key: Key, data: RawData)]>([])

    /// The kept data of `key`, or else what `read` gives. Who asks meanwhile waits, so that nothing is read twice.
    func data(_ key: Key, _ read: () throws -> RawData) throws -> RawData {
        try kept.withLock { kept in
            let place = kept.firstIndex { $0.key == key }
            let data = try place.map { kept.remove(at: $0).data } ?? read()
            kept.removeAll { $0.key.path == key.path && $0.key.version != key.version }
            kept.append((key, data))
            if kept.count > Self.capacity { kept.removeFirst() }
            return data
        }
    }
}
