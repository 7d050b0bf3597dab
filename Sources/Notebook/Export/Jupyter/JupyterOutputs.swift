import Language

/// What a cell showed, as a notebook's outputs.
struct JupyterOutputs {
    private let cell: CellRecord
    private let folder: String

    /// The outputs of a cell in a run whose figures lie in `folder`.
    init(_ cell: CellRecord, folder: String) { (self.cell, self.folder) = (cell, folder) }

    /// In the order of the cell; the last value is its result.
    var list: [Value] {
        let last = cell.number > 0 ? cell.outputs.lastIndex { $0.kind == .value } : nil
        let outputs = cell.outputs.enumerated().map { place, output in
            output.kind == .note ? stream(output.text + "\n") : display(output, isResult: place == last)
        }
        return outputs + error
    }

    private func stream(_ text: String) -> Value {
        .object([("name", .string("stderr")), ("output_type", .string("stream")), ("text", .lines(text))])
    }

    private func display(_ output: OutputRecord, isResult: Bool) -> Value {
        let count = isResult ? [("execution_count", Value.int(cell.number))] : []
        let type = isResult ? "execute_result" : "display_data"
        return .object(
            [("data", bundle(output))] + count + [("metadata", .object([])), ("output_type", .string(type))])
    }

    private func bundle(_ output: OutputRecord) -> Value {
        if let figure = output.figure { return bundle(figure, output.caption) }
        let plain = ("text/plain", Value.lines(output.text))
        guard let table = output.table else { return .object([plain]) }
        return .object([("text/html", .lines(TableHTML.text(table))), plain])
    }

    private func bundle(_ figure: FigureRecord, _ caption: String) -> Value {
        switch FigurePicture(figure, in: folder) {
        case .svg(let bytes):
            .object([
                ("image/svg+xml", .lines(bytes)), ("text/plain", .lines(caption)),
            ])
        case .missing(let reason): .object([("text/plain", .lines("\(caption)\n(no picture: \(reason))"))])
        }
    }

    /// The error with its code as a name, where it has one: `error[E004]: unknown unit …`.
    private var error: [Value] {
        guard let ending = ReportWords.ending(cell.status) else { return [] }
        let text = cell.error ?? ending
        let first = text.split(separator: "\n").first.map(String.init) ?? ending
        let pieces = first.split(separator: ": ", maxSplits: 1).map(String.init)
        let isCoded = pieces.count == 2 && pieces[0].hasPrefix("error[") && pieces[0].hasSuffix("]")
        let name = isCoded ? String(pieces[0].dropFirst(6).dropLast()) : cell.status.rawValue
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { Value.string(String($0)) }
        return [
            .object([
                ("ename", .string(name)), ("evalue", .string(isCoded ? pieces[1] : first)),
                ("output_type", .string("error")), ("traceback", .list(lines)),
            ])
        ]
    }
}
