/// Prints a tree back as text, in one canonical form: one space around operators, one statement a line, numbers
/// in plain digits, strings in double quotes. Reading it again gives the same tree.
public enum SyntaxPrinter {
    /// A program, one statement a line.
    public static func print(_ program: Program) -> String { lines(program, indent: "") }

    /// A statement; a block in it goes over several lines.
    public static func print(_ statement: Statement) -> String { print(statement, indent: "") }

    /// A pipeline in one line.
    public static func print(_ pipeline: Pipeline) -> String {
        (pipeline.isContinued ? "| " : "") + pipeline.stages.map { print($0) }.joined(separator: " | ")
    }

    /// A stage in one line.
    public static func print(_ stage: Stage) -> String {
        switch stage.kind {
        case .command(let name, let arguments): "\(name.text) \(print(arguments))"
        case .expression(let expression): print(expression)
        }
    }

    /// Arguments between commas.
    public static func print(_ arguments: [CallArgument]) -> String {
        arguments.map { ($0.key.map { "\($0.text): " } ?? "") + print($0.value) }.joined(separator: ", ")
    }

    /// An expression in one line.
    public static func print(_ expression: Expression) -> String {
        switch expression.kind {
        case .none: "none"
        case .bool(let value): "\(value)"
        case .int(let value): "\(value)"
        case .float(let value): "\(value)"
        case .quantity(let magnitude, let unit): print(magnitude) + unit.rawValue
        case .string(let text): quoted(text)
        case .name(let name): name
        case .field(let name): ".\(name)"
        case .row: "."
        case .parenthesised(let pipeline): "(\(print(pipeline)))"
        case .list(let elements): "[\(elements.map { print($0) }.joined(separator: ", "))]"
        case .record(let entries):
            "{\(entries.map { "\(key($0.key.text)): \(print($0.value))" }.joined(separator: ", "))}"
        case .lambda(let lambda):
            "{\(lambda.parameters.map(\.text).joined(separator: ", ")) -> \(print(lambda.body))}"
        case .unary(.not, let operand): "not \(print(operand))"
        case .unary(.minus, let operand): negated(operand)
        case .binary(let sign, let left, let right): print(left, sign, right)
        case .call(let callee, let arguments): "\(print(callee))(\(print(arguments)))"
        case .index(let base, let position): "\(print(base))[\(print(position))]"
        case .member(let base, let name): "\(print(base)).\(name.text)"
        }
    }

    /// A string literal.
    public static func quoted(_ text: String) -> String {
        var literal = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": literal += "\\\""
            case "\\": literal += "\\\\"
            case "\n": literal += "\\n"
            case "\t": literal += "\\t"
            case "\r": literal += "\\r"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                literal += "\\u{\(String(scalar.value, radix: 16))}"
            default: literal.unicodeScalars.append(scalar)
            }
        }
        return literal + "\""
    }

    private static func print(_ magnitude: Double) -> String {
        Int(exactly: magnitude).map { "\($0)" } ?? "\(magnitude)"
    }

    private static func print(_ left: Expression, _ sign: BinaryOperator, _ right: Expression) -> String {
        if sign == .range, case .int = left.kind, case .int = right.kind { return "\(print(left))..\(print(right))" }
        return "\(print(left)) \(sign.rawValue) \(print(right))"
    }

    /// `-x`, but `-- x` for two of them: `--x` looks like a flag and is refused.
    private static func negated(_ operand: Expression) -> String {
        let text = print(operand)
        let minuses = text.prefix { $0 == "-" }
        let rest = text.dropFirst(minuses.count)
        let isWord = rest.unicodeScalars.first.map { $0 == "_" || $0.properties.isXIDStart } ?? false
        return minuses.isEmpty || !isWord ? "-\(text)" : "-\(minuses) \(rest)"
    }

    /// A key, in quotes where it is no word.
    private static func key(_ text: String) -> String {
        var lexer = Lexer(Source(name: "", text: text))
        let isWord = lexer.identifier() == text
        return isWord ? text : quoted(text)
    }
}

// Statements.
extension SyntaxPrinter {
    private static func lines(_ program: Program, indent: String) -> String {
        program.statements.map { indent + print($0, indent: indent) }.joined(separator: "\n")
    }

    private static func print(_ statement: Statement, indent: String) -> String {
        let text =
            switch statement.kind {
            case .bind(let name, let value): "\(name.text) = \(print(value))"
            case .pipeline(let pipeline): print(pipeline)
            case .define(let definition): print(definition, indent: indent)
            case .loop(let name, let values, let body):
                "for \(name.text) in \(print(values)) \(block(body, indent: indent))"
            case .branch(let branch): print(branch, indent: indent)
            case .use(let path, _): "use \(quoted(path))"
            }
        return statement.isSilent ? text + ";" : text
    }

    private static func print(_ definition: Definition, indent: String) -> String {
        let parameters = definition.parameters.map { $0.name.text + ($0.fallback.map { " = \(print($0))" } ?? "") }
        let head = "def \(definition.name.text)(\(parameters.joined(separator: ", ")))"
        switch definition.body {
        case .pipeline(let pipeline): return "\(head) = \(print(pipeline))"
        case .block(let body): return "\(head) \(block(body, indent: indent))"
        }
    }

    private static func print(_ branch: Branch, indent: String) -> String {
        let head = "if \(print(branch.condition)) \(block(branch.then, indent: indent))"
        switch branch.otherwise {
        case nil: return head
        case .block(let body)?: return "\(head) else \(block(body, indent: indent))"
        case .branch(let other)?: return "\(head) else \(print(other, indent: indent))"
        }
    }

    private static func block(_ body: Program, indent: String) -> String {
        body.statements.isEmpty ? "{}" : "{\n\(lines(body, indent: indent + "    "))\n\(indent)}"
    }
}
