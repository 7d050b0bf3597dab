/// Why a space refuses a text or an architecture.
public struct SpaceError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The space's name.
    public let space: String
    /// What was expected and what was found.
    public let reason: String
    /// The text that was read, where there is one.
    public let text: String?
    /// The place in `text`: an offset in bytes of UTF-8 from 0.
    public let offset: Int?
    /// What to try.
    public let hint: String

    init(_ space: String, _ reason: String, text: String? = nil, offset: Int? = nil, try hint: String) {
        self.space = space
        self.reason = reason
        self.text = text
        self.offset = offset
        self.hint = hint
    }

    /// Space, place, reason and advice in one line.
    public var description: String {
        let place = offset.map { " at character \($0 + 1)" } ?? ""
        return "\(space)\(place): \(reason); \(hint)"
    }
}
