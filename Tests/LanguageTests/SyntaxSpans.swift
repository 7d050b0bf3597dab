#if canImport(Language)
    @testable import Language
#endif

/// Every node's span in a tree, to see that each lies inside the one above it.
struct SyntaxSpans {
    /// A part that reaches out of its whole, in words.
    private(set) var violations: [String] = []

    init(_ program: Program, length: Int) {
        visit(program, in: Span(0, length))
    }

    private mutating func check(_ span: Span, in whole: Span, _ what: String) {
        if span.start < whole.start || span.end > whole.end || span.start > span.end {
            violations.append("\(what) \(span) reaches out of \(whole)")
        }
    }

    private mutating func visit(_ program: Program, in whole: Span) {
        check(program.span, in: whole, "program")
        for statement in program.statements { visit(statement, in: program.span) }
        for (a, b) in zip(program.statements, program.statements.dropFirst()) where a.span.end > b.span.start {
            violations.append("statements \(a.span) and \(b.span) overlap")
        }
    }

    private mutating func visit(_ statement: Statement, in whole: Span) {
        check(statement.span, in: whole, "statement")
        let span = statement.span
        switch statement.kind {
        case .bind(let name, let value):
            check(name.span, in: span, "name")
            visit(value, in: span)
        case .pipeline(let pipeline): visit(pipeline, in: span)
        case .define(let definition): visit(definition, in: span)
        case .loop(let name, let values, let body):
            check(name.span, in: span, "name")
            visit(values, in: span)
            visit(body, in: span)
        case .branch(let branch): visit(branch, in: span)
        case .use(_, let path): check(path, in: span, "path")
        }
    }

    private mutating func visit(_ definition: Definition, in whole: Span) {
        check(definition.name.span, in: whole, "name")
        for parameter in definition.parameters {
            check(parameter.name.span, in: whole, "parameter")
            if let fallback = parameter.fallback { visit(fallback, in: whole) }
        }
        switch definition.body {
        case .pipeline(let pipeline): visit(pipeline, in: whole)
        case .block(let program): visit(program, in: whole)
        }
    }

    private mutating func visit(_ branch: Branch, in whole: Span) {
        visit(branch.condition, in: whole)
        visit(branch.then, in: whole)
        switch branch.otherwise {
        case nil: break
        case .block(let program)?: visit(program, in: whole)
        case .branch(let other)?: visit(other, in: whole)
        }
    }

    private mutating func visit(_ pipeline: Pipeline, in whole: Span) {
        check(pipeline.span, in: whole, "pipeline")
        for stage in pipeline.stages {
            check(stage.span, in: pipeline.span, "stage")
            switch stage.kind {
            case .command(let name, let arguments):
                check(name.span, in: stage.span, "command")
                visit(arguments, in: stage.span)
            case .expression(let expression): visit(expression, in: stage.span)
            }
        }
    }

    private mutating func visit(_ arguments: [CallArgument], in whole: Span) {
        for argument in arguments {
            check(argument.span, in: whole, "argument")
            if let key = argument.key { check(key.span, in: argument.span, "key") }
            visit(argument.value, in: argument.span)
        }
    }

    private mutating func visit(_ expression: Expression, in whole: Span) {
        let span = expression.span
        check(span, in: whole, "expression")
        switch expression.kind {
        case .none, .bool, .int, .float, .quantity, .string, .name, .field, .row: break
        case .parenthesised(let pipeline): visit(pipeline, in: span)
        case .list(let elements): for element in elements { visit(element, in: span) }
        case .record(let entries):
            for entry in entries {
                check(entry.key.span, in: span, "key")
                visit(entry.value, in: span)
            }
        case .lambda(let lambda):
            for name in lambda.parameters { check(name.span, in: span, "parameter") }
            visit(lambda.body, in: span)
        case .unary(_, let operand): visit(operand, in: span)
        case .binary(_, let left, let right):
            visit(left, in: span)
            visit(right, in: span)
        case .call(let callee, let arguments):
            visit(callee, in: span)
            visit(arguments, in: span)
        case .index(let base, let position):
            visit(base, in: span)
            visit(position, in: span)
        case .member(let base, let name):
            visit(base, in: span)
            check(name.span, in: span, "member")
        }
    }
}
