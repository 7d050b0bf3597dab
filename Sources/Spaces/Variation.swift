extension Space {
    /// `architecture` with one gene, drawn uniformly, set to another value, drawn uniformly.
    ///
    /// In a constrained space, drawn uniformly from the neighbours that are inside. Throws ``SpaceError`` for an
    /// architecture of another space or without neighbours.
    public func mutate(
        _ architecture: Architecture, using generator: inout some RandomNumberGenerator
    ) throws -> Architecture {
        try check(architecture)
        let places = genes.indices.filter { genes[$0].choices.count > 1 }
        if !isConstrained, let place = places.randomElement(using: &generator) {
            let choices = genes[place].choices.count
            let value = (Int(architecture.genes[place]) + Int.random(in: 1..<choices, using: &generator)) % choices
            return changed(architecture, place, to: UInt8(value))
        }
        guard let neighbour = try neighbours(of: architecture).randomElement(using: &generator) else {
            throw SpaceError(name, "\(describe(architecture)) has no neighbour", try: "loosen the constraint")
        }
        return neighbour
    }

    /// A child that takes each gene from one of two parents with equal chance (uniform crossover).
    ///
    /// In a constrained space, drawn until inside, at most 1,000 times; then the first parent. Throws ``SpaceError``
    /// for a parent of another space.
    public func cross(
        _ first: Architecture, _ second: Architecture, using generator: inout some RandomNumberGenerator
    ) throws -> Architecture {
        try check(first)
        try check(second)
        for _ in 0..<1_000 {
            let child = zip(first.genes, second.genes).map { Bool.random(using: &generator) ? $0 : $1 }
            if !isConstrained || admits(child) { return Architecture(space: name, genes: child) }
        }
        return first
    }

    /// All architectures that differ from `architecture` in one gene, by gene and then by value.
    ///
    /// Throws ``SpaceError`` for an architecture of another space.
    public func neighbours(of architecture: Architecture) throws -> [Architecture] {
        try check(architecture)
        let changes = genes.indices.flatMap { place in
            genes[place].choices.indices.compactMap { value in
                UInt8(value) == architecture.genes[place] ? nil : changed(architecture, place, to: UInt8(value))
            }
        }
        return isConstrained ? changes.filter { admits($0.genes) } : changes
    }

    private func changed(_ architecture: Architecture, _ place: Int, to value: UInt8) -> Architecture {
        var values = architecture.genes
        values[place] = value
        return Architecture(space: name, genes: values)
    }
}
