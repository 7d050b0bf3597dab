/// Weights that do not belong to a network: which are missing, superfluous or of another shape.
public struct StateError: Error, Equatable, CustomStringConvertible {
    /// Names that the network has and the weights have not.
    public let missing: [String]
    /// Names that the weights have and the network has not.
    public let superfluous: [String]
    /// Tensors whose shapes differ, each with both, such as `stem.0.weight: [16, 3, 3, 3], not [4, 3, 3, 3]`.
    public let misshapen: [String]

    /// What differs in one line, with the first few names of each kind.
    public var description: String {
        let parts = [("missing", missing), ("superfluous", superfluous), ("of another shape", misshapen)]
        let told = parts.filter { !$1.isEmpty }.map { "\($1.count) \($0) (\(Self.first($1)))" }
        return "the weights are not those of this network: \(told.joined(separator: ", "))"
    }

    private static func first(_ names: [String]) -> String {
        names.prefix(3).joined(separator: "; ") + (names.count > 3 ? "; …" : "")
    }
}
