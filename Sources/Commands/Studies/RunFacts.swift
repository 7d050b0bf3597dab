import Tensors
import Trials

/// What the record of a run tells of the program behind it.
public enum RunFacts {
    /// The versions of nash, Swift and libtorch (once it is loaded), the processor and how many there are.
    public static var versions: [String: String] {
        MachineVersions.current(
            nash: NashVersion.text, libtorch: Torch.isLoaded ? try? Torch.version : nil, threads: Processors.count)
    }

    /// Whether libtorch is loaded, so that its version is known.
    public static var knowsTorch: Bool { Torch.isLoaded }

    /// The number of the first study that this program made, on which names such as `hyperband-3` depend; nil where it
    /// has made none.
    public static var firstStudy: Int? { UserStore.shared.firstCreated }

    /// Lets the studies of an empty store be numbered from `id` on.
    ///
    /// - Throws: `CommandError` where the store cannot be written.
    public static func beginStudies(at id: Int) throws {
        try StudyFailure.explained { try UserStore.shared.beginStudies(at: id) }
    }
}
