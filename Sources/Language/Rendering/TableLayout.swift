/// A table laid out for a width: names and units, a rule, the first rows, and what does not fit in words below.
struct TableLayout {
    private let table: Table
    private let printer: ValuePrinter
    private let shownRows: Int

    init(_ table: Table, _ printer: ValuePrinter) {
        self.table = table
        self.printer = printer
        // A line that says "… 1 more row" would take the place of that row.
        shownRows = table.rowCount <= printer.rowLimit + 1 ? table.rowCount : printer.rowLimit
    }

    var text: String {
        guard !table.columns.isEmpty else { return "a table without columns" }
        var columns: [LaidOutColumn] = []
        var used = 0
        for column in table.columns {
            let laidOut = LaidOutColumn(column, rows: shownRows, limit: printer.width)
            let space = columns.isEmpty ? 0 : 2
            guard columns.isEmpty || used + space + laidOut.leastWidth <= printer.width else { break }
            used += space + laidOut.leastWidth
            columns.append(laidOut)
        }
        widen(&columns, by: printer.width - used)
        let lines = [header(columns), rule(columns)] + (0..<shownRows).map { row($0, columns) }
        return (lines + remarks(columns.count)).joined(separator: "\n")
    }

    /// Gives the columns what room is left, a column of the terminal at a time, until each has what it wants.
    private func widen(_ columns: inout [LaidOutColumn], by room: Int) {
        var room = room
        while room > 0 {
            let before = room
            for place in columns.indices where room > 0 && columns[place].width < columns[place].naturalWidth {
                columns[place].width += 1
                room -= 1
            }
            if room == before { return }
        }
    }

    private func header(_ columns: [LaidOutColumn]) -> String {
        line(
            columns.map { column in
                let place = column.place(column.header)
                return place.replacing(column.header.cropped(to: column.width), with: printer.paint)
            })
    }

    private func rule(_ columns: [LaidOutColumn]) -> String {
        printer.paint(columns.map { String(repeating: "─", count: $0.width) }.joined(separator: "  "), .faint)
    }

    private func row(_ row: Int, _ columns: [LaidOutColumn]) -> String {
        line(
            columns.map { column in
                let text = column.place(column.cells[row])
                return column.isMissing[row] ? printer.paint(text, .faint) : text
            })
    }

    /// The cells beside each other, without spaces at the end.
    private func line(_ cells: [String]) -> String {
        var line = Substring(cells.joined(separator: "  "))
        while line.hasSuffix(" ") { line.removeLast() }
        return String(line)
    }

    /// How many rows and which columns are not shown.
    private func remarks(_ shownColumns: Int) -> [String] {
        var remarks: [String] = []
        if table.rowCount == 0 { remarks.append("no rows") }
        let hiddenRows = table.rowCount - shownRows
        if hiddenRows > 0 { remarks.append("… \(hiddenRows) more rows") }
        let hidden = table.names.dropFirst(shownColumns)
        if !hidden.isEmpty {
            remarks.append(
                "… and \(hidden.count) more \(hidden.count == 1 ? "column" : "columns"): \(hidden.joined(separator: ", "))"
            )
        }
        return remarks.flatMap { WrappedText.lines($0, width: printer.width) }.map { printer.paint($0, .faint) }
    }
}

extension String {
    /// The text with the part that is `header` made strong, and not the spaces around it.
    fileprivate func replacing(_ header: String, with paint: Paint) -> String {
        guard paint.isColoured, let range = firstRange(of: header) else { return self }
        return self[..<range.lowerBound] + paint(header, .strong) + self[range.upperBound...]
    }

    private func firstRange(of part: String) -> Range<String.Index>? { ranges(of: part).first }
}

/// A column's header and the cells that are shown, as text.
struct LaidOutColumn {
    let header: String
    let cells: [String]
    let isMissing: [Bool]
    let isNumeric: Bool
    /// What shows everything, as far as the terminal is wide.
    let naturalWidth: Int
    /// What must be there: all of a number and of a header that is not overlong, the beginning of a text.
    let leastWidth: Int
    var width: Int

    init(_ column: Column, rows: Int, limit: Int) {
        header = column.name.printable + (column.unit.map { " (\($0.rawValue))" } ?? "")
        let shown = column.first(rows)
        isMissing = (0..<rows).map { shown[$0].isNone }
        cells = shown.texts
        isNumeric = shown.numbers != nil
        let cellWidth = cells.map(\.displayWidth).max() ?? 0
        naturalWidth = min(limit, max(header.displayWidth, cellWidth))
        let (headerRoom, textRoom) = limit < 60 ? (8, 10) : (20, 16)
        leastWidth = min(naturalWidth, isNumeric ? max(cellWidth, min(header.displayWidth, headerRoom)) : textRoom)
        width = leastWidth
    }

    /// The text cut and filled up to the column's width, numbers to the right.
    func place(_ text: String) -> String {
        let text = text.cropped(to: width)
        return isNumeric ? text.paddedLeft(to: width) : text.paddedRight(to: width)
    }
}

extension Column {
    fileprivate func first(_ rows: Int) -> Column { rows == count ? self : gather(Array(0..<rows)) }

    /// One line a cell; numbers without their unit, which stands in the header.
    fileprivate var texts: [String] {
        guard case .floats(let floats) = cells else {
            return values.map { unit == nil ? ValuePrinter.line($0) : $0.bare }
        }
        let present = missing.isEmpty ? floats : zip(floats, missing.flags).map { $1 ? 0 : $0 }
        let texts = NumeralColumn.texts(present)
        return missing.isEmpty ? texts : zip(texts, missing.flags).map { $1 ? "none" : $0 }
    }
}

extension Value {
    fileprivate var bare: String {
        if case .quantity(let quantity) = self { return Numerals.rounded(quantity.magnitude) }
        return ValuePrinter.line(self)
    }
}
