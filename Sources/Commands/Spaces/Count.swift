import Language
import Spaces

/// How many there are.
struct Count: Command {
    static let chapter = Chapter.tables
    static let summary = "Count the architectures of a space, the rows of a table, or the elements of a list."
    static let discussion = """
        `unique: true` counts isomorphic architectures once: those that are the same function because an operation is \
        skipped, cut off, or added in another order.
        """
    static let examples = [
        Example("nb201 | count", gives: "15625"),
        Example("nb201 | count unique: true", gives: "6466"),
        Example("[1, 2, 3] | count", gives: "3"),
    ]

    @Option("count isomorphic architectures, or equal elements, once") var unique = false

    func outputType(for input: ValueType) throws -> ValueType { .int }

    func run(_ input: Value, in context: Context) throws -> Int {
        switch input {
        case .handle(let handle as SpaceHandle): return try count(handle.space, in: context)
        case .table(let table): return try count(table, in: context)
        case .list(let items): return unique ? Set(items.map(\.key)).count : items.count
        case .string(let text): return text.count
        case .record(let record): return record.names.count
        default:
            throw CommandError("`count` takes a space, a table or a list, not \(input.type.phrase)", code: .wrongInput)
        }
    }

    private func count(_ table: Table, in context: Context) throws -> Int {
        guard unique else { return table.rowCount }
        let cells = try ArchitectureColumn.cells(of: table)
        return try forms(of: cells.matrix, in: cells.space, context)
    }

    private func count(_ space: any Space, in context: Context) throws -> Int {
        if unique {
            let all = try Enumerate().run(SpaceHandle(space), in: context)
            return try count(all, in: context)
        }
        guard let count = space.count() else {
            throw CommandError(
                "`\(space.name)` has \(space.combinations) combinations of choices, too many to count those inside",
                help: "`\(space.name).genes` lists its choices", code: .tooMuch)
        }
        return count
    }

    private func forms(of matrix: GeneMatrix, in space: any Space, _ context: Context) throws -> Int {
        var forms: Set<String> = []
        for row in 0..<matrix.count {
            if row % 1024 == 0 { try context.cancel.check() }
            forms.insert(space.canonicalText(of: matrix[row].genes))
        }
        return forms.count
    }
}
