import Glibc
import Synchronization

/// Draws figures with one gnuplot that is started at the first plot and kept.
///
/// Nothing of a figure but text within quotes, numbers and file names of our own reach gnuplot. After a failure the
/// next plot starts a new gnuplot, which takes some 30 ms. Plots of several threads are drawn one after another.
public final class GnuplotSession: Sendable {
    private let process = Mutex<GnuplotProcess?>(nil)
    private let program: String
    private let timeout: Duration

    /// Makes a session; nothing is started yet.
    ///
    /// - Parameters:
    ///   - program: gnuplot's name or path; nil takes the environment's `NASH_GNUPLOT`, or else `gnuplot`.
    ///   - timeout: how long one plot may take.
    public init(program: String? = nil, timeout: Duration = .seconds(60)) {
        let chosen = program ?? getenv("NASH_GNUPLOT").map { String(cString: $0) }
        self.program = chosen.flatMap { $0.isEmpty ? nil : $0 } ?? "gnuplot"
        self.timeout = timeout
    }

    /// Draws a figure into a file; the format is that of the path's ending.
    ///
    /// The picture is written beside the path and renamed, so that the path holds the old file or the whole new one.
    /// Missing folders are made.
    ///
    /// - Parameters:
    ///   - path: any path, with whatever characters.
    ///   - format: the format, where the path's ending does not tell.
    ///   - isCancelled: polled some 50 times a second; true ends the plot.
    /// - Returns: which rows were left out.
    /// - Throws: ``PlotError``.
    @discardableResult
    public func render(
        _ figure: Figure, to path: String, as format: PlotFormat? = nil, isCancelled: @Sendable () -> Bool = { false }
    ) throws -> Omitted {
        let chosen = try format ?? PlotFormat(path: path)
        let (bytes, omitted) = try bytes(figure, chosen, isCancelled)
        try PictureFile(path).write(bytes)
        return omitted
    }

    private func bytes(
        _ figure: Figure, _ format: PlotFormat, _ isCancelled: @Sendable () -> Bool
    ) throws -> ([UInt8], Omitted) {
        switch format {
        case .png: return try draw(figure, on: .png, isCancelled)
        case .svg: return try draw(figure, on: .svg, isCancelled)
        case .pdf: return try draw(figure, on: .pdf, isCancelled)
        case .sixel: return try draw(figure, on: .sixel, isCancelled)
        case .text:
            return (Array(try figure.text(width: 100, height: 30).utf8), try figure.omitted)
        case .script: return (Array(try script(for: figure).utf8), try figure.omitted)
        }
    }

    private func draw(
        _ figure: Figure, on device: Device, _ isCancelled: @Sendable () -> Bool
    ) throws -> ([UInt8], Omitted) {
        let script = try Script(figure, on: device)
        let bytes = try process.withLock { process in
            if process?.isAlive != true { process = try GnuplotProcess(program: program) }
            do {
                return try process?.draw(script, deadline: timeout, isCancelled: isCancelled) ?? []
            } catch let error as PlotError {
                process = nil
                throw error
            }
        }
        return (device == .svg ? SVGPicture.normalised(bytes) : bytes, script.drawing.omitted)
    }
}

extension GnuplotSession {
    /// The figure as PNG.
    ///
    /// - Throws: ``PlotError``.
    public func png(_ figure: Figure, isCancelled: @Sendable () -> Bool = { false }) throws -> [UInt8] {
        try draw(figure, on: .png, isCancelled).0
    }

    /// The figure as SVG, the same text for the same figure.
    ///
    /// - Throws: ``PlotError``.
    public func svg(_ figure: Figure, isCancelled: @Sendable () -> Bool = { false }) throws -> String {
        String(decoding: try draw(figure, on: .svg, isCancelled).0, as: UTF8.self)
    }

    /// The figure as sixels, to be written to a terminal that draws them.
    ///
    /// - Throws: ``PlotError``.
    public func sixel(_ figure: Figure, isCancelled: @Sendable () -> Bool = { false }) throws -> [UInt8] {
        try draw(figure, on: .sixel, isCancelled).0
    }

    /// The figure in characters, as ``Figure/text(width:height:isColoured:)`` draws it: gnuplot is not started.
    ///
    /// - Throws: ``PlotError/mismatchedColumns(_:)``, ``PlotError/badAxis(_:)``.
    public func text(_ figure: Figure, width: Int, height: Int, colour: Bool = false) throws -> String {
        try figure.text(width: width, height: height, isColoured: colour)
    }

    /// The gnuplot script that draws the figure as SVG to its standard output, data included.
    ///
    /// - Throws: ``PlotError/mismatchedColumns(_:)``, ``PlotError/badAxis(_:)``.
    public func script(for figure: Figure) throws -> String {
        "# gnuplot 5.4 or later: gnuplot -d figure.gp > figure.svg\n" + (try Script(figure, on: .svg).text(output: nil))
    }
}

extension Figure {
    /// Which rows have no place in the picture.
    ///
    /// - Throws: ``PlotError/mismatchedColumns(_:)``, ``PlotError/badAxis(_:)``.
    public var omitted: Omitted {
        get throws { try Drawing(self, on: Canvas(self)).omitted }
    }
}
