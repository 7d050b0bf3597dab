#if canImport(Language)
    @testable import Language
#endif

/// A tree as text in brackets, without spans: what the round-trip tests compare.
enum SyntaxOutline {
    static func of(_ program: Program) -> String {
        program.statements.map(of).joined(separator: "\n")
    }

    static func of(_ statement: Statement) -> String {
        of(statement.kind) + (statement.isSilent ? ";" : "")
    }

    private static func of(_ kind: Statement.Kind) -> String {
        switch kind {
        case .bind(let name, let value): "(bind \(name.text) \(of(value)))"
        case .pipeline(let pipeline): of(pipeline)
        case .define(let definition): of(definition)
        case .loop(let name, let values, let body): "(for \(name.text) \(of(values)) {\(of(body))})"
        case .branch(let branch): of(branch)
        case .use(let path, _): "(use \(path.debugDescription))"
        }
    }

    private static func of(_ definition: Definition) -> String {
        let parameters = definition.parameters.map { $0.name.text + ($0.fallback.map { "=" + of($0) } ?? "") }
        let body =
            switch definition.body {
            case .pipeline(let pipeline): of(pipeline)
            case .block(let program): "{\(of(program))}"
            }
        return "(def \(definition.name.text) [\(parameters.joined(separator: " "))] \(body))"
    }

    private static func of(_ branch: Branch) -> String {
        let otherwise =
            switch branch.otherwise {
            case nil: ""
            case .block(let program)?: " {\(of(program))}"
            case .branch(let branch)?: " " + of(branch)
            }
        return "(if \(of(branch.condition)) {\(of(branch.then))}\(otherwise))"
    }

    static func of(_ pipeline: Pipeline) -> String {
        let stages = pipeline.stages.map(of).joined(separator: " | ")
        return (pipeline.isContinued ? "| " : "") + (pipeline.stages.count > 1 ? "<\(stages)>" : stages)
    }

    private static func of(_ stage: Stage) -> String {
        switch stage.kind {
        case .command(let name, let arguments): "(\(name.text)! \(of(arguments)))"
        case .expression(let expression): of(expression)
        }
    }

    private static func of(_ arguments: [CallArgument]) -> String {
        arguments.map { ($0.key.map { $0.text + ":" } ?? "") + of($0.value) }.joined(separator: " ")
    }

    static func of(_ expression: Expression) -> String {
        switch expression.kind {
        case .none: "none"
        case .bool(let value): "\(value)"
        case .int(let value): "\(value)"
        case .float(let value): "\(value)f"
        case .quantity(let magnitude, let unit): "\(magnitude)\(unit.rawValue)"
        case .string(let text): text.debugDescription
        case .name(let name): name
        case .field(let name): ".\(name)"
        case .row: "."
        case .parenthesised(let pipeline): "(paren \(of(pipeline)))"
        case .list(let elements): "[\(elements.map(of).joined(separator: " "))]"
        case .record(let entries):
            "{\(entries.map { "\($0.key.text.debugDescription): \(of($0.value))" }.joined(separator: " "))}"
        case .lambda(let lambda): "{\(lambda.parameters.map(\.text).joined(separator: " ")) -> \(of(lambda.body))}"
        case .unary(let sign, let operand): "(\(sign.rawValue) \(of(operand)))"
        case .binary(let sign, let left, let right): "(\(sign.rawValue) \(of(left)) \(of(right)))"
        case .call(let callee, let arguments): "(call \(of(callee)) \(of(arguments)))"
        case .index(let base, let position): "(at \(of(base)) \(of(position)))"
        case .member(let base, let name): "(get \(of(base)) \(name.text))"
        }
    }
}
