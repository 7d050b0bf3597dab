import Commands
import Glibc
import Plotting

/// What a terminal can show of a figure.
enum Graphics: String, CaseIterable {
    /// The graphics protocol of kitty, which WezTerm, Ghostty and Konsole know too.
    case kitty
    /// DEC's sixels, as foot, mlterm, mintty and xterm draw them.
    case sixel
    /// Characters.
    case text
    /// A line that names the figure.
    case none

    /// What `NASH_GRAPHICS` says, else what the terminal is known for, else characters.
    static var current: Graphics {
        if let wish = environment("NASH_GRAPHICS"), let graphics = Graphics(rawValue: wish) { return graphics }
        let program = environment("TERM_PROGRAM") ?? ""
        let terminal = environment("TERM") ?? ""
        if environment("TMUX") != nil || terminal.hasPrefix("screen") { return .text }  // they pass no pictures on
        if environment("KITTY_WINDOW_ID") != nil || terminal.contains("kitty") { return .kitty }
        if ["WezTerm", "ghostty"].contains(program) || environment("KONSOLE_VERSION") != nil { return .kitty }
        let sixelTerminals = ["foot", "mlterm", "yaft", "contour"]
        return sixelTerminals.contains { terminal.hasPrefix($0) } || program == "mintty" ? .sixel : .text
    }

    /// The figure as the terminal shows it, in whole lines; nil where it cannot be drawn so.
    func picture(of figure: Figure, columns: Int, isColoured: Bool) -> String? {
        switch self {
        case .kitty: (try? Plots.session.png(figure)).map(Self.kittyImage)
        case .sixel: (try? Plots.session.sixel(figure)).map { String(decoding: $0, as: UTF8.self) + "\n" }
        case .text:
            try? Plots.session.text(figure, width: columns, height: max(12, min(30, columns / 3)), colour: isColoured)
        case .none: nil
        }
    }

    /// The PNG in chunks of 4,096 letters of base 64 (https://sw.kovidgoyal.net/kitty/graphics-protocol/).
    static func kittyImage(_ png: [UInt8]) -> String {
        let text = Array(base64(png))
        let starts = Array(stride(from: 0, to: max(1, text.count), by: 4096))
        return starts.map { start in
            let chunk = String(text[start..<min(start + 4096, text.count)])
            let more = start == starts.last ? 0 : 1
            return "\u{1b}_G\(start == 0 ? "a=T,f=100," : "")m=\(more);\(chunk)\u{1b}\\"
        }.joined() + "\n"
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var text = ""
        text.reserveCapacity(bytes.count * 4 / 3 + 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let number = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for place in 0..<4 {
                text.append(place <= group.count ? letters[number >> (18 - 6 * place) & 63] : "=")
            }
        }
        return text
    }
}
