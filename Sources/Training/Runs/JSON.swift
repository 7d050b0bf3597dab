import Tensors

/// The little of JSON that a checkpoint's `state.json` is made of. (Foundation's would delay the program's start.)
indirect enum JSON {
    case text(String)
    /// As it is written, so that no digit is lost.
    case number(String)
    case list([JSON])
    case record([(name: String, value: JSON)])

    static func number(_ value: some Numeric & CustomStringConvertible) -> JSON { .number(value.description) }

    /// The value of this name in a record.
    subscript(name: String) -> JSON? {
        guard case .record(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    var text: String? { if case .text(let text) = self { text } else { nil } }
    var whole: Int? { if case .number(let text) = self { Int(text) } else { nil } }
    var real: Double? { if case .number(let text) = self { Double(text) } else { nil } }
    var list: [JSON]? { if case .list(let items) = self { items } else { nil } }

    /// It as text.
    var written: String {
        switch self {
        case .text(let text): text.jsonString
        case .number(let text): text
        case .list(let items): "[" + items.map { "\n" + $0.written }.joined(separator: ",") + "]"
        case .record(let members):
            "{" + members.map { $0.name.jsonString + ": " + $0.value.written }.joined(separator: ", ") + "}"
        }
    }
}

// Not at the declaration: Swift 6.3 then calls it a circular reference, in files that only name a `JSONRecord`.
extension JSON: Equatable {
    static func == (one: JSON, other: JSON) -> Bool { one.written == other.written }
}

/// What a checkpoint keeps as a record.
protocol JSONRecord {
    var json: JSON { get }
    /// What ``json`` wrote; nil for any other value.
    init?(_ json: JSON)
}

extension JSON {
    /// The value that `written` wrote; nil for any other text.
    init?(_ text: some StringProtocol) {
        var reader = Reader(Array(text.utf8))
        guard let value = reader.value(depth: 0), reader.isAtEnd else { return nil }
        self = value
    }

    private struct Reader {
        private let bytes: [UInt8]
        private var place = 0

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        var isAtEnd: Bool {
            mutating get {
                skipSpace()
                return place == bytes.count
            }
        }

        private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

        private mutating func skipSpace() {
            while let byte = next, byte == 0x20 || byte == 0x0A { place += 1 }
        }

        private mutating func accept(_ character: Unicode.Scalar) -> Bool {
            skipSpace()
            guard next == UInt8(ascii: character) else { return false }
            place += 1
            return true
        }

        mutating func value(depth: Int) -> JSON? {
            guard depth < 16 else { return nil }
            if accept("{") { return record(depth) }
            if accept("[") { return list(depth) }
            if next == UInt8(ascii: "\"") { return text().map(JSON.text) }
            let start = place
            while let byte = next, "+-.0123456789eE".utf8.contains(byte) { place += 1 }
            let digits = String(decoding: bytes[start..<place], as: UTF8.self)
            return Double(digits) == nil ? nil : .number(digits)
        }

        private mutating func list(_ depth: Int) -> JSON? {
            if accept("]") { return .list([]) }
            var items: [JSON] = []
            repeat {
                guard let item = value(depth: depth + 1) else { return nil }
                items.append(item)
            } while accept(",")
            return accept("]") ? .list(items) : nil
        }

        private mutating func record(_ depth: Int) -> JSON? {
            if accept("}") { return .record([]) }
            var members: [(name: String, value: JSON)] = []
            repeat {
                skipSpace()
                guard let name = text(), accept(":"), let value = value(depth: depth + 1) else { return nil }
                members.append((name, value))
            } while accept(",")
            return accept("}") ? .record(members) : nil
        }

        private mutating func text() -> String? {
            guard accept("\"") else { return nil }
            var found: [UInt8] = []
            while let byte = next, byte != UInt8(ascii: "\"") {
                place += 1
                guard byte == UInt8(ascii: "\\") else {
                    found.append(byte)
                    continue
                }
                guard let escaped = escape() else { return nil }
                found.append(escaped)
            }
            return accept("\"") ? String(validating: found, as: UTF8.self) : nil
        }

        private mutating func escape() -> UInt8? {
            guard let byte = next else { return nil }
            place += 1
            guard byte == UInt8(ascii: "u") else { return byte }
            let digits = String(decoding: bytes[place..<min(place + 4, bytes.count)], as: UTF8.self)
            place = min(place + 4, bytes.count)
            return UInt8(digits, radix: 16)
        }
    }
}
