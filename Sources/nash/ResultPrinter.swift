import Commands
import Language

/// Values, remarks and errors as the user asked to see them.
struct ResultPrinter {
    let presentation: Presentation

    /// A value as whole lines.
    func text(of value: Value) -> String {
        var lines = ""
        let write = { (line: String) in lines += line + "\n" }
        switch presentation.format {
        case .table: write(readable(value))
        case .json: JSONText.lines(value, write)
        case .csv: DelimitedText.lines(value, write)
        case .markdown: MarkdownText.lines(value, write)
        }
        return lines
    }

    private func readable(_ value: Value) -> String {
        if case .handle(let handle) = value, let figure = handle as? FigureHandle { return readable(figure) }
        return ValuePrinter(width: presentation.width, isColoured: presentation.color).text(value)
    }

    /// A figure that was not saved shows in the terminal, as a picture where that can.
    private func readable(_ figure: FigureHandle) -> String {
        guard presentation.isTerminal, figure.path == nil else { return figure.display }
        let remark = Graphics.remark.map(note) ?? ""
        let picture = Graphics.current.picture(of: figure.figure, isColoured: presentation.color)
        return remark + (picture.map { $0.hasSuffix("\n") ? String($0.dropLast()) : $0 } ?? figure.display)
    }

    /// A remark beside the results: for people only, so that what comes out stays readable by programs.
    func note(_ text: String) -> String {
        guard presentation.format == .table else { return "" }
        return presentation.color ? "\u{1b}[2m\(text)\u{1b}[0m\n" : "\(text)\n"
    }

    /// An error; one line of JSON where values print as JSON.
    func text(of diagnostic: Diagnostic) -> String {
        if presentation.format == .json { return JSONRenderer.render(diagnostic) }
        let width = min(presentation.width, 120)
        return Renderer(width: width, isColoured: presentation.errorColor).render(diagnostic)
    }
}
