/// A way to write an architecture as a vector for a predictor.
public enum Encoding: String, Hashable, Codable, Sendable, CaseIterable {
    /// One-hot: for each gene as many places as it has choices, a 1 at the choice taken.
    case adjacency
    /// For each gene the number of the choice taken.
    case categorical
    /// For each possible sequence of operations from a cell's input to its output, a 1 if the cell has such a path
    /// (C. White et al., "BANANAS", AAAI 2021).
    case path
}

extension Space {
    /// The encodings that every space has.
    public var encodings: [Encoding] { [.adjacency, .categorical] }

    /// The one-hot or categorical features of genes inside the space.
    public func features(of genes: [UInt8], as encoding: Encoding) -> [Float] {
        encoding == .categorical ? genes.map(Float.init) : oneHot(genes)
    }

    func oneHot(_ values: [UInt8]) -> [Float] {
        zip(genes, values).flatMap { gene, value in
            gene.choices.indices.map { $0 == Int(value) ? 1 : 0 }
        }
    }

    /// `architecture` as a vector of features.
    ///
    /// Throws ``SpaceError`` for an architecture of another space or an encoding that the space lacks.
    public func encode(_ architecture: Architecture, as encoding: Encoding) throws -> [Float] {
        try check(architecture)
        guard encodings.contains(encoding) else {
            let offered = encodings.map(\.rawValue).joined(separator: ", ")
            throw SpaceError(name, "has no encoding '\(encoding.rawValue)'", try: "use one of \(offered)")
        }
        return features(of: architecture.genes, as: encoding)
    }
}
