import Language

/// A table out of a file.
struct Load: Command {
    static let chapter = Chapter.files
    static let summary = "Read a table from a file: CSV, or JSON with one object a line or a list of objects."
    static let discussion = """
        A CSV needs a header; `latency (ms)` names a column and its unit. Empty cells, `nan`, `NA` and `none` are `none`.
        """
    static let examples: [Example] = []

    @Argument("the file") var path: FilePath

    func outputType(for input: ValueType) throws -> ValueType { .table(.unknown) }

    func run(_ input: Nothing, in context: Context) throws -> Table {
        do throws(ReadingError) {
            return try TableFile.read(path.text)
        } catch {
            throw CommandError(
                "\(error.place): \(error.message)", help: error.help, argument: "path",
                code: error.line == nil ? .file : .badFile)
        }
    }
}
