import Language
import Tensors
import Trials

extension StudyRun {
    /// Runs the study called `name` to its end, or until the cell is cancelled.
    ///
    /// - Parameters:
    ///   - total: how many epochs its trials have together, where that is known.
    ///   - remedy: what goes on with it once it was cancelled.
    func run(
        _ name: String, workers: Int, of total: Int?, resumedBy remedy: String, in context: Context
    ) throws -> StudyReport {
        let (cancel, progress) = (context.cancel, context.progress)
        defer { if Torch.isLoaded { try? Torch.keepMemory(0) } }
        do {
            return try run(
                workers: workers, isCancelled: { cancel.isCancelled },
                progress: { progress.report(done: $0, of: total, label: name) })
        } catch let error as CancellationError {
            context.note("\(name) is stored as far as it came: \(remedy) goes on with it")
            throw error
        }
    }
}
