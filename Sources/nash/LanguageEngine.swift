import CTerminal
import Commands
import Glibc
import Language
import Notebook
import Synchronization

/// The language behind the shell.
struct LanguageEngine: Engine {
    private let session: Session
    private let recorder: Recorder?

    /// - Parameters:
    ///   - arguments: what a script finds as `args`.
    ///   - recorder: takes what cells show; nil where nothing is recorded.
    init(seed: Int, arguments: [String], recorder: Recorder? = nil) {
        self.recorder = recorder
        session = Session(vocabulary: .nash, rootSeed: seed)
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

    func check(_ cells: [Cell], _ presentation: Presentation) -> CellOutcome? {
        do throws(CellError) {
            try session.check(cells.map(Self.source))
            return nil
        } catch {
            return outcome(of: error, ResultPrinter(presentation: presentation))
        }
    }

    func run(_ cell: Cell, in context: CellContext) -> CellOutcome {
        let printer = ResultPrinter(presentation: context.presentation)
        do throws(CellError) {
            try session.run(
                Self.source(cell), number: cell.number, title: cell.title, recordedBy: recorder, cancel: context.cancel,
                progress: context.progress, note: { context.output.write(printer.note($0)) },
                show: { context.output.write(printer.text(of: $0)) })
            return CellOutcome(status: .done)
        } catch {
            return outcome(of: error, printer)
        }
    }

    private func outcome(of error: CellError, _ printer: ResultPrinter) -> CellOutcome {
        switch error {
        case .rejected(let diagnostic): CellOutcome(status: .rejected, error: printer.text(of: diagnostic))
        case .failed(let diagnostic): CellOutcome(status: .failed, error: printer.text(of: diagnostic))
        case .cancelled: CellOutcome(status: .cancelled)
        }
    }

    private static func source(_ cell: Cell) -> Source {
        Source(name: cell.name, text: question(cell.source), firstLine: cell.line)
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
