import Language
import Notebook

extension Session {
    /// Runs a cell as its plain `run` does, and records it where there is a recorder: what it shows, its remarks, the
    /// data that it reads, and how it ends.
    ///
    /// - Parameter title: what its marker in a file calls it.
    func run(
        _ source: Source, number: Int, title: String = "", recordedBy recorder: Recorder?, cancel: CancelToken,
        progress: any ProgressSink, note: @escaping @Sendable (String) -> Void, show: (Value) -> Void
    ) throws(CellError) {
        let recording = recorder?.begin(number: number, title: title, source, cancel: cancel)
        do throws(CellError) {
            try run(
                source, number: number, cancel: cancel, progress: progress,
                note: { text in
                    recording?.note(text)
                    note(text)
                }, opened: { recording?.opened($0) }, saved: { recording?.saved($0) },
                begin: { recording?.begin($0) },
                show: { value in
                    show(value)
                    recording?.show(value)
                })
            recording?.end(.done)
        } catch {
            recording?.end(error)
            throw error
        }
    }
}
