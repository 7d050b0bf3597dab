extension Space {
    /// One architecture, all equally likely.
    ///
    /// Throws ``SpaceError`` when a constraint refuses 100,000 draws in a row.
    public func sample(using generator: inout some RandomNumberGenerator) throws -> Architecture {
        try sample(count: 1, using: &generator)[0]
    }

    /// `count` architectures drawn independently, all equally likely.
    ///
    /// A constrained space is sampled by rejection. Throws ``SpaceError`` when the constraint refuses 100,000
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
    /// Throws ``SpaceError`` when the space holds fewer, or when a constraint or earlier draws refuse 100,000
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
        for _ in 0..<100_000 {
            let genes = digits.draw(1, using: &generator)
            if !seen.contains(genes), !isConstrained || admits(genes) { return genes }
        }
        throw SpaceError(
            name, "100,000 draws in a row met no \(seen.isEmpty ? "" : "new ")architecture inside the constraint",
            try: "loosen the constraint or ask for fewer")
    }

    private func tooFew(_ wanted: Int, have: Int) -> SpaceError {
        SpaceError(name, "there are \(have) architectures, fewer than \(wanted)", try: "ask for at most \(have)")
    }
}

/// Draws rows of independent uniform digits of given bases, several digits from one random word.
///
/// A word x is a fraction x/2⁶⁴; its leading digits to mixed bases come off by repeated multiplication, and the
/// fraction that is left decides whether to draw again, so that all rows are exactly equally likely (D. Lemire, "Fast
/// Random Integer Generation in an Interval", ACM TOMACS 29(1), 2019, for the product of the bases).
struct UniformDigits {
    /// Consecutive digits that share a word.
    private struct Group {
        var bases: [UInt64]
        var product: UInt64
        /// 2⁶⁴ modulo the product: smaller remaining fractions are drawn again.
        var threshold: UInt64 { (0 &- product) % product }
    }

    private let groups: [Group]
    private let length: Int

    init(_ bases: [Int]) {
        var groups: [Group] = []
        for base in bases.map(UInt64.init) {
            // Products below 2⁴⁸ make a second draw rarer than one in 65,536.
            if let last = groups.last, last.product * base < 1 << 48 {
                groups[groups.count - 1] = Group(bases: last.bases + [base], product: last.product * base)
            } else {
                groups.append(Group(bases: [base], product: base))
            }
        }
        self.groups = groups
        length = bases.count
    }

    /// `rows` rows, one after another.
    func draw(_ rows: Int, using generator: inout some RandomNumberGenerator) -> [UInt8] {
        var digits = [UInt8](repeating: 0, count: rows * length)
        var start = 0
        for group in groups {
            fill(&digits, from: start, with: group, using: &generator)
            start += group.bases.count
        }
        return digits
    }

    /// Draws the digits of `group` in every row.
    private func fill(
        _ digits: inout [UInt8], from start: Int, with group: Group, using generator: inout some RandomNumberGenerator
    ) {
        let threshold = group.threshold
        let bases = group.bases.span
        var output = digits.mutableSpan
        for row in stride(from: start, to: output.count, by: length) {
            var fraction: UInt64
            repeat {
                fraction = generator.next()
                for place in bases.indices {
                    let (digit, rest) = fraction.multipliedFullWidth(by: bases[place])
                    output[row + place] = UInt8(truncatingIfNeeded: digit)
                    fraction = rest
                }
            } while fraction < threshold
        }
    }
}
