import ArgumentParser
import CTerminal
import Glibc
import Notebook

/// The program: a session where there is someone at a terminal, else a script.
@main enum Nash {
    @MainActor static func main() {
        terminal_use_utf8()
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            if let subcommand = try Subcommands.parse(arguments) { exit(subcommand.carryOut().rawValue) }
            exit(run(try Options.parse()).rawValue)
        } catch {
            explain(error, of: Subcommands.named(arguments.first) ?? Options.self)
        }
    }

    @MainActor private static func run(_ options: Options) -> ExitCode {
        if options.reference { return LanguageEngine.printReference() }
        if options.cells { return CellStream(engine: makeEngine(options, nil)).run() }
        let program: Cell?
        do throws(Batch.ReadError) {
            program = try self.program(options)
        } catch {
            let guess = error.code == .usage ? options.script.flatMap(Subcommands.suggestion).map { "; \($0)" } : nil
            _ = writeAll("nash: \(error.message)\(guess ?? "")\n", to: STDERR_FILENO)
            return error.code
        }
        guard terminal_watch_signals() else {
            _ = writeAll("nash: cannot watch for signals: \(describe(errno))\n", to: STDERR_FILENO)
            return .failed
        }
        let recorder: Recorder?
        do throws(RunError) {
            recorder = try makeRecorder(options, title: program?.name ?? "session")
        } catch {
            _ = writeAll("nash: \(error)\n", to: STDERR_FILENO)
            return .usage
        }
        let engine = makeEngine(options, recorder)
        let format = options.format ?? .table
        guard let program else {
            return Shell(engine: engine, recorder: recorder, format: format, color: options.color).run()
        }
        let presentation = Presentation.current(format, color: options.color)
        return Batch(engine: engine, recorder: recorder, presentation: presentation).run(program)
    }

    /// What records the run: sessions and scripts into the folder of runs, anything into the folder that is asked for.
    private static func makeRecorder(_ options: Options, title: String) throws(RunError) -> Recorder? {
        guard !options.echo else { return nil }
        let isOnItsWay = options.program != nil || options.script == "-" || options.script == nil && !isAtTerminal
        return try options.recording.recorder(
            title: title, seed: options.rootSeed, arguments: options.arguments, isByDefault: !isOnItsWay)
    }

    /// What is to be run, or nil for a session.
    private static func program(_ options: Options) throws(Batch.ReadError) -> Cell? {
        if let program = options.program { return Cell(source: program, name: "-c", number: 1) }
        if let script = options.script, script != "-" { return try Batch.script(at: script) }
        return options.script == nil && isAtTerminal ? nil : try Batch.standardInput()
    }

    /// Someone types, and sees what they type.
    private static var isAtTerminal: Bool {
        isatty(STDIN_FILENO) == 1 && (isatty(STDOUT_FILENO) == 1 || isatty(STDERR_FILENO) == 1)
    }

    /// Help and the version go to standard output, wrong usage to standard error.
    private static func explain(_ error: any Error, of command: any ParsableCommand.Type) -> Never {
        let message = command.fullMessage(for: error) + "\n"
        guard command.exitCode(for: error) != .success else {
            exit(writeAll(message, to: STDOUT_FILENO) == nil ? ExitCode.done.rawValue : ExitCode.failed.rawValue)
        }
        _ = writeAll(message, to: STDERR_FILENO)
        exit(ExitCode.usage.rawValue)
    }

    /// The language behind the shell.
    private static func makeEngine(_ options: Options, _ recorder: Recorder?) -> any Engine {
        options.echo
            ? EchoEngine()
            : LanguageEngine(seed: options.rootSeed, arguments: options.arguments, recorder: recorder)
    }
}
