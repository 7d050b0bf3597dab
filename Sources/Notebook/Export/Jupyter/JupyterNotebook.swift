import Language

/// A run as a notebook of Jupyter, nbformat 4.5 (https://nbformat.readthedocs.io/en/latest/format_description.html).
///
/// A cell that has a title follows a cell with it as a heading. What the record knows beyond the format stands under
/// `nash` in the metadata of the notebook and of each cell.
struct JupyterNotebook {
    private let run: RunRecord

    /// A notebook of a record; its figures are read when its bytes are asked for.
    init(_ run: RunRecord) { self.run = run }

    /// The whole file.
    var bytes: [UInt8] {
        let cells = run.cells.enumerated().flatMap { place, cell in
            cell.status == .text
                ? [markdown(heading(cell) + cell.source, place, "text")]
                : (cell.title.isEmpty ? [] : [markdown("## \(MarkdownEscape.line(cell.title))", place, "title")])
                    + [code(cell, place)]
        }
        return IndentedJSON.bytes(
            .object([
                ("cells", .list(cells)), ("metadata", metadata), ("nbformat", .int(4)), ("nbformat_minor", .int(5)),
            ]))
    }

    private func heading(_ cell: CellRecord) -> String {
        cell.title.isEmpty ? "" : "## \(MarkdownEscape.line(cell.title))\n\n"
    }

    private func markdown(_ text: String, _ place: Int, _ role: String) -> Value {
        .object([
            ("cell_type", .string("markdown")), ("id", id(place, role, text)), ("metadata", .object([])),
            ("source", .lines(text)),
        ])
    }

    private func code(_ cell: CellRecord, _ place: Int) -> Value {
        let outputs = JupyterOutputs(cell, folder: run.folder).list
        // A number below 1 is none of nbformat's.
        let number: Value = cell.number > 0 ? .int(cell.number) : .none
        return .object([
            ("cell_type", .string("code")), ("execution_count", number), ("id", id(place, "code", cell.source)),
            ("metadata", .object([("nash", facts(of: cell))])), ("outputs", .list(outputs)),
            ("source", .lines(cell.source)),
        ])
    }

    /// From place and content: the same in the same record, different from cell to cell.
    private func id(_ place: Int, _ role: String, _ text: String) -> Value {
        .string(String(SHA256.text("\(place) \(role)\n\(text)").prefix(16)))
    }

    private func facts(of cell: CellRecord) -> Value {
        .object([
            ("status", .string(cell.status.rawValue)), ("started", .string(cell.started)), ("seed", .int(cell.seed)),
            ("wall_milliseconds", .float(cell.wallMilliseconds)), ("cpu_milliseconds", .float(cell.cpuMilliseconds)),
        ])
    }

    private var metadata: Value {
        let kernel = Value.object([
            ("display_name", .string("nash")), ("language", .string("nash")), ("name", .string("nash")),
        ])
        let language = Value.object([
            ("file_extension", .string(".nash")), ("mimetype", .string("text/x-nash")), ("name", .string("nash")),
            ("pygments_lexer", .string("text")), ("version", .string(run.versions["nash"] ?? "")),
        ])
        return .object([
            ("kernelspec", kernel), ("language_info", language), ("nash", facts), ("title", .string(run.title)),
        ])
    }

    private var facts: Value {
        let data = run.data.map { data in
            Value.object([
                ("name", .string(data.name)), ("path", data.path.map(Value.string) ?? .none),
                ("sha256", .string(data.sha256)),
            ])
        }
        return .object([
            ("started", .string(run.started)), ("seed", .int(run.seed)),
            ("arguments", .list(run.arguments.map(Value.string))), ("data", .list(data)),
            ("versions", .object(run.sortedVersions.map { ($0.name, .string($0.version)) })),
        ])
    }
}

extension Value {
    /// An object of JSON.
    static func object(_ fields: [(String, Value)]) -> Value { .record(Record(fields)) }

    /// A text as nbformat keeps it: a list of lines, each with its end.
    static func lines(_ text: String) -> Value { lines(Array(text.utf8)) }

    /// The same of a text's UTF-8.
    static func lines(_ bytes: [UInt8]) -> Value {
        var lines: [Value] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let end = rest.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? rest.endIndex
            lines.append(.string(String(decoding: rest[..<end], as: UTF8.self)))
            rest = rest[end...]
        }
        return .list(lines)
    }
}
