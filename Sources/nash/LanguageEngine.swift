import CTerminal
import Commands
import Glibc
import Language
import Synchronization

/// The language behind the shell.
struct LanguageEngine: Engine {
    private let session: Session

    /// - Parameter arguments: what a script finds as `args`.
    init(seed: UInt64?, arguments: [String]) {
        session = Session(vocabulary: .nash, rootSeed: seed.map { Int(truncatingIfNeeded: $0) } ?? 0)
        session.scope["args"] = .list(arguments.map(Value.string))
    }

    /// Prints the reference manual, for `scripts/reference`.
    static func printReference() -> ExitCode {
        writeAll(Reference(.nash).markdown, to: STDOUT_FILENO) == nil ? .done : .failed
    }

    func isComplete(_ cell: String) -> Bool { Parser.isComplete(cell) }

    func completions(of cell: String, at offset: Int) -> Completions {
        let found = session.completions(of: cell, at: offset)
        let suffixes = Set(found.candidates.map(\.suffix))
        return Completions(
            candidates: found.candidates.map { Completions.Candidate(text: $0.text, help: $0.summary) },
            range: found.range.start..<found.range.end,
            append: suffixes == [" "] ? " " : nil)
    }

    func run(_ cell: Cell, in context: CellContext) -> CellOutcome {
        let printer = ResultPrinter(presentation: context.presentation)
        do throws(CellError) {
            try session.run(
                Source(name: cell.name, text: Self.question(cell.source)), cancel: context.cancel,
                progress: context.progress, note: { context.output.write(printer.note($0)) },
                show: { context.output.write(printer.text(of: $0)) })
            return CellOutcome(status: .done)
        } catch {
            switch error {
            case .rejected(let diagnostic): return CellOutcome(status: .rejected, error: printer.text(of: diagnostic))
            case .failed(let diagnostic): return CellOutcome(status: .failed, error: printer.text(of: diagnostic))
            case .cancelled: return CellOutcome(status: .cancelled)
            }
        }
    }

    /// `?sample` asks for help on `sample`.
    static func question(_ cell: String) -> String {
        let text = cell.drop { $0 == " " }
        guard text.first == "?" else { return cell }
        return "help \(text.dropFirst())"
    }

    func variables(_ presentation: Presentation) -> String {
        let names = session.scope.names.filter { $0 != "out" && $0 != "args" }
        guard !names.isEmpty else { return "no names are bound\n" }
        let width = names.map(\.count).max() ?? 0
        return names.map { name in
            let gap = String(repeating: " ", count: width - name.count)
            return "\(name)\(gap)  \(session.scope[name].map(Self.nature) ?? "")\n"
        }.joined()
    }

    /// What a name stands for, in a few words.
    private static func nature(_ value: Value) -> String {
        guard case .table(let table) = value else { return value.type.phrase }
        return "\(value.type.phrase), \(table.rowCount) × \(table.columns.count)"
    }
}
