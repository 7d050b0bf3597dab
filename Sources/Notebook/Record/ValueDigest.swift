import Commands
public import Language
import Plotting

/// The SHA-256 of a value: the same where the value is the same, in this run or another.
///
/// It goes over the value as JSON lines, as `--json` prints it, row by row. Columns and fields that the clock made are
/// left out (``ClockColumns``), and so are rows of text that name one, as `describe` and `columns` make them. A figure
/// counts by its points, and another handle by its identity and fields.
public enum ValueDigest {
    /// 64 hexadecimal digits.
    public static func of(_ value: Value) -> String {
        var hash = SHA256()
        if case .handle(let handle) = value {
            absorb(handle, into: &hash)
        } else {
            JSONText.lines(timeless(value)) { line in
                hash.absorb(line)
                hash.absorb("\n")
            }
        }
        return hash.finish()
    }

    private static func absorb(_ handle: any Handle, into hash: inout SHA256) {
        if let figure = handle as? FigureHandle { return hash.absorb(figure.figure.data) }
        let kind = type(of: handle)
        hash.absorb("\(kind.typeName) \(handle.identity)\n")
        let left = ClockColumns.names.union(ClockColumns.machine)
        for name in kind.fields.map(\.name) where !left.contains(name) {
            guard let value = try? handle.field(name) else { continue }
            hash.absorb("\(name) \(JSONText.text(timeless(value)))\n")
        }
    }

    /// The value without what the clock made.
    static func timeless(_ value: Value) -> Value {
        switch value {
        case .table(let table): .table(timeless(table))
        case .record(let record):
            .record(
                Record(
                    record.fields.filter { !ClockColumns.names.contains($0.name) }
                        .map { ($0.name, timeless($0.value)) }))
        case .list(let items): .list(items.map(timeless))
        default: value
        }
    }

    private static func timeless(_ table: Table) -> Table {
        let columns = table.columns.filter { !ClockColumns.names.contains($0.name) }
        let kept = columns.count == table.columns.count ? table : Table(columns)
        guard let first = columns.first(where: { $0.name == "column" }), case .strings(let names) = first.cells,
            names.contains(where: ClockColumns.names.contains)
        else { return kept }
        return kept.gather(names.indices.filter { !ClockColumns.names.contains(names[$0]) })
    }
}
