import ArgumentParser
import CTerminal
import Glibc
import Notebook

/// `nash rpc`: a session for other programs.
struct RPC: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "rpc", abstract: "Serve a session to another program, by lines of JSON.",
        usage: "nash rpc [--seed <n>] [--record <folder>] [--no-record]",
        discussion: """
            Requests come in on standard input, answers and events go out on standard output, one JSON object a line: \
            docs/rpc.md. It ends where standard input does.
            """)

    @Option(help: ArgumentHelp("The root of all random draws.", valueName: "n"))
    var seed: UInt64?

    @OptionGroup var recording: RecordOptions

    func carryOut() -> ExitCode {
        let seed = seed.map { Int(truncatingIfNeeded: $0) } ?? 0
        let recorder: Recorder?
        do throws(RunError) {
            recorder = try recording.recorder(title: "rpc", seed: seed, isByDefault: true)
        } catch {
            _ = writeAll("nash: \(error)\n", to: STDERR_FILENO)
            return .usage
        }
        guard terminal_watch_signals() else { return Self.fail("cannot watch for signals") }
        guard let (input, output) = Self.takeChannels() else {
            return Self.fail("cannot take standard input and output")
        }
        let code = RPCServer(seed: seed, recorder: recorder).run(reading: input, writing: output)
        // Threads that still read, or run a cell that does not stop, must not meet the program's tear-down.
        _exit(code.rawValue)
    }

    /// The client's two channels. What else may read standard input finds nothing, and what else is printed on standard
    /// output goes to standard error.
    private static func takeChannels() -> (input: Int32, output: Int32)? {
        let input = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
        let output = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)
        let nothing = open("/dev/null", O_RDONLY | O_CLOEXEC)
        guard input >= 0, output >= 0, nothing >= 0 else { return nil }
        guard dup2(nothing, STDIN_FILENO) >= 0, dup2(STDERR_FILENO, STDOUT_FILENO) >= 0 else { return nil }
        return (input, output)
    }

    private static func fail(_ message: String) -> ExitCode {
        _ = writeAll("nash: \(message): \(describe(errno))\n", to: STDERR_FILENO)
        return .failed
    }
}
