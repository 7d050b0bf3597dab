import Language

/// Records of runs as documents that others can read.
public enum Export {
    /// The forms of a document, by the ending of its name.
    public enum Form: String, CaseIterable, Sendable {
        /// A report in one file, for browsers and printers.
        case html
        /// Markdown, with its figures in a folder beside it.
        case markdown = "md"
        /// A notebook for Jupyter, nbformat 4.5.
        case notebook = "ipynb"

        /// The form that a path's ending names; nil where it names none.
        public init?(path: String) {
            let name = path.split(separator: "/").last ?? ""
            guard let dot = name.lastIndex(of: ".") else { return nil }
            self.init(rawValue: name[name.index(after: dot)...].lowercased())
        }
    }

    /// Writes a record to `path`, in the form that its ending names.
    ///
    /// The file is there whole or as it was before. The same record gives the same bytes. A figure whose file is gone or
    /// damaged leaves a line in its place.
    ///
    /// - Throws: ``ReadingError`` for an ending that names no form, and when something cannot be written.
    public static func write(_ run: RunRecord, to path: String) throws {
        guard let form = Form(path: path) else {
            let endings = Form.allCases.map { ".\($0.rawValue)" }.joined(separator: ", ")
            throw ReadingError(
                path, "the ending says no form to write in: choose a name that ends in one of \(endings)")
        }
        switch form {
        case .html: try AtomicFile.write(path) { write in try ReportPage(run).write(write) }
        case .markdown: try MarkdownDocument(run, path: path).write()
        case .notebook: try AtomicFile.write(path, bytes: JupyterNotebook(run).bytes)
        }
    }
}
