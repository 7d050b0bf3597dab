import CTerminal
import Glibc

/// The forms in which values print.
enum OutputFormat: String, CaseIterable, Sendable {
    /// Tables and values laid out for people.
    case table
    /// One value a line.
    case json
    case csv
    case markdown
}

/// How results print: the form, and what the terminal can show.
struct Presentation: Sendable, Equatable {
    var format = OutputFormat.table
    /// Columns of the window behind standard output, 80 where that is unknown.
    var width = 80
    /// Whether standard output takes colour.
    var color = false
    /// Whether standard error takes colour.
    var errorColor = false
    /// Whether pictures may be shown inline: standard output is a terminal.
    var isTerminal = false
}

extension Presentation {
    /// What holds now; the window may have another size by the next cell.
    static func current(_ format: OutputFormat, color: Bool) -> Presentation {
        Presentation(
            format: format, width: columns(of: STDOUT_FILENO), color: color && takesColor(STDOUT_FILENO),
            errorColor: color && takesColor(STDERR_FILENO), isTerminal: isatty(STDOUT_FILENO) == 1)
    }

    /// The width of the window behind `descriptor`, 80 where it has none.
    static func columns(of descriptor: Int32) -> Int {
        let columns = Int(terminal_columns(descriptor))
        return columns > 0 ? columns : 80
    }

    /// Only terminals that can, and not against the user's wish (https://no-color.org).
    static func takesColor(_ descriptor: Int32) -> Bool {
        isatty(descriptor) == 1 && !isDumb && (environment("NO_COLOR") ?? "").isEmpty
    }

    /// Whether the terminal cannot move its cursor.
    static var isDumb: Bool { ["dumb", ""].contains(environment("TERM") ?? "") }
}

/// The value of an environment variable, or nil where it is not set.
func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
}
