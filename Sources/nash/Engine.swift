import Language
import Notebook

/// What the shell needs of the language behind it.
///
/// `run` is called on a thread of its own; the other methods on the main thread, which must not
/// wait. A cell that was abandoned (a second Ctrl-C) may still run while the next one does.
protocol Engine: Sendable {
    /// Whether `cell` can run as it stands; false asks for another line.
    func isComplete(_ cell: String) -> Bool

    /// What may stand at the byte `offset` of `cell`, whose earlier lines are included.
    func completions(of cell: String, at offset: Int) -> Completions

    /// Checks cells that are to run one after the other; how they fail, or nil where nothing is wrong.
    func check(_ cells: [Cell], _ presentation: Presentation) -> CellOutcome?

    /// Runs `cell` to its end. Nothing may be bound once `context.cancel` is cancelled.
    func run(_ cell: Cell, in context: CellContext) -> CellOutcome

    /// The names bound in this session, for `:vars`.
    func variables(_ presentation: Presentation) -> String
}

/// What is to be run: a cell of the session, or a whole script.
struct Cell: Sendable {
    /// The program's text.
    var source: String
    /// Where it comes from, for error messages: `cell 3`, a path, `-c`, `<stdin>`.
    var name: String
    /// The `n` of `out[n]`, counted from 1.
    var number: Int
    /// What its marker in a file calls it.
    var title = ""
    /// The number of its first line in the file of that name, from 1.
    var line = 1
}

/// What a running cell may use of the shell.
struct CellContext: Sendable {
    /// Set by Ctrl-C; to be looked at often.
    let cancel: CancelToken
    /// Where long work tells how far it is.
    let progress: any ProgressSink
    /// Where results are printed as they come.
    let output: any OutputSink
    /// How results are printed.
    let presentation: Presentation
}

/// How a cell ended.
struct CellOutcome: Sendable {
    enum Status: Sendable {
        /// It ran to its end.
        case done
        /// Its evaluation failed.
        case failed
        /// It did not parse or check, and nothing ran.
        case rejected
        /// It was cancelled, and bound nothing.
        case cancelled
    }

    var status: Status
    /// The rendered error, empty where there is none.
    var error = ""
}

/// Takes printed results, whole lines at a time.
protocol OutputSink: Sendable {
    func write(_ text: String)
}

extension Cell {
    /// A cell of the notebook in the file `name`.
    init(_ cell: NotebookCell, of name: String) {
        self.init(source: cell.source, name: name, number: cell.number, title: cell.title, line: cell.line)
    }
}
