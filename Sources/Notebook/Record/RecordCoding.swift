import Language

// Records as JSON: the keys are the properties' names in snake case; what is nil is left out.

extension CellRecord {
    /// The line of `cells.jsonl`, without its end.
    var jsonLine: String { JSONText.text(.record(object)) }

    private var object: Record {
        var object = Record([
            ("number", .int(number)), ("title", .string(title)), ("name", .string(name)), ("line", .int(line)),
            ("source", .string(source)), ("source_sha256", .string(SHA256.text(source))),
            ("status", .string(status.rawValue)), ("started", .string(started)),
            ("wall_milliseconds", .float(wallMilliseconds)), ("cpu_milliseconds", .float(cpuMilliseconds)),
            ("seed", .int(seed)), ("outputs", .list(outputs.map { .record($0.object) })),
            ("data", .list(data.map { .record($0.object) })),
        ])
        object["error"] = error.map(Value.string)
        return object
    }

    /// - Throws: ``RunError`` where a field is missing or wrong.
    init(_ fields: RecordFields) throws(RunError) {
        let status = try fields.choice("status", Status.self)
        let source = try fields.text("source")
        guard try fields.hash("source_sha256") == SHA256.text(source) else {
            throw RunError(fields.place, "the source of this cell was changed after it ran: its SHA-256 differs")
        }
        var outputs: [OutputRecord] = []
        for output in try fields.objects("outputs") { outputs.append(try OutputRecord(output)) }
        var data: [DataRecord] = []
        for item in try fields.objects("data") { data.append(try DataRecord(item)) }
        self.init(
            number: try fields.count("number", from: status == .text ? 0 : 1), title: try fields.text("title"),
            source: source, status: status, started: try fields.text("started"),
            wallMilliseconds: try fields.number("wall_milliseconds"),
            cpuMilliseconds: try fields.number("cpu_milliseconds"), seed: try fields.whole("seed"), outputs: outputs,
            error: try fields.text(orNone: "error"), data: data, name: try fields.text("name"),
            line: try fields.count("line", from: 1))
    }
}

extension OutputRecord {
    fileprivate var object: Record {
        var object = Record([("kind", .string(kind.rawValue)), ("text", .string(text))])
        object["table"] = table.map { .record($0.object) }
        object["figure"] = figure.map { .record($0.object) }
        object["digest"] = digest.map(Value.string)
        return object
    }

    fileprivate init(_ fields: RecordFields) throws(RunError) {
        self.init(
            try fields.choice("kind", Kind.self), text: try fields.text("text"),
            table: try fields.object(orNone: "table").map { (table) throws(RunError) in try TableView(table) },
            figure: try fields.object(orNone: "figure").map { (figure) throws(RunError) in try FigureRecord(figure) },
            digest: try fields.hash(orNone: "digest"))
    }
}

extension FigureRecord {
    fileprivate var object: Record {
        var object = Record([("svg", .string(svg)), ("script", .string(script)), ("data", .string(data))])
        object["svg_sha256"] = svgSHA256.map(Value.string)
        return object
    }

    fileprivate init(_ fields: RecordFields) throws(RunError) {
        self.init(
            svg: try fields.inside("svg"), script: try fields.inside("script"), data: try fields.inside("data"),
            svgSHA256: try fields.hash(orNone: "svg_sha256"))
    }
}

extension DataRecord {
    fileprivate var object: Record {
        var object = Record([("name", .string(name)), ("sha256", .string(sha256))])
        object["path"] = path.map(Value.string)
        return object
    }

    fileprivate init(_ fields: RecordFields) throws(RunError) {
        self.init(
            name: try fields.text("name"), path: try fields.text(orNone: "path"), sha256: try fields.hash("sha256"))
    }
}

extension TableView {
    fileprivate var object: Record {
        let columns = columns.map { column in
            var object = Record([("name", .string(column.name)), ("is_numeric", .bool(column.isNumeric))])
            object["unit"] = column.unit.map(Value.string)
            return Value.record(object)
        }
        return Record([
            ("columns", .list(columns)), ("rows", .list(rows.map { .list($0.map(Value.string)) })),
            ("row_count", .int(rowCount)),
        ])
    }

    fileprivate init(_ fields: RecordFields) throws(RunError) {
        var columns: [Column] = []
        for column in try fields.objects("columns") {
            columns.append(
                Column(
                    try column.text("name"), unit: try column.text(orNone: "unit"),
                    isNumeric: try column.flag("is_numeric")))
        }
        var rows: [[String]] = []
        for row in try fields.list("rows") {
            guard case .list(let cells) = row, cells.count == columns.count else {
                throw fields.wrong("rows", "lists of \(columns.count) texts")
            }
            rows.append(try fields.texts(cells, of: "rows"))
        }
        let rowCount = try fields.count("row_count", from: rows.count)
        self.init(columns: columns, rows: rows, rowCount: rowCount)
    }
}

extension RunRecord {
    /// The text of `header.json`.
    var header: String {
        var object = Record([
            ("format", .int(Self.format)), ("title", .string(title)), ("started", .string(started)),
            (
                "versions",
                .record(Record(versions.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
            ),
            ("seed", .int(seed)), ("arguments", .list(arguments.map(Value.string))),
            ("directory", .string(directory)),
        ])
        object["ended"] = ended.map(Value.string)
        object["first_study"] = firstStudy.map(Value.int)
        return JSONText.text(.record(object)) + "\n"
    }

    /// What a header says; there are no cells yet.
    ///
    /// - Throws: ``RunError`` for the header of a newer form, and where a field is missing or wrong.
    init(header fields: RecordFields, folder: String) throws(RunError) {
        let format = try fields.count("format", from: 1)
        guard format <= Self.format else {
            throw RunError(
                fields.place, "written by a newer nash (format \(format)), this one reads \(Self.format)",
                help: "read it with that nash, or a later one")
        }
        self.init(
            title: try fields.text("title"), started: try fields.text("started"),
            versions: try fields.dictionary("versions"), seed: try fields.whole("seed"),
            arguments: try fields.texts("arguments"), folder: folder, ended: try fields.text(orNone: "ended"),
            directory: try fields.text("directory"),
            firstStudy: fields.isMissing("first_study") ? nil : try fields.count("first_study", from: 1))
    }
}
