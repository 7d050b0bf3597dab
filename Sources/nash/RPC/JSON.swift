import Language

/// A piece of JSON as it is written, in one line.
struct JSON: Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    /// The JSON.
    let text: String

    /// A piece that is JSON already.
    init(raw text: String) { self.text = text }

    init(_ text: String) { self.init(raw: JSONText.text(.string(text))) }

    init(_ value: Value) { self.init(raw: JSONText.text(value)) }

    init(stringLiteral text: String) { self.init(text) }

    init(integerLiteral number: Int) { self.init(raw: String(number)) }

    init(booleanLiteral truth: Bool) { self.init(raw: truth ? "true" : "false") }

    static let null = JSON(raw: "null")

    static func list(_ items: [JSON]) -> JSON { JSON(raw: "[\(items.map(\.text).joined(separator: ","))]") }

    static func texts(_ items: [String]) -> JSON { list(items.map { JSON($0) }) }

    /// An object of its members in order; what is nil is left out.
    static func object(_ members: [(String, JSON?)]) -> JSON {
        var text = "{"
        for (name, member) in members {
            guard let member else { continue }
            if text.utf8.count > 1 { text += "," }
            text += JSON(name).text
            text += ":"
            text += member.text
        }
        return JSON(raw: text + "}")
    }

    static func object(_ members: KeyValuePairs<String, JSON?>) -> JSON { object(members.map { ($0, $1) }) }
}
