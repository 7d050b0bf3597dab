import Commands
import Language
import Notebook
import Plotting

/// A value in the forms that a client may choose from, by their MIME types.
struct MIMEBundle {
    /// The longest JSON of a value that is sent, in bytes.
    private static let jsonLimit = 64 << 10
    /// The longest plain text that is sent whole, in bytes.
    private static let textLimit = 1 << 20

    private(set) var members: [(String, JSON?)]
    /// What could not be made of it, and why.
    private(set) var remark: String?

    /// - Parameters:
    ///   - width: the columns for which the plain text is laid out.
    ///   - isCancelled: ends the drawing of a figure.
    init(_ value: Value, width: Int, isCancelled: @Sendable () -> Bool) {
        members = [("text/plain", JSON(Self.cropped(ValuePrinter(width: width).text(value))))]
        if case .handle(let handle) = value, let figure = handle as? FigureHandle {
            draw(figure.figure, isCancelled)
            return
        }
        switch value {
        case .table(let table): members.append(("text/html", JSON(TableHTML.text(TableView(table)))))
        case .record(let record): members.append(("text/html", JSON(TableHTML.text(Self.view(record)))))
        default: break
        }
        if let json = Self.json(value) { members.append(("application/json", json)) }
    }

    var json: JSON { .object(members) }

    private mutating func draw(_ figure: Figure, _ isCancelled: @Sendable () -> Bool) {
        do {
            members.append(("image/svg+xml", JSON(try Plots.session.svg(figure, isCancelled: isCancelled))))
            members.append(("image/png", JSON(Base64.text(try Plots.session.png(figure, isCancelled: isCancelled)))))
        } catch {
            if !isCancelled() { remark = "the figure cannot be drawn: \(error)" }
        }
    }

    /// A record's fields below each other.
    private static func view(_ record: Record) -> TableView {
        TableView(
            columns: [.init("name"), .init("value")],
            rows: record.fields.map { [$0.name, ValuePrinter.line($0.value)] }, rowCount: record.names.count)
    }

    /// The value as JSON, unless it is long.
    private static func json(_ value: Value) -> JSON? {
        // A member is six bytes at least: what is surely too long need not be written first.
        if case .table(let table) = value, table.rowCount * table.columns.count > jsonLimit / 6 { return nil }
        let json = JSON(value)
        return json.text.utf8.count <= jsonLimit ? json : nil
    }

    private static func cropped(_ text: String) -> String {
        guard text.utf8.count > textLimit else { return text }
        let end = text.utf8.index(text.startIndex, offsetBy: textLimit)
        return String(text.unicodeScalars[..<end]) + "… (\(text.utf8.count) bytes in all)"
    }
}
