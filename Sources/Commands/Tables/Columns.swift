import Language

/// The names of columns.
struct Columns: Command {
    static let chapter = Chapter.tables
    static let summary = "List the names of a table's columns."
    static let examples = [Example("[{a: 1, b: 2}] | as_table | columns", gives: #"["a", "b"]"#)]

    func outputType(for input: ValueType) throws -> ValueType { .list(.string) }

    func run(_ input: Table, in context: Context) throws -> [String] { input.names }
}
