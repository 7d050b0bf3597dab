import CTerminal
import Glibc

/// The user's own editor, for a cell that has outgrown the line.
enum Editor {
    /// The text as the editor leaves it.
    ///
    /// - Throws: `EditorError` when the editor cannot be started or does not end well; the cell
    ///   stays as it was.
    static func edit(_ text: String) throws -> String {
        let path = try temporaryFile(holding: text)
        defer { unlink(path) }
        let arguments = command(environment("VISUAL"), environment("EDITOR")) + [path]
        let status = try run(arguments)
        guard status == 0 else { throw EditorError.ended(arguments[0], status) }
        var bytes = try Files.read(path)
        while bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The words of `$VISUAL`, else of `$EDITOR`, else `vi`: `code --wait` is two. No shell reads them.
    static func command(_ visual: String?, _ editor: String?) -> [String] {
        let words = [visual, editor].lazy.compactMap { $0?.split(separator: " ").map(String.init) }
        return words.first { !$0.isEmpty } ?? ["vi"]
    }

    private static func temporaryFile(holding text: String) throws(FileError) -> String {
        let folder = environment("TMPDIR").flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
        var name = Array("\(folder)/cell-XXXXXX.nash".utf8CString)
        let descriptor = mkstemps(&name, 5)
        guard descriptor >= 0 else { throw FileError(action: "write", path: folder, problem: errno) }
        defer { close(descriptor) }
        let path = name.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        if let problem = writeAll(text + "\n", to: descriptor) {
            throw FileError(action: "write", path: path, problem: problem)
        }
        return path
    }

    /// Runs a program at the terminal and waits for it.
    private static func run(_ arguments: [String]) throws(EditorError) -> Int32 {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var defaults = sigset_t()
        sigemptyset(&defaults)
        sigaddset(&defaults, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
        var words = arguments.map { strdup($0) } + [nil]
        defer { words.forEach { free($0) } }
        var child = pid_t()
        let problem = posix_spawnp(&child, arguments[0], nil, &attributes, &words, environ)
        guard problem == 0 else { throw .notStarted(arguments[0], problem) }
        return wait(for: child)
    }

    /// An editor that stops itself (Ctrl-Z) stops the shell with it; `fg` continues both.
    private static func wait(for child: pid_t) -> Int32 {
        var status: Int32 = 0
        while true {
            let changed = waitpid(child, &status, WUNTRACED)
            if changed < 0, errno != EINTR { return -1 }
            guard changed == child else { continue }
            guard status & 0xff == 0x7f else { break }
            terminal_stop()
            kill(child, SIGCONT)
        }
        _ = terminal_take_events()
        return status & 0x7f == 0 ? status >> 8 & 0xff : 128 + status & 0x7f
    }
}

/// An editor that did not do its work.
enum EditorError: Error, CustomStringConvertible {
    case notStarted(String, Int32)
    case ended(String, Int32)

    var description: String {
        switch self {
        case .notStarted(let name, let problem):
            "cannot start the editor \(name): \(describe(problem)); set VISUAL or EDITOR to one that is installed"
        case .ended(let name, let status):
            "the editor \(name) ended with code \(status); the cell is as it was"
        }
    }
}
