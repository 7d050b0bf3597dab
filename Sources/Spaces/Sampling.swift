extension Space {
    /// One architecture, all equally likely.
    ///
    /// Throws ``SpaceError`` when a constraint refuses one million draws in a row.
    public func sample(using generator: inout some RandomNumberGenerator) throws -> Architecture {
        try sample(count: 1, using: &generator)[0]
    }

    /// `count` architectures drawn independently, all equally likely.
    ///
    /// A constrained space is sampled by rejection. Throws ``SpaceError`` when the constraint refuses one million
    /// draws in a row.
    public func sample(count: Int, using generator: inout some RandomNumberGenerator) throws -> GeneMatrix {
        let digits = UniformDigits(genes.map(\.choices.count))
        guard isConstrained else {
            return GeneMatrix(space: name, length: genes.count, storage: digits.draw(count, using: &generator))
        }
        var matrix = GeneMatrix(space: name, length: genes.count, capacity: count)
        while matrix.count < count { matrix.append(try admitted(digits, using: &generator)) }
        return matrix
    }

    /// `count` different architectures in random order, every such choice equally likely.
    ///
    /// Throws ``SpaceError`` when the space holds fewer, or when a constraint or earlier draws refuse one million
    /// draws in a row.
    public func sampleDistinct(count: Int, using generator: inout some RandomNumberGenerator) throws -> GeneMatrix {
        if let indexCount {
            guard count <= indexCount else { throw tooFew(count, have: indexCount) }
            if !isConstrained { return distinctByIndex(count, of: indexCount, using: &generator) }
        }
        let digits = UniformDigits(genes.map(\.choices.count))
        var seen: Set<[UInt8]> = []
        var matrix = GeneMatrix(space: name, length: genes.count, capacity: count)
        while matrix.count < count {
            let genes = try admitted(digits, except: seen, using: &generator)
            seen.insert(genes)
            matrix.append(genes)
        }
        return matrix
    }

    /// Floyd's algorithm (J. Bentley and R. Floyd, "A Sample of Brilliance", Communications of the ACM 30(9), 1987),
    /// then a shuffle: the set that it draws is uniform, its order is not.
    private func distinctByIndex(
        _ count: Int, of total: Int, using generator: inout some RandomNumberGenerator
    ) -> GeneMatrix {
        var chosen: Set<Int> = []
        var order: [Int] = []
        for last in total - count..<total {
            let draw = Int.random(in: 0...last, using: &generator)
            order.append(chosen.insert(draw).inserted ? draw : last)
            chosen.insert(order[order.count - 1])
        }
        order.shuffle(using: &generator)
        return GeneMatrix(space: name, length: genes.count, order.lazy.map { architecture(at: $0) })
    }

    private func admitted(
        _ digits: UniformDigits, except seen: Set<[UInt8]> = [], using generator: inout some RandomNumberGenerator
    ) throws -> [UInt8] {
        for _ in 0..<1_000_000 {
            let genes = digits.draw(1, using: &generator)
            if !seen.contains(genes), !isConstrained || admits(genes) { return genes }
        }
        throw SpaceError(
            name, "one million draws in a row met no \(seen.isEmpty ? "" : "new ")architecture inside the constraint",
            try: "loosen the constraint or ask for fewer")
    }

    private func tooFew(_ wanted: Int, have: Int) -> SpaceError {
        SpaceError(name, "holds \(have) architectures, fewer than \(wanted)", try: "ask for at most \(have)")
    }
}

/// Draws rows of independent uniform digits of given bases, several digits from one random number.
struct UniformDigits {
    /// Consecutive digits whose bases multiply to `bound`.
    private struct Group {
        var bound: UInt32
        var bases: [UInt32]
    }

    private let groups: [Group]
    private let length: Int

    init(_ bases: [Int]) {
        var groups: [Group] = []
        for base in bases.map(UInt32.init) {
            if let last = groups.last, case (let bound, false) = last.bound.multipliedReportingOverflow(by: base) {
                groups[groups.count - 1] = Group(bound: bound, bases: last.bases + [base])
            } else {
                groups.append(Group(bound: base, bases: [base]))
            }
        }
        self.groups = groups
        length = bases.count
    }

    /// `rows` rows, one after another.
    func draw(_ rows: Int, using generator: inout some RandomNumberGenerator) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: rows * length) { buffer, initialized in
            var place = 0
            for _ in 0..<rows {
                for group in groups {
                    var rest = generator.next(upperBound: group.bound)
                    for base in group.bases {
                        buffer.initializeElement(at: place, to: UInt8(truncatingIfNeeded: rest % base))
                        rest /= base
                        place += 1
                    }
                }
            }
            initialized = place
        }
    }
}
