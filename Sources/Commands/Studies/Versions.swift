import Tensors
import Trials

/// What a study is run with.
enum Versions {
    /// The versions of this program and its libraries, the processor and the number of threads.
    static func current(_ plan: StudyPlan) -> [String: String] {
        guard case .training(let training) = plan.evaluation else {
            return MachineVersions.current(nash: NashVersion.text, libtorch: nil, threads: 1)
        }
        return MachineVersions.current(
            nash: NashVersion.text, libtorch: try? Torch.version, threads: training.threads)
    }
}
