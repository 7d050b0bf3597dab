import CReadline
import CTerminal
import Glibc

/// Reads lines at the terminal by readline's callback interface.
///
/// readline's callbacks are C functions without a context, so there is one reader; it lives on the
/// main thread.
@MainActor final class LineReader {
    /// What a prompt brought.
    enum Answer {
        case line(String)
        /// Ctrl-C.
        case interrupted
        /// Ctrl-D on an empty line, or a terminal that is gone.
        case end
        /// A signal asked the program to end.
        case ending(ExitCode)
    }

    static let shared = LineReader()

    /// The lines of the cell above the one being typed, each with its newline.
    private(set) var earlier = ""
    private var answer: Answer?
    /// The prompt of the cell's first line.
    private var firstPrompt = ""
    private var candidates: [Completions.Candidate] = []
    private var complete: (_ cell: String, _ offset: Int) -> Completions? = { _, _ in nil }

    /// Takes the terminal's input.
    ///
    /// - Parameter complete: The completions at a byte of the cell; nil asks for file names.
    func start(complete: @escaping (_ cell: String, _ offset: Int) -> Completions?) {
        self.complete = complete
        let output = isatty(STDOUT_FILENO) == 1 ? terminal_stdout() : terminal_stderr()
        editor_start(programName, callbacks, output, terminal_wake_descriptor())
    }

    /// Shows `prompt` and waits for a line.
    ///
    /// - Parameter earlier: The lines of the cell that came before.
    func read(_ prompt: String, after earlier: String) -> Answer {
        self.earlier = earlier
        if earlier.isEmpty { firstPrompt = prompt }
        answer = nil
        editor_begin(prompt)
        TypedAhead.take { editor_type_ahead($0, Int32($1)) }
        while true {
            while editor_has_keys() {
                editor_read()
                if let answer { return answer }
            }
            let (events, isReady) = TerminalEvents.wait(reading: STDIN_FILENO)
            if let answer = handle(events) { return answer }
            if isReady { editor_read() }
            if let answer { return answer }
        }
    }

    private func handle(_ events: TerminalEvents) -> Answer? {
        if let code = ExitCode(events) {
            editor_end()
            return .ending(code)
        }
        if events.contains(.interrupt) {
            editor_interrupt()
            return .interrupted
        }
        if events.contains(.stop) {
            editor_pause()
            terminal_stop()
            editor_resume()
        } else if events.contains(.resume) {
            editor_resume()
        } else if events.contains(.resize) {
            editor_resize()
        }
        return nil
    }
}

extension LineReader {
    fileprivate func accept(_ line: String?) {
        answer = line.map { .line(earlier + $0) } ?? .end
    }

    /// How many candidates there are, or -1 for file names.
    fileprivate func offer(_ line: String, _ start: Int, _ end: Int, isQuoted: Bool) -> Int32 {
        let word = String(decoding: Array(line.utf8)[start..<end], as: UTF8.self)
        let before = earlier.utf8.count
        guard !isQuoted, let found = complete(earlier + line, before + end) else {
            candidates = []
            return -1
        }
        editor_append(Int32(found.append?.asciiValue ?? 0))
        candidates = found.replacements(of: word, at: before + start, in: earlier + line)
        return Int32(candidates.count)
    }

    fileprivate func candidate(_ index: Int) -> String? {
        candidates.indices.contains(index) ? candidates[index].text : nil
    }

    /// Shows those of the candidates that have helps; false leaves a plain list to readline.
    fileprivate func show(_ texts: [String]) -> Bool {
        let helps = Dictionary(candidates.map { ($0.text, $0.help) }) { first, _ in first }
        guard helps.values.contains(where: { !$0.isEmpty }) else { return false }
        let width = Presentation.columns(of: STDOUT_FILENO)
        let height = max(2, Int(terminal_rows(STDOUT_FILENO)) - 2)
        let list = CandidateList(width: width, height: height, color: Presentation.takesColor(STDOUT_FILENO))
        let output = isatty(STDOUT_FILENO) == 1 ? STDOUT_FILENO : STDERR_FILENO
        _ = writeAll("\n" + list.render(texts.map { .init(text: $0, help: helps[$0] ?? "") }), to: output)
        return true
    }

    /// Brings the whole cell to the user's editor and back into the line.
    fileprivate func edit() {
        editor_pause()
        defer { editor_resume() }
        let cell = earlier + String(cString: editor_line())
        do {
            let text = try Editor.edit(cell)
            earlier = ""
            editor_change_prompt(firstPrompt)
            editor_replace(text)
        } catch {
            _ = writeAll("\nnash: \(error)\n", to: STDERR_FILENO)
        }
    }
}

/// readline keeps the pointer: the program's name for `$if nash` in ~/.inputrc.
private nonisolated(unsafe) let programName = strdup("nash")!

/// readline calls these on the main thread only, from within `editor_read`.
private let callbacks = EditorCallbacks(
    accept: { line in
        let line = line.map { String(cString: $0) }
        MainActor.assumeIsolated { LineReader.shared.accept(line) }
    },
    complete: { line, start, end, isQuoted in
        let line = String(cString: line)
        return MainActor.assumeIsolated { LineReader.shared.offer(line, Int(start), Int(end), isQuoted: isQuoted) }
    },
    candidate: { index in
        MainActor.assumeIsolated { LineReader.shared.candidate(Int(index)) }.flatMap { strdup($0) }
    },
    show: { texts, count in
        let texts = (0..<Int(count)).map { String(cString: texts[$0]) }
        return MainActor.assumeIsolated { LineReader.shared.show(texts) }
    },
    edit: { MainActor.assumeIsolated { LineReader.shared.edit() } }
)
