/// What an error's code means, with an input that causes it and one that does not: what `?E012` prints.
public struct Explanation: Sendable, Hashable, CustomStringConvertible {
    /// A few words.
    public let title: String
    /// When the error comes and how to mend it.
    public let text: String
    /// An input that causes it.
    public let wrong: String
    /// The input mended, where the mending is a matter of text.
    public let right: String?

    init(_ title: String, _ text: String, wrong: String, right: String? = nil) {
        self.title = title
        self.text = text
        self.wrong = wrong
        self.right = right
    }

    /// The whole explanation as text of several lines.
    public var description: String {
        var lines = [title, "", text, "", "This causes it:", "    " + wrong]
        if let right { lines += ["This does not:", "    " + right] }
        return lines.joined(separator: "\n")
    }
}

extension Code {
    /// What it means, and how to mend it.
    public var explanation: Explanation {
        switch rawValue.prefix(3) {
        case "E00": ofText
        case "E01": ofNames
        case "E02": ofValues
        default: ofRunning
        }
    }
}
