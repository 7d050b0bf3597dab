import CTerminal
import Glibc
import Synchronization

/// Standard output and standard error, shared by the shell, the running cell and the progress bar.
final class Console: Sendable {
    private struct State {
        var barIsShown = false
        var lineIsOpen = false
        var lost = false
    }

    private let state = Mutex(State())
    private let isSilent: Bool

    /// - Parameter isSilent: whether results are dropped.
    init(isSilent: Bool = false) { self.isSilent = isSilent }

    /// Prints results; the progress bar makes way.
    func print(_ text: String) {
        guard !text.isEmpty, !isSilent else { return }
        state.withLock { state in
            Self.erase(&state)
            state.lineIsOpen = text.utf8.last != UInt8(ascii: "\n")
            guard !state.lost, let problem = writeAll(text, to: STDOUT_FILENO) else { return }
            state.lost = true
            Self.giveUp(problem)
        }
    }

    /// Prints a message for people.
    func complain(_ text: String) {
        guard !text.isEmpty else { return }
        state.withLock { state in
            Self.erase(&state)
            _ = writeAll(text.hasSuffix("\n") ? text : text + "\n", to: STDERR_FILENO)
        }
    }

    /// Begins a line where the last result did not end its own.
    func endLine() {
        if state.withLock({ $0.lineIsOpen }) { print("\n") }
    }

    /// Shows `bar` in place of the last one; lets it be when a slow reader holds the output.
    func show(bar: String) {
        _ = state.withLockIfAvailable { state in
            guard !state.lineIsOpen else { return }
            state.barIsShown = true
            _ = writeAll("\r" + bar + "\u{1b}[K", to: STDERR_FILENO)
        }
    }

    /// Leaves the line on which the terminal has shown the `^C` that was typed.
    func leaveLine() {
        _ = state.withLockIfAvailable { state in
            if state.barIsShown {
                Self.erase(&state)
            } else if isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 {
                _ = writeAll("\n", to: STDERR_FILENO)
            }
        }
    }

    func eraseBar() {
        _ = state.withLockIfAvailable { Self.erase(&$0) }
    }

    private static func erase(_ state: inout State) {
        guard state.barIsShown else { return }
        state.barIsShown = false
        _ = writeAll("\r\u{1b}[K", to: STDERR_FILENO)
    }

    /// A closed pipe ends the program as it ends any other in a pipeline, without a word; a full
    /// disk is told.
    private static func giveUp(_ problem: Int32) {
        if problem == EPIPE { terminal_die_of(SIGPIPE) }
        _ = writeAll("nash: cannot write to standard output: \(describe(problem))\n", to: STDERR_FILENO)
        if isatty(STDIN_FILENO) != 1 || isatty(STDOUT_FILENO) != 1 { _exit(ExitCode.failed.rawValue) }
    }
}

/// Writes the whole of `text`; returns the error number of a failed write.
func writeAll(_ text: String, to descriptor: Int32) -> Int32? {
    var text = text
    return text.withUTF8 { writeAll(UnsafeRawBufferPointer($0), to: descriptor) }
}

/// Writes all of `bytes`; returns the error number of a failed write.
func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32? {
    var rest = bytes[...]
    while !rest.isEmpty {
        let count = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count >= 0 {
            rest = rest.dropFirst(count)
        } else if errno == EAGAIN {
            var waited = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            poll(&waited, 1, -1)
        } else if errno != EINTR {
            return errno
        }
    }
    return nil
}

/// The system's words for an error number.
func describe(_ problem: Int32) -> String {
    String(cString: strerror(problem))
}
