/// What gnuplot draws on.
enum Device: Hashable {
    case png, svg, pdf, sixel

    /// The font of titles; nil where there is one font only.
    func titleFont(_ theme: Theme) -> String? {
        switch self {
        case .png: "Sans:Bold,\(theme.fontSize * 0.9)"
        case .svg: "sans-serif:Bold,\(theme.fontSize * 1.1)"
        case .pdf: "Sans:Bold,\(theme.fontSize * 1.1)"
        case .sixel: nil
        }
    }

    /// What makes a dot as large as in png.
    var pointScale: Double { self == .pdf ? 0.6 : 1 }

    /// gnuplot's command that chooses the device. Enhanced text is off: `^`, `_`, `{}` and `@` are plain.
    func terminal(_ figure: Figure) -> String {
        let (width, height) = (min(16_384, max(160, figure.width)), min(16_384, max(120, figure.height)))
        let size = figure.theme.fontSize
        let background = "background \(figure.theme.background.gnuplotColour())"
        switch self {
        case .png:
            return "set terminal pngcairo noenhanced size \(width),\(height) font 'Sans,\(size * 0.8)' \(background)"
        case .svg:
            return "set terminal svg noenhanced size \(width),\(height) font 'sans-serif,\(size)' \(background)"
        case .pdf:
            let inches = "\(Double(width) / 96)in,\(Double(height) / 96)in"
            return "set terminal pdfcairo noenhanced size \(inches) font 'Sans,\(size)' \(background)"
        case .sixel:
            return "set terminal sixelgd truecolor noenhanced size \(width),\(height) "
                + "font 'DejaVu Sans,\(size * 0.75)' \(background)"
        }
    }
}
