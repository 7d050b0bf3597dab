import Glibc
import Language

/// A figure's picture as it lies in a run's folder, or why it cannot be shown.
enum FigurePicture {
    /// An SVG that draws and does nothing else.
    case svg([UInt8])
    /// What to say in its place.
    case missing(String)

    /// The picture of a figure in `folder`.
    ///
    /// A path that leads out of the folder is not followed, and what is no picture of gnuplot's, or another one than was
    /// recorded, is not taken: a folder may come from someone else.
    init(_ figure: FigureRecord, in folder: String) {
        let shown = VisibleText.line(figure.svg)
        guard Self.staysInside(figure.svg) else {
            self = .missing("the figure's path \(shown) leads out of the run's folder")
            return
        }
        let path = "\(folder)/\(figure.svg)"
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, let bytes = try? FileBytes.read(path)
        else {
            self = .missing("the figure's file \(shown) is gone")
            return
        }
        if let fault = SVGCheck.fault(in: bytes) {
            self = .missing("the figure's file \(shown) was altered: \(fault)")
        } else if let hash = figure.svgSHA256, hash != SHA256.bytes(bytes) {
            self = .missing("the figure's file \(shown) was altered: it is not the picture that was recorded")
        } else {
            self = .svg(bytes)
        }
    }

    private static func staysInside(_ path: String) -> Bool {
        !path.isEmpty && !path.hasPrefix("/") && !path.utf8.contains(0)
            && !path.split(separator: "/", omittingEmptySubsequences: false).contains("..")
    }
}
