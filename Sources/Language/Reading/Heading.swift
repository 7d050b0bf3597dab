/// The name and the unit that a field of a header, or the name of an object's member, gives.
struct Heading {
    let name: String
    let unit: Unit?

    /// The heading of the column at `place`, from 1, after which one without a name is called.
    init(_ text: String, place: Int) {
        var title = text.trimmed
        unit = Heading.unit(&title)
        let words = String(title.unicodeScalars.map { $0.isWord ? Character($0) : "_" })
        let name = words.unicodeScalars.first?.startsWord == false ? "_" + words : words
        self.name = title.isEmpty ? "column\(place)" : name
    }

    /// Takes `(ms)` or `[ms]` from the end of a title.
    private static func unit(_ title: inout String) -> Unit? {
        for (opening, closing) in [("(", ")"), ("[", "]")] as [(Character, Character)] {
            guard title.last == closing, let start = title.lastIndex(of: opening) else { continue }
            let symbol = String(title[title.index(after: start)...].dropLast()).trimmed
            guard let unit = Unit(rawValue: symbol) else { continue }
            title = String(title[..<start]).trimmed
            return unit
        }
        return nil
    }
}

extension String {
    fileprivate var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}

extension Unicode.Scalar {
    /// Whether a name of the language may hold it.
    fileprivate var isWord: Bool { self == "_" || properties.isXIDContinue }

    fileprivate var startsWord: Bool { self == "_" || properties.isXIDStart }
}
