import Commands
import Glibc
import Plotting

/// Writes the folder of a run: the header, a line for each cell as it ends, and figures.
///
/// A line goes to the system whole before the next cell begins, so that a process that is killed loses at most the cell
/// in hand. It is not forced to the disk: after a power cut the last lines may be missing.
final class RunWriter {
    /// The folder.
    let folder: String
    private let cells: Int32

    /// Makes the folder and begins `cells.jsonl`.
    init(_ place: RunPlace, title: String, at time: RunClock) throws(RunError) {
        folder = try place.make(title: title, at: time)
        let path = "\(folder)/\(RunFile.cells)"
        cells = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o600)
        guard cells >= 0 else { throw RunPlace.failure(path, "the file cannot be made") }
        // Held until the process ends, however it does: ``RunRecord/isRunning(_:)``.
        flock(cells, LOCK_EX | LOCK_NB)
    }

    deinit { close(cells) }

    /// Adds the line of a cell.
    func append(_ cell: CellRecord) throws(RunError) {
        try Self.write(cell.jsonLine + "\n", to: cells, "\(folder)/\(RunFile.cells)")
    }

    /// Puts the header in the place of the last one.
    func put(header: String) throws(RunError) { try replace(RunFile.header, with: header) }

    /// Writes a figure's points, script and picture.
    ///
    /// - Returns: its files; nil for the picture that could not be drawn, with the reason.
    func put(
        _ figure: Figure, as name: String, isCancelled: @Sendable () -> Bool
    ) throws(RunError) -> (files: FigureRecord?, reason: String?) {
        try RunPlace.makeFolder("\(folder)/\(RunFile.plots)", withParents: false)
        let stem = "\(RunFile.plots)/\(name)"
        var files = FigureRecord(svg: "\(stem).svg", script: "\(stem).gp", data: "\(stem).csv")
        try replace(files.data, with: figure.data)
        let picture: String
        do {
            let script = try Plots.session.script(for: figure)
            try replace(files.script, with: script)
            picture = try Plots.session.svg(figure, isCancelled: isCancelled)
        } catch let error as RunError {
            throw error
        } catch {
            return (nil, "\(error)")
        }
        try replace(files.svg, with: picture)
        files.svgSHA256 = SHA256.text(picture)
        return (files, nil)
    }

    /// Writes a file by way of a new one beside it: a half-written one never replaces a whole one.
    private func replace(_ name: String, with text: String) throws(RunError) {
        let path = "\(folder)/\(name)"
        let new = path + RunFile.new
        let descriptor = open(new, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw RunPlace.failure(new, "the file cannot be made") }
        do throws(RunError) {
            try Self.write(text, to: descriptor, path)
        } catch {
            close(descriptor)
            unlink(new)
            throw error
        }
        close(descriptor)
        guard rename(new, path) == 0 else { throw RunPlace.failure(path, "the file cannot be replaced") }
    }

    private static func write(_ text: String, to descriptor: Int32, _ path: String) throws(RunError) {
        var text = text
        let isWritten = text.withUTF8 { bytes in
            var place = 0
            while place < bytes.count {
                let count = Glibc.write(descriptor, bytes.baseAddress! + place, bytes.count - place)
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { return false }
                place += count
            }
            return true
        }
        guard isWritten else { throw RunPlace.failure(path, "it cannot be written") }
    }
}
