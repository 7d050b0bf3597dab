import Commands
import Glibc
import Plotting
import Synchronization

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

    /// What `NASH_GRAPHICS` says, else what the terminal is known for, else what it answers when it is asked, else
    /// characters. The terminal is asked once, at the first figure.
    static var current: Graphics { known }

    private static let known =
        environment("NASH_GRAPHICS").flatMap { Graphics(rawValue: $0) } ?? Self(environment: environment)
        ?? TerminalAnswer.ask().map(Self.init) ?? .text

    /// What the environment tells of the terminal; nil where it has to be asked.
    ///
    /// tmux and screen pass no pictures on, and their answers are their own.
    init?(environment: (String) -> String?) {
        let program = environment("TERM_PROGRAM") ?? ""
        let terminal = environment("TERM") ?? ""
        let isWrapped = environment("TMUX") != nil || ["screen", "tmux"].contains { terminal.hasPrefix($0) }
        let kittyPrograms = ["WezTerm", "ghostty"]
        let sixelTerminals = ["foot", "mlterm", "yaft", "contour"]
        if isWrapped || ["", "dumb", "linux"].contains(terminal) || program == "Apple_Terminal" {
            self = .text
        } else if environment("KITTY_WINDOW_ID") != nil || terminal.contains("kitty")
            || kittyPrograms.contains(program) || environment("KONSOLE_VERSION") != nil
        {
            self = .kitty
        } else if sixelTerminals.contains(where: { terminal.hasPrefix($0) }) || program == "mintty" {
            self = .sixel
        } else {
            return nil
        }
    }

    /// What a terminal shows that answers so.
    init(_ answer: TerminalAnswer) {
        self = answer.knowsKitty ? .kitty : answer.knowsSixel ? .sixel : .text
    }

    /// What is wrong with `NASH_GRAPHICS`, once; nil where nothing is.
    static var remark: String? {
        hasRemarked.withLock { hasRemarked in
            guard !hasRemarked else { return nil }
            hasRemarked = true
            return environment("NASH_GRAPHICS").flatMap(complaint)
        }
    }

    /// What is wrong with a value of `NASH_GRAPHICS`.
    static func complaint(about wish: String) -> String? {
        guard !wish.isEmpty, Graphics(rawValue: wish) == nil else { return nil }
        return "NASH_GRAPHICS is '\(wish)', which is none of kitty, sixel, text and none: taken as not set"
    }

    private static let hasRemarked = Mutex(false)
}

extension Graphics {
    /// The figure as the terminal shows it, in whole lines; in characters where gnuplot cannot draw it, and nil where
    /// it is not to be drawn.
    func picture(of figure: Figure, in window: Window = .current, isColoured: Bool) -> String? {
        switch self {
        case .none: nil
        case .text: Self.text(figure, window, isColoured)
        case .kitty:
            (try? Plots.session.png(window.fitted(figure))).map(Self.kittyImage)
                ?? Self.text(figure, window, isColoured)
        case .sixel:
            (try? Plots.session.sixel(window.fitted(figure))).map { String(decoding: $0, as: UTF8.self) + "\n" }
                ?? Self.text(figure, window, isColoured)
        }
    }

    private static func text(_ figure: Figure, _ window: Window, _ isColoured: Bool) -> String? {
        try? figure.text(width: window.plotColumns, height: window.plotRows, isColoured: isColoured)
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
