import Language
import Statistics
import Synchronization
import Tensors
import Training

/// Judges networks of a supernet on all processors: each has a supernet of its own over the same numbers, as small
/// networks are quicker side by side than each on several threads.
struct SubnetJudging {
    let space: SupernetSpace
    let dataset: Dataset
    let split: Dataset.Split
    let recalibration: Recalibration?
    let batch: Int

    /// How well each of the networks does, in their order.
    func evaluations(of architectures: [[UInt8]], in context: Context) throws -> [Evaluation] {
        let parts = max(1, min(Processors.count, architectures.count))
        let (cancel, progress, done) = (context.cancel, context.progress, JudgedCount())
        let threads = try Torch.threads
        defer { try? Torch.setThreads(threads) }
        let seen = try Parallel.map(parts, chunk: 1, cancelled: { cancel.isCancelled }) { part in
            try Torch.setThreads(1)
            let judge = try SubnetJudge(
                space.supernet(), dataset, split: split, recalibration: recalibration, batchSize: batch)
            let own = stride(from: part, to: architectures.count, by: parts).map { architectures[$0] }
            return try judge.evaluate(own, stop: { try cancel.check() }) { _ in
                progress.report(done: done.next(), of: architectures.count, label: "evaluate")
            }
        }
        return architectures.indices.map { seen[$0 % parts][$0 / parts] }
    }
}

/// Counts from any thread.
private final class JudgedCount: Sendable {
    private let value = Mutex(0)

    func next() -> Int {
        value.withLock { value in
            value += 1
            return value
        }
    }
}
