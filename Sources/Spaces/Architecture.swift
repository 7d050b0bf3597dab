/// One point of a search space: the number of the choice taken for each of the space's genes.
///
/// It is what passes between search, estimation and storage. Its own text form is `space:3,3,1,0,2,4`; the authors'
/// form comes from ``Space/describe(_:)``.
public struct Architecture: Hashable, Codable, Sendable, LosslessStringConvertible {
    /// The name of its space.
    public let space: String
    /// For each gene the number of the choice taken, from 0.
    public let genes: [UInt8]

    /// The point `genes` of the space of this name. ``Space/check(_:)`` tells whether it exists.
    public init(space: String, genes: [UInt8]) {
        self.space = space
        self.genes = genes
    }

    /// Reads `space:3,3,1`; `nil` for any other form.
    public init?(_ description: String) {
        guard let colon = description.lastIndex(of: ":") else { return nil }
        let numbers = description[description.index(after: colon)...].split(
            separator: ",", omittingEmptySubsequences: false)
        let genes = numbers.compactMap { UInt8($0) }
        guard genes.count == numbers.count else { return nil }
        self.init(space: String(description[..<colon]), genes: genes)
    }

    /// The architecture as one line, `space:3,3,1`.
    public var description: String { space + ":" + genes.map(String.init).joined(separator: ",") }
}

/// A decision of a space: a name and the choices that it has.
public struct Gene: Hashable, Sendable {
    /// What is decided, such as `1<-0` or `layer3`.
    public let name: String
    /// The choices by name, at least one and at most 256.
    public let choices: [String]

    /// A decision between `choices`.
    public init(_ name: String, _ choices: [String]) {
        self.name = name
        self.choices = choices
    }
}
