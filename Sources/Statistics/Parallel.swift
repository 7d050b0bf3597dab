import Dispatch

/// Doing the same to many things on all processors.
public enum Parallel {
    /// The results for 0 ..< count, in that order, whatever the number of threads.
    ///
    /// The work is cut into chunks of neighbours; before each one `cancelled` is asked. Randomness inside must come
    /// from a seed derived from the index, never from a shared generator.
    /// - Parameters:
    ///   - chunk: how many neighbours one thread takes at a time; by default about a hundredth of all.
    /// - Throws: the error of the lowest chunk that failed, or a `CancellationError` once `cancelled` says true.
    public static func map<Result>(
        _ count: Int, chunk: Int? = nil, cancelled: @Sendable () -> Bool = { false },
        _ body: @Sendable (Int) throws -> Result
    ) throws -> [Result] {
        let size = max(1, chunk ?? count / 100)
        let chunks = (count + size - 1) / size
        let results = Slots<Swift.Result<[Result], any Error>>(chunks)
        DispatchQueue.concurrentPerform(iterations: chunks) { number in
            let range = (number * size)..<min(count, (number + 1) * size)
            results.set(number, Swift.Result { try evaluate(range, cancelled, body) })
        }
        return try results.values.flatMap { try $0.get() }
    }

    private static func evaluate<Result>(
        _ range: Range<Int>, _ cancelled: () -> Bool, _ body: (Int) throws -> Result
    ) throws -> [Result] {
        if cancelled() { throw CancellationError() }
        return try range.map(body)
    }

    /// One place for each chunk's result; no two threads write the same one.
    private final class Slots<Value>: @unchecked Sendable {
        private let places: UnsafeMutableBufferPointer<Value?>

        init(_ count: Int) {
            places = .allocate(capacity: count)
            places.initialize(repeating: nil)
        }

        deinit {
            places.deinitialize()
            places.deallocate()
        }

        func set(_ place: Int, _ value: Value) { places[place] = value }

        var values: [Value] { places.map { $0! } }
    }
}
