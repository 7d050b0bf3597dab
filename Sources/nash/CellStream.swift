import Glibc
import Language

/// Runs the cells on standard input one after the other, as a session would: `nash --cells`, for the examples of the
/// documentation.
///
/// Cells come, and what they show goes, with a record separator (U+001E) after each. Errors stand where they happen.
struct CellStream: OutputSink {
    private static let separator: Character = "\u{1E}"

    let engine: any Engine

    func run() -> ExitCode {
        let text: String
        do throws(FileError) {
            text = String(decoding: try Files.read(STDIN_FILENO, "<stdin>"), as: UTF8.self)
        } catch {
            _ = writeAll("nash: \(error)\n", to: STDERR_FILENO)
            return .usage
        }
        for (index, source) in text.split(separator: Self.separator).enumerated() {
            show(Cell(source: String(source), name: "cell \(index + 1)", number: index + 1))
        }
        return .done
    }

    private func show(_ cell: Cell) {
        let context = CellContext(
            cancel: CancelToken(), progress: SilentProgress(), output: self,
            presentation: Presentation())
        let outcome = engine.run(cell, in: context)
        write(outcome.error.isEmpty ? "" : outcome.error + "\n")
        write(String(Self.separator))
    }

    func write(_ text: String) { _ = writeAll(text, to: STDOUT_FILENO) }
}
