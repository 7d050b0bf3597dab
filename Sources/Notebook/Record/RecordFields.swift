import Language

/// The fields of a JSON object in a record, each checked for its type as it is asked for.
struct RecordFields {
    private let record: Record
    /// Where it stands, for errors.
    let place: String

    /// - Throws: ``RunError`` where the value is no object.
    init(_ value: Value, place: String) throws(RunError) {
        guard case .record(let record) = value else { throw RunError(place, "an object was expected") }
        (self.record, self.place) = (record, place)
    }

    func text(_ key: String) throws(RunError) -> String {
        guard case .string(let text)? = record[key] else { throw wrong(key, "text") }
        return text
    }

    func text(orNone key: String) throws(RunError) -> String? {
        if isMissing(key) { return nil }
        return try text(key)
    }

    /// A whole number from `least` on.
    func count(_ key: String, from least: Int = 0) throws(RunError) -> Int {
        guard case .int(let number)? = record[key], number >= least else {
            throw wrong(key, "a whole number from \(least)")
        }
        return number
    }

    /// Any whole number.
    func whole(_ key: String) throws(RunError) -> Int {
        guard case .int(let number)? = record[key] else { throw wrong(key, "a whole number") }
        return number
    }

    func number(_ key: String) throws(RunError) -> Double {
        switch record[key] {
        case .int(let number)?: return Double(number)
        case .float(let number)?: return number
        default: throw wrong(key, "a number")
        }
    }

    func flag(_ key: String) throws(RunError) -> Bool {
        guard case .bool(let flag)? = record[key] else { throw wrong(key, "true or false") }
        return flag
    }

    func list(_ key: String) throws(RunError) -> [Value] {
        guard case .list(let items)? = record[key] else { throw wrong(key, "a list") }
        return items
    }

    /// A list of texts.
    func texts(_ key: String) throws(RunError) -> [String] { try texts(try list(key), of: key) }

    func texts(_ items: [Value], of key: String) throws(RunError) -> [String] {
        var texts: [String] = []
        for item in items {
            guard case .string(let text) = item else { throw wrong(key, "a list of texts") }
            texts.append(text)
        }
        return texts
    }

    /// Texts by their names.
    func dictionary(_ key: String) throws(RunError) -> [String: String] {
        guard case .record(let fields)? = record[key] else { throw wrong(key, "an object of texts") }
        var texts: [String: String] = [:]
        for (name, value) in fields.fields {
            guard case .string(let text) = value else { throw wrong(key, "an object of texts") }
            texts[name] = text
        }
        return texts
    }

    /// The object of a key; nil where there is none.
    func object(orNone key: String) throws(RunError) -> RecordFields? {
        guard !isMissing(key), let value = record[key] else { return nil }
        return try RecordFields(value, place: place)
    }

    func objects(_ key: String) throws(RunError) -> [RecordFields] {
        var objects: [RecordFields] = []
        for item in try list(key) { objects.append(try RecordFields(item, place: place)) }
        return objects
    }

    /// A SHA-256 as 64 hexadecimal digits.
    func hash(_ key: String) throws(RunError) -> String {
        let text = try text(key)
        guard text.utf8.count == 64, text.utf8.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else {
            throw wrong(key, "a SHA-256 of 64 hexadecimal digits")
        }
        return text
    }

    func hash(orNone key: String) throws(RunError) -> String? {
        if isMissing(key) { return nil }
        return try hash(key)
    }

    /// A path that stays inside the folder of the run.
    func inside(_ key: String) throws(RunError) -> String {
        let path = try text(key)
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard !path.isEmpty, !path.utf8.contains(0), parts.allSatisfy({ !["", ".", ".."].contains($0) }) else {
            throw wrong(key, "a path inside the folder of the run, such as plots/3-1.svg")
        }
        return path
    }

    /// One of the names of an enumeration.
    func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, _ type: Choice.Type
    ) throws(RunError) -> Choice where Choice.RawValue == String {
        guard let choice = Choice(rawValue: try text(key)) else {
            throw wrong(key, "one of " + Choice.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return choice
    }

    func isMissing(_ key: String) -> Bool {
        guard let value = record[key], case .none = value else { return record[key] == nil }
        return true
    }

    func wrong(_ key: String, _ expected: String) -> RunError {
        RunError(place, "`\(key)` is \(record[key] == nil ? "missing" : "wrong"): \(expected) was expected")
    }
}
