/// What the line says that begins a cell: `#%% Title`, `#%% [3] Title`, `#%% [md] Title`.
struct CellMarker {
    /// What stands in brackets.
    enum Bracket: Equatable {
        case none
        case text
        case number(Int)
    }

    /// What stands in brackets.
    let bracket: Bracket
    /// What stands behind them.
    let title: String

    /// Whether a line begins a cell, well formed or not.
    static func begins(_ line: String) -> Bool { line.utf8.starts(with: "#%%".utf8) }

    /// - Parameters:
    ///   - line: begins with `#%%`.
    ///   - fault: makes the error of a message and a help.
    init(
        _ line: String, fault: (_ message: String, _ help: String) -> NotebookError
    ) throws(NotebookError) {
        let rest = String(Substring(TextLines.withoutEnd(line).utf8.dropFirst(3)))
        guard rest.isEmpty || rest.hasPrefix(" ") || rest.hasPrefix("\t") else {
            throw fault(
                "a blank is expected behind `#%%`", "write `#%% Title`; a comment begins with one `#` and a blank")
        }
        let text = TextLines.stripped(rest)
        guard text.hasPrefix("[") else {
            (bracket, title) = (.none, text)
            return
        }
        guard let end = text.firstIndex(of: "]") else {
            throw fault("the `[` of this marker is never closed", "write `#%% [md] Title` or `#%% [3] Title`")
        }
        let inside = TextLines.stripped(String(text[text.index(after: text.startIndex)..<end]))
        bracket = try Self.bracket(inside, fault)
        title = TextLines.stripped(String(text[text.index(after: end)...]))
    }

    private static func bracket(
        _ text: String, _ fault: (String, String) -> NotebookError
    ) throws(NotebookError) -> Bracket {
        if text == "md" { return .text }
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text), number > 0
        else {
            throw fault(
                "`[\(text)]` is neither `[md]` nor the number of a cell, a whole number from 1",
                "write `#%% [md] Title` or `#%% [3] Title`; a title that begins with `[` stands behind a number")
        }
        return .number(number)
    }
}
