import CTerminal
import Glibc
import Plotting

/// The window behind standard output.
struct Window: Equatable {
    /// In characters.
    var columns = 80
    var rows = 24
    /// In pixels; 0 where the terminal does not tell.
    var pixelWidth = 0
    var pixelHeight = 0

    /// The window as it is now.
    static var current: Window {
        let rows = Int(terminal_rows(STDOUT_FILENO))
        return Window(
            columns: Presentation.columns(of: STDOUT_FILENO), rows: rows > 0 ? rows : 24,
            pixelWidth: Int(terminal_pixel_width(STDOUT_FILENO)), pixelHeight: Int(terminal_pixel_height(STDOUT_FILENO))
        )
    }

    /// The width of a text plot.
    var plotColumns: Int { min(columns, 200) }

    /// The height of a text plot: the prompt and the cell that drew it stay in the window.
    var plotRows: Int { max(10, min(40, rows - 3, max(16, columns * 3 / 10))) }

    /// The height in pixels of the letters for which figures are laid out as they are.
    private static let usualLetter = 18.0

    /// The figure at the size that suits the window: its letters are about as high as the terminal's, and it is no
    /// wider and no higher than the window.
    func fitted(_ figure: Figure) -> Figure {
        let width = pixelWidth > 0 ? Double(pixelWidth) : Double(columns) * 9
        let height = pixelHeight > 0 ? Double(pixelHeight) : Double(rows) * Self.usualLetter
        let letter = height / Double(max(1, rows))
        let wanted = min(4, max(0.6, letter / Self.usualLetter))
        let room = (width: width - width / Double(max(1, columns)), height: height - 3 * letter)
        let scale = min(wanted, room.width / Double(figure.width), max(0.3, room.height / Double(figure.height)))
        var fitted = figure
        fitted.width = Int(Double(figure.width) * scale)
        fitted.height = Int(Double(figure.height) * scale)
        fitted.theme.fontSize = max(8, figure.theme.fontSize * scale)
        return fitted
    }
}
