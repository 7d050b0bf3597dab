import Glibc

/// Small files in which the system tells of itself.
enum SystemFile {
    /// The whole text, up to 64 KiB; nil where there is none.
    static func text(_ path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }

    /// The first whole number in the line that begins with `word`.
    static func number(in path: String, after word: String = "") -> Int? {
        text(path)?.split(separator: "\n").first { $0.hasPrefix(word) }
            .flatMap { line in line.dropFirst(word.count).split { !$0.isNumber }.first.flatMap { Int($0) } }
    }

    /// Whether `text` could be written.
    static func write(_ text: String, to path: String) -> Bool {
        guard let file = fopen(path, "w") else { return false }
        let isWritten = fputs(text, file) >= 0
        return fclose(file) == 0 && isWritten
    }
}
