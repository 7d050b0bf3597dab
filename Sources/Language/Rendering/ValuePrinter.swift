/// Prints values for people: laid out for a width, with sensible digits.
public struct ValuePrinter: Sendable {
    /// Columns of the terminal.
    public var width: Int
    /// Whether to colour what is printed, by ANSI escape sequences.
    public var isColoured: Bool
    /// How many rows of a table, elements of a list or lines of a nested value are shown.
    public var rowLimit: Int

    /// A printer for a terminal `width` columns wide.
    public init(width: Int = 80, isColoured: Bool = false, rowLimit: Int = 20) {
        self.width = max(2, width)
        self.isColoured = isColoured
        self.rowLimit = max(1, rowLimit)
    }

    /// The value as one or more lines, without a line's end after the last.
    public func text(_ value: Value) -> String {
        switch value {
        case .none(let reason): paint(reason.map { "none (\($0.printable))" } ?? "none", .faint)
        case .string(let string):
            string.split(separator: "\t", omittingEmptySubsequences: false)
                .map { WrappedText.printable(String($0)) }.joined(separator: "\t")
        case .table(let table): TableLayout(table, self).text
        case .record(let record): text(record)
        case .list(let items): text(items)
        case .handle(let handle): WrappedText.hanging(handle.display, width: width).joined(separator: "\n")
        default: ValuePrinter.line(value)
        }
    }

    /// The value on one line: what stands in a cell or names a group.
    public static func line(_ value: Value) -> String {
        if case .string(let string) = value { return string.printable }
        return element(value)
    }

    /// As ``line(_:)``, but strings in quotes: what stands in a list or a record.
    static func element(_ value: Value) -> String {
        switch value {
        case .none: "none"
        case .bool(let bool): bool ? "true" : "false"
        case .int(let int): String(int)
        case .float(let float): Numerals.rounded(float)
        case .string(let string): JSONRenderer.quoted(string)
        case .quantity(let quantity):
            quantity.magnitude.isFinite ? Numerals.rounded(quantity.magnitude) + quantity.unit.rawValue : "none"
        case .range(let range): "\(element(range.lower))..\(element(range.upper))"
        case .list(let items): "[\(items.map(element).joined(separator: ", "))]"
        case .record(let record):
            "{\(record.fields.map { "\($0.name): \(element($0.value))" }.joined(separator: ", "))}"
        case .table(let table): "table of \(Counted.rows(table.rowCount))"
        case .function(let function): "\(function.name)(\(function.parameters.joined(separator: ", ")))"
        case .symbol(let symbol): symbol.name
        case .handle(let handle): handle.summary.printable
        }
    }

    var paint: Paint { Paint(isColoured: isColoured) }

    /// One field a line, the values below each other.
    private func text(_ record: Record) -> String {
        if record.names.isEmpty { return "{}" }
        let names = record.names.map(\.printable)
        let longest = min(names.map(\.displayWidth).max() ?? 0, width / 2)
        return zip(names, record.fields).map { name, field in
            let label = name.cropped(to: longest).paddedRight(to: longest)
            let value = ValuePrinter.line(field.value).cropped(to: max(1, width - longest - 2))
            return paint(label, .strong) + "  " + (field.value.isNone ? paint(value, .faint) : value)
        }.joined(separator: "\n")
    }

    /// In one line where that fits, else one element a line.
    private func text(_ items: [Value]) -> String {
        if items.count <= max(rowLimit, width / 3) {
            let line = ValuePrinter.element(.list(items))
            if line.displayWidth <= width { return line }
        }
        let shown = items.count <= rowLimit + 1 ? items[...] : items.prefix(rowLimit)
        var lines = shown.map { ValuePrinter.line($0).cropped(to: width) }
        if shown.count < items.count {
            lines.append(paint("… \(items.count - shown.count) more".cropped(to: width), .faint))
        }
        return lines.joined(separator: "\n")
    }
}

/// Numbers of things with their names.
enum Counted {
    static func rows(_ count: Int) -> String { count == 1 ? "1 row" : "\(count) rows" }

    static func columns(_ count: Int) -> String { count == 1 ? "1 column" : "\(count) columns" }
}
