import Language

/// The names whose values derive from a measurement on this machine, and so differ from run to run.
///
/// Found by the text alone: each statement is walked before it runs. What it gives derives from a measurement where it
/// calls a word that measures (``Command/isMeasured(_:)``), names such a name, or asks for a column that the clock made;
/// a function does where its body does, a loop or branch as a whole where a part of it does. A name that is bound again
/// to something else is free of it. Files that are used are walked too. What is read from a file that the run saved
/// measured values in is known only as it runs (``taint(_:of:)``). A study that holds measured values and is read again
/// by its name is taken for one that does not: what it gives is compared.
struct MeasuredNames: Sendable {
    private let vocabulary: Vocabulary
    private var names: Set<String> = []
    /// Whether everything that is walked counts as measured.
    private var isTainted = false

    init(_ vocabulary: Vocabulary) { self.vocabulary = vocabulary }

    /// Goes on to a statement of `source`; the answer is whether what it shows derives from a measurement.
    mutating func take(_ statement: Statement, of source: Source, depth: Int = 0) -> Bool {
        switch statement.kind {
        case .bind(let name, let pipeline): return mark(name.text, isMeasured(pipeline))
        case .pipeline(let pipeline):
            let found = mark("it", isMeasured(pipeline))
            if found { names.insert("out") }
            return found
        case .define(let definition):
            return mark(definition.name.text, isMeasured(definition))
        case .loop(let variable, let over, let body):
            let found = mark(variable.text, isMeasured(over))
            // The second time what the first one bound is known.
            _ = take(body, of: source, depth)
            return take(body, of: source, depth) || found
        case .branch(let branch): return take(branch, of: source, depth)
        case .use(let path, _):
            guard depth < 16, let (source, program) = source.used(path) else { return false }
            return take(program, of: source, depth + 1)
        }
    }

    /// Notes that a statement read measured values from a file while it ran: all that it binds derives from them.
    mutating func taint(_ statement: Statement, of source: Source) {
        isTainted = true
        _ = take(statement, of: source)
        isTainted = false
    }

    /// Every statement of a program; whether one of them shows what derives from a measurement.
    private mutating func take(_ program: Program, of source: Source, _ depth: Int) -> Bool {
        program.statements.reduce(false) { take($1, of: source, depth: depth) || $0 }
    }

    private mutating func take(_ branch: Branch, of source: Source, _ depth: Int) -> Bool {
        let before = names
        var found = take(branch.then, of: source, depth)
        let then = names
        names = before
        switch branch.otherwise {
        case .block(let program): found = take(program, of: source, depth) || found
        case .branch(let other): found = take(other, of: source, depth) || found
        case .none: break
        }
        names.formUnion(then)
        return found || isMeasured(branch.condition)
    }

    private mutating func mark(_ name: String, _ isMeasured: Bool) -> Bool {
        if isMeasured { names.insert(name) } else { names.remove(name) }
        return isMeasured
    }
}

// What parts of a statement derive from.
extension MeasuredNames {
    private func isMeasured(_ definition: Definition) -> Bool {
        switch definition.body {
        case .pipeline(let pipeline): return isMeasured(pipeline)
        case .block(let program):
            var inner = self
            return inner.take(program, of: Source(name: "", text: ""), 16)
        }
    }

    private func isMeasured(_ pipeline: Pipeline) -> Bool {
        isTainted || pipeline.isContinued && names.contains("it") || pipeline.stages.contains(where: isMeasured)
    }

    private func isMeasured(_ stage: Stage) -> Bool {
        switch stage.kind {
        case .command(let name, let arguments): isMeasured(name.text, arguments)
        case .expression(let expression): isMeasured(expression)
        }
    }

    private func isMeasured(_ name: String, _ arguments: [CallArgument]) -> Bool {
        if arguments.contains(where: { isMeasured($0.value) }) { return true }
        guard let word = vocabulary.word(name) else { return names.contains(name) }
        let mentioned = arguments.reduce(into: Set<String>()) { Self.add(namesIn: $1.value, to: &$0) }
        return word.isMeasured(CallOutline(named: Set(arguments.compactMap(\.key?.text)), mentioned: mentioned))
    }

    private func isMeasured(_ expression: Expression) -> Bool {
        switch expression.kind {
        case .none, .bool, .int, .float, .quantity, .string, .row: false
        case .name(let name): names.contains(name) || isMeasured(name, [])
        case .field(let name): ClockColumns.names.contains(name)
        case .parenthesised(let pipeline): isMeasured(pipeline)
        case .list(let items): items.contains(where: isMeasured)
        case .record(let fields): fields.contains { isMeasured($0.value) }
        case .lambda(let lambda): isMeasured(lambda.body)
        case .unary(_, let operand): isMeasured(operand)
        case .binary(_, let left, let right): isMeasured(left) || isMeasured(right)
        case .call(let callee, let arguments):
            if case .name(let name) = callee.kind {
                isMeasured(name, arguments)
            } else {
                isMeasured(callee) || arguments.contains { isMeasured($0.value) }
            }
        case .index(let whole, let place): isMeasured(whole) || isMeasured(place)
        case .member(let whole, let name): ClockColumns.names.contains(name.text) || isMeasured(whole)
        }
    }

    private static func add(namesIn expression: Expression, to names: inout Set<String>) {
        switch expression.kind {
        case .name(let name): names.insert(name)
        case .list(let items): for item in items { add(namesIn: item, to: &names) }
        default: break
        }
    }
}
