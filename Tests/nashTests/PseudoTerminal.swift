import Glibc
import Testing

/// The `nash` binary in a pseudo-terminal of its own, typed at and read as a person would.
final class PseudoTerminal {
    /// How long a text may take to appear: generous, since nothing here is about speed.
    static let patience = Duration.seconds(20)

    /// The binary beside the test bundle.
    static let binary: String = {
        let path = Array(unsafeUninitializedCapacity: 4096) { buffer, count in
            count = max(0, readlink("/proc/self/exe", buffer.baseAddress!, 4096))
        }
        let me = String(decoding: path.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let arguments = [me] + CommandLine.arguments
        let bundle = arguments.first { $0.contains(".build") && access(folder($0) + "/nash", X_OK) == 0 }
        return folder(bundle ?? me) + "/nash"
    }()

    /// TIOCSPTLCK and TIOCGPTN, macros that Swift does not import.
    private static let (setLock, getNumber) = (UInt(0x4004_5431), UInt(0x8004_5430))

    private let descriptor: Int32
    private let child: pid_t
    private var status: Int32?
    /// Everything that came, and how much of it has been waited for.
    private(set) var text = ""
    private var seen = 0
    private var partial: [UInt8] = []

    /// Starts `command` at a terminal of `rows` × `columns`; by default nash with its echoing engine.
    init(
        _ command: [String] = [binary, "--echo"], environment: [String: String] = [:], rows: UInt16 = 24,
        columns: UInt16 = 80
    ) throws {
        descriptor = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var (number, locked) = (Int32(-1), Int32(0))
        let isOpen =
            ioctl(descriptor, Self.setLock, &locked) == 0 && ioctl(descriptor, Self.getNumber, &number) == 0
        try #require(isOpen, "no pseudo-terminal to be had")
        let name = "/dev/pts/\(number)"
        Self.resize(descriptor, rows, columns)
        let settings = [
            "PATH": "/usr/bin:/bin", "TERM": "xterm", "NASH_HISTORY": "", "NASH_RUNS": "", "INPUTRC": "/dev/null",
            "LANG": "C.UTF-8",
            "NO_COLOR": "1",
            "HOME": "/nonexistent",
        ]
        child = try Self.spawn(command, settings.merging(environment) { $1 }, terminal: name)
    }

    deinit {
        if status == nil {
            kill(child, SIGKILL)
            var ignored: Int32 = 0
            waitpid(child, &ignored, 0)
        }
        close(descriptor)
    }

    /// A new session makes the first terminal that it opens its own.
    private static func spawn(_ command: [String], _ environment: [String: String], terminal: String) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, 0, 1)
        posix_spawn_file_actions_adddup2(&actions, 0, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | 0x80))  // POSIX_SPAWN_SETSID
        var words = cWords(command)
        var settings = cWords(environment.map { "\($0.key)=\($0.value)" })
        defer { (words + settings).forEach { free($0) } }
        var child = pid_t()
        try #require(posix_spawnp(&child, command[0], &actions, &attributes, &words, &settings) == 0)
        return child
    }

    private static func resize(_ descriptor: Int32, _ rows: UInt16, _ columns: UInt16) {
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(descriptor, UInt(TIOCSWINSZ), &size)
    }
}

extension PseudoTerminal {
    /// Types `keys`.
    func type(_ keys: String) {
        var keys = keys
        keys.withUTF8 { _ = write(descriptor, $0.baseAddress, $0.count) }
    }

    /// Types `line` and Enter.
    func enter(_ line: String) { type(line + "\r") }

    func resize(columns: UInt16) { Self.resize(descriptor, 24, columns) }

    func signal(_ signal: Int32) { kill(child, signal) }

    /// Waits until `wanted` appears after what was waited for before; returns what came up to it.
    @discardableResult
    func expect(_ wanted: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
        let deadline = ContinuousClock.now + Self.patience
        while true {
            let rest = String(text.dropFirst(seen))
            if let place = rest.firstRange(of: wanted) {
                let passed = rest[..<place.upperBound]
                seen += passed.count
                return String(passed)
            }
            guard ContinuousClock.now < deadline, readSome() else {
                Issue.record(
                    "expected \(wanted.debugDescription) in \(rest.suffix(400).debugDescription)",
                    sourceLocation: sourceLocation)
                throw Missing()
            }
        }
    }

    /// Waits for the n-th prompt.
    @discardableResult
    func prompt(_ number: Int, sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
        try expect("nash[\(number)]> ", sourceLocation: sourceLocation)
    }

    /// Waits for the program's end; returns its exit code.
    func exitCode() throws -> Int32 {
        let deadline = ContinuousClock.now + Self.patience
        var ended: Int32 = 0
        while waitpid(child, &ended, WNOHANG) != child {
            guard ContinuousClock.now < deadline else {
                Issue.record("still running after \(text.suffix(400).debugDescription)")
                throw Missing()
            }
            _ = readSome()
        }
        status = ended
        return ended & 0x7f == 0 ? ended >> 8 & 0xff : 128 + ended & 0x7f
    }

    /// Whether the terminal echoes and reads by lines, as a program should leave it.
    var isInOrder: Bool {
        var settings = termios()
        tcgetattr(descriptor, &settings)
        return settings.c_lflag & tcflag_t(ECHO | ICANON | ISIG) == tcflag_t(ECHO | ICANON | ISIG)
    }

    struct Missing: Error {}

    /// Reads what comes within a tenth of a second; false once the terminal is closed.
    private func readSome() -> Bool {
        var waited = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&waited, 1, 100) > 0 else { return true }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = read(descriptor, &bytes, bytes.count)
        guard count > 0 else { return false }
        partial += bytes[..<count]
        // A character may come in two parts: keep the first until the second is there.
        var whole = partial.count
        while whole > 0, partial.count - whole < 4, String(validating: partial[..<whole], as: UTF8.self) == nil {
            whole -= 1
        }
        text += String(decoding: partial[..<whole], as: UTF8.self).filterUnits()
        partial.removeFirst(whole)
        return true
    }
}

extension String {
    /// The text with `\r\n` as `\n`, so that offsets in characters stay true as text is added.
    fileprivate func filterUnits() -> String {
        String(String.UnicodeScalarView(unicodeScalars.filter { $0 != "\r" }))
    }
}

/// `words` as `argv` wants them; to be freed.
func cWords(_ words: [String]) -> [UnsafeMutablePointer<CChar>?] {
    words.map { strdup($0) } + [nil]
}

private func folder(_ path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
}

/// A folder for one test, removed with its files.
final class TemporaryFolder {
    let path: String

    init() throws {
        var name = Array("/tmp/nash-test-XXXXXX".utf8CString)
        path = String(cString: try #require(mkdtemp(&name)))
    }

    deinit {
        var words = cWords(["rm", "-rf", path])
        var child = pid_t()
        if posix_spawnp(&child, "rm", nil, nil, &words, environ) == 0 { waitpid(child, nil, 0) }
        words.forEach { free($0) }
    }

    /// Writes `text` to a file in the folder; returns its path.
    func file(_ name: String, _ text: String, mode: mode_t = 0o644) throws -> String {
        let descriptor = open(path + "/" + name, O_WRONLY | O_CREAT | O_TRUNC, mode)
        try #require(descriptor >= 0)
        var text = text
        text.withUTF8 { _ = write(descriptor, $0.baseAddress, $0.count) }
        close(descriptor)
        return path + "/" + name
    }

    /// The text of a file in the folder.
    func text(_ name: String) throws -> String {
        let file = try #require(fopen(path + "/" + name, "r"))
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        return String(decoding: bytes[..<fread(&bytes, 1, bytes.count, file)], as: UTF8.self)
    }
}
