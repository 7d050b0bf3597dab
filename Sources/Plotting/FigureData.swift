extension Figure {
    /// The figure's data as CSV: one row for each point, with the columns `series,x,y,low,high,values`.
    public var data: String {
        var text = "series,x,y,low,high,values\n"
        for (index, series) in series.enumerated() {
            let columns = [series.x, series.y, series.low, series.high, series.values]
            let name = csvField(series.name ?? "\(index + 1)")
            for row in 0..<series.x.count {
                let cells = columns.map { row < $0.count ? csvField($0.text(row)) : "" }
                text += "\(name),\(cells.joined(separator: ","))\n"
            }
        }
        return text
    }

    /// A field as RFC 4180 writes it.
    private func csvField(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else { return text }
        return "\"\(text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))\""
    }
}
