import Language

/// A function of each element.
struct Each: Command {
    static let chapter = Chapter.tables
    static let summary = "Apply a function to each element of a list, or each row of a table, and list the results."
    static let examples = [Example("[1, 2, 3] | each {x -> x ** 2}", gives: "[1, 4, 9]")]

    @Argument("a function of one argument") var function: FunctionValue

    func outputType(for input: ValueType) throws -> ValueType { .list(.any) }

    func run(_ input: Rows, in context: Context) throws -> Value {
        let items: [Value] =
            switch input {
            case .list(let items): items
            case .table(let table): (0..<table.rowCount).map { .record(table.row($0)) }
            }
        return .list(
            try items.enumerated().map { number, item in
                try context.cancel.check()
                context.progress.report(done: number, of: items.count, label: "each")
                return try function.function([item])
            })
    }
}

/// A function as an argument.
struct FunctionValue: ParameterType, ValueConvertible {
    static let wording = "a function, such as {x -> x + 1}"
    static let valueType = ValueType.function
    let function: Function

    init?(_ value: Value) {
        guard case .function(let function) = value, function.accepts(1) else { return nil }
        self.function = function
    }

    var value: Value { .function(function) }
}
