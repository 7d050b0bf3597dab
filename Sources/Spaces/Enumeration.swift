extension Space {
    /// The number of combinations of choices: of architectures, unless the space is constrained.
    public var combinations: Double { genes.reduce(1) { $0 * Double($1.choices.count) } }

    /// ``combinations`` as a whole number; `nil` beyond the range of `Int`.
    public var indexCount: Int? {
        var product = 1
        for gene in genes {
            let (next, overflow) = product.multipliedReportingOverflow(by: gene.choices.count)
            if overflow { return nil }
            product = next
        }
        return product
    }

    /// The number of architectures; a constrained space is enumerated for it. `nil` where that is more than
    /// `limit` combinations, or where the number exceeds `Int`.
    public func count(limit: Int = 10_000_000) -> Int? {
        guard isConstrained else { return indexCount }
        guard let indexCount, indexCount <= limit else { return nil }
        return architectures.reduce(0) { count, _ in count + 1 }
    }

    /// The combination number `index` in lexicographic order of the genes, the last gene fastest.
    ///
    /// - Precondition: `index` is at least 0 and, where it is known, below ``indexCount``.
    public func architecture(at index: Int) -> Architecture {
        var rest = index
        var values = [UInt8](repeating: 0, count: genes.count)
        for (place, gene) in genes.enumerated().reversed() {
            values[place] = UInt8(rest % gene.choices.count)
            rest /= gene.choices.count
        }
        precondition(index >= 0 && rest == 0, "index \(index) is outside of \(name)")
        return Architecture(space: name, genes: values)
    }

    /// The number of `architecture` in the order of ``architecture(at:)``; `nil` where it exceeds `Int`.
    public func index(of architecture: Architecture) -> Int? {
        guard indexCount != nil, isValid(architecture) else { return nil }
        return zip(genes, architecture.genes).reduce(0) { $0 * $1.0.choices.count + Int($1.1) }
    }

    /// Every architecture, lazily, in the order of ``architecture(at:)``. Without end in practice for a large space.
    public var architectures: some Sequence<Architecture> {
        (0..<(indexCount ?? .max)).lazy.map { architecture(at: $0) }.filter { !isConstrained || admits($0.genes) }
    }
}
