import CReadline
import Glibc

/// Cells of this and earlier sessions, in a file that several shells may share.
///
/// The file holds one cell a line; a newline is written `\n` and a backslash `\\`. Cells are
/// appended one by one as they are entered, under a lock, so that no shell overwrites another's.
struct History {
    /// How many cells are kept.
    static let limit = 10_000

    /// Where the cells are kept; nil keeps them in memory only.
    private var path: String?
    private var last: String?
    private let warn: (String) -> Void

    /// - Parameters:
    ///   - path: The file, made with its folders when the first cell is entered.
    ///   - warn: Told once if the file cannot be used; the session goes on without it.
    init(path: String?, warn: @escaping (String) -> Void) {
        self.path = path
        self.warn = warn
    }

    /// `$NASH_HISTORY` (empty for none), else `nash/history` in the user's data folder.
    static var defaultPath: String? {
        if let chosen = environment("NASH_HISTORY") { return chosen.isEmpty ? nil : chosen }
        if let data = environment("XDG_DATA_HOME"), data.hasPrefix("/") { return data + "/nash/history" }
        return environment("HOME").map { $0 + "/.local/share/nash/history" }
    }

    /// Gives readline the cells of earlier sessions.
    mutating func load() {
        editor_limit_history(Int32(Self.limit))
        guard let path, access(path, F_OK) == 0 else { return }
        do {
            let cells = Self.cells(in: try Files.read(path))
            for cell in cells.suffix(Self.limit) { editor_remember(cell) }
            last = cells.last
            if isLong(cells) { try trim(path) }
        } catch {
            give(up: error)
        }
    }

    /// Adds a cell, unless it repeats the last one.
    mutating func add(_ cell: String) {
        guard cell != last else { return }
        last = cell
        editor_remember(cell)
        do throws(FileError) {
            try append(Self.line(for: cell))
        } catch {
            give(up: error)
        }
    }

    private mutating func give(up error: any Error) {
        path = nil
        warn("nash: \(error); this session's history will not be kept")
    }
}

extension History {
    /// The line of the file that holds `cell`.
    static func line(for cell: String) -> [UInt8] {
        var bytes: [UInt8] = []
        for byte in cell.utf8 {
            switch byte {
            case UInt8(ascii: "\n"): bytes += Array("\\n".utf8)
            case UInt8(ascii: "\\"): bytes += Array("\\\\".utf8)
            default: bytes.append(byte)
            }
        }
        return bytes + [UInt8(ascii: "\n")]
    }

    /// The cells that `bytes` hold. Any bytes are some history: what is not UTF-8 is replaced.
    static func cells(in bytes: [UInt8]) -> [String] {
        bytes.split(separator: UInt8(ascii: "\n")).map(cell)
    }

    private static func cell(_ line: ArraySlice<UInt8>) -> String {
        guard line.contains(where: { $0 == UInt8(ascii: "\\") || $0 == 0 }) else {
            return String(decoding: line, as: UTF8.self)
        }
        var bytes: [UInt8] = []
        var isEscaped = false
        for byte in line where byte != 0 {
            if isEscaped {
                bytes.append(byte == UInt8(ascii: "n") ? UInt8(ascii: "\n") : byte)
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension History {
    private func isLong(_ cells: [String]) -> Bool { cells.count > Self.limit + Self.limit / 10 }

    private func append(_ line: [UInt8]) throws(FileError) {
        guard let path else { return }
        let descriptor = try Self.openLocked(path)
        defer { close(descriptor) }
        if let problem = line.withUnsafeBytes({ writeAll($0, to: descriptor) }) {
            throw FileError(action: "write", path: path, problem: problem)
        }
    }

    /// Rewrites a file that has grown well beyond the limit.
    private func trim(_ path: String) throws {
        let descriptor = try Self.openLocked(path)
        defer { close(descriptor) }
        let cells = Self.cells(in: try Files.read(path))
        if isLong(cells) { try Files.replace(path, with: cells.suffix(Self.limit).flatMap(Self.line)) }
    }

    /// Opens the file to append to it, alone. Another shell may have put a trimmed file in its
    /// place while this one waited for the lock: then the new file is opened.
    private static func openLocked(_ path: String) throws(FileError) -> Int32 {
        if access(path, F_OK) != 0 { Files.makeParents(of: path) }
        while true {
            let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw FileError(action: "write", path: path, problem: errno) }
            while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
            var (opened, named) = (stat(), stat())
            if fstat(descriptor, &opened) == 0, stat(path, &named) == 0, opened.st_ino != named.st_ino {
                close(descriptor)
            } else {
                return descriptor
            }
        }
    }
}
