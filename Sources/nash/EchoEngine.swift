import Glibc
import Language

/// An engine that shows the terminal at work without the language: `nash --echo`, for the tests.
struct EchoEngine: Engine {
    /// What it can be asked to do; anything else is echoed.
    private static let words: [Completions.Candidate] = [
        .init(text: "block", help: "sleep for n seconds, deaf to Ctrl-C"),
        .init(text: "burn", help: "work for n tenths of a second, with progress"),
        .init(text: "fail", help: "fail with an error"),
        .init(text: "lines", help: "print n lines"),
        .init(text: "width", help: "print the width of the window"),
    ]

    /// Open brackets and a `|` at the end ask for more.
    func isComplete(_ cell: String) -> Bool {
        let open = cell.filter { "([{".contains($0) }.count
        let closed = cell.filter { ")]}".contains($0) }.count
        return open <= closed && cell.last { $0 != " " } != "|"
    }

    func completions(of cell: String, at offset: Int) -> Completions {
        let before = cell.utf8.prefix(offset)
        let start = before.lastIndex { " \n|".utf8.contains($0) }.map { before.index(after: $0) } ?? before.startIndex
        let word = String(decoding: before[start...], as: UTF8.self)
        let from = before.distance(from: before.startIndex, to: start)
        return Completions(candidates: Self.words.filter { $0.text.hasPrefix(word) }, range: from..<offset)
    }

    func check(_ cells: [Cell], _ presentation: Presentation) -> CellOutcome? { nil }

    func run(_ cell: Cell, in context: CellContext) -> CellOutcome {
        let words = cell.source.split { $0 == " " || $0 == "\n" }
        let count = words.count > 1 ? Int(words[1]) ?? 1 : 1
        switch words.first {
        case "burn": return burn(count, context)
        case "block": sleep(UInt32(count))
        case "fail": return CellOutcome(status: .failed, error: "error: as asked\n --> \(cell.name)")
        case "reject": return CellOutcome(status: .rejected, error: "error: as asked\n --> \(cell.name)")
        case "lines": for line in 1...max(1, count) { context.output.write("line \(line)\n") }
        case "width": context.output.write("width \(context.presentation.width)\n")
        default: context.output.write("echo \(context.presentation.format): \(cell.source.debugDescription)\n")
        }
        return CellOutcome(status: .done)
    }

    private func burn(_ steps: Int, _ context: CellContext) -> CellOutcome {
        for step in 0..<steps {
            context.progress.report(done: step, of: steps, label: "burning")
            for _ in 0..<10 {
                if context.cancel.isCancelled { return CellOutcome(status: .cancelled) }
                usleep(10_000)
            }
        }
        context.output.write("burned \(steps)\n")
        return CellOutcome(status: .done)
    }

    func variables(_ presentation: Presentation) -> String { "no names are bound\n" }
}
