/// Why tables cannot be combined as asked.
public struct TableError: Error, Sendable, Hashable {
    /// What is wrong.
    public var message: String
    /// What to try.
    public var help: String?

    /// Makes an error from what happened and what to try.
    public init(_ message: String, help: String? = nil) {
        self.message = message
        self.help = help
    }
}

extension Table {
    /// The column of a name.
    ///
    /// - Throws: ``TableError`` that lists the names there are.
    public func column(_ name: String) throws(TableError) -> Column {
        guard let column = self[name] else {
            throw TableError("there is no column `\(name)`", help: "there are: \(names.joined(separator: ", "))")
        }
        return column
    }
}

extension TableError: CustomStringConvertible {
    /// What is wrong, in a line.
    public var description: String { message }
}
