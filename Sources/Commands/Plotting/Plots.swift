import Language
public import Plotting
import Synchronization

/// The gnuplot that draws all figures of this process, and the figure that it drew last.
public enum Plots {
    /// The one gnuplot.
    public static let session = GnuplotSession()

    private static let latest = Mutex<FigureHandle?>(nil)

    /// The figure that was made last.
    static var last: FigureHandle? { latest.withLock { $0 } }

    /// The figure as a value, written to `path` where one is given.
    static func draw(_ figure: Figure, to path: FilePath?, in context: Context) throws -> FigureHandle {
        let handle = FigureHandle(figure, path: path?.text)
        latest.withLock { $0 = handle }
        guard let path else { return handle }
        do {
            let omitted = try session.render(figure, to: path.text, isCancelled: { context.cancel.isCancelled })
            for note in omitted.notes { context.note(note) }
        } catch let error as PlotError {
            if error == .cancelled { throw CancellationError() }
            throw CommandError(error.description, argument: "to", code: .plot)
        }
        return handle
    }
}
