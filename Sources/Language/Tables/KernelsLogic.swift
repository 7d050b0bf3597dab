extension Kernels {
    /// `and` and `or` of bools; a missing one is a truth that is not known.
    static func logic(_ op: BinaryOperator, _ lhs: Operand, _ rhs: Operand, _ count: Int) -> Column? {
        guard let left = lhs.bools, let right = rhs.bools else { return nil }
        let (leftMissing, rightMissing) = (lhs.missing, rhs.missing)
        if leftMissing.isEmpty && rightMissing.isEmpty {
            return Column("", .bools(left.zip(right, count: count) { op == .or ? $0 || $1 : $0 && $1 }))
        }
        let decisive = op == .or
        var flags = [Bool](repeating: false, count: count)
        var reasons: [Int: String] = [:]
        let cells = [Bool](count: count) { row in
            let isLeftKnown = !leftMissing[row]
            let isRightKnown = !rightMissing[row]
            if isLeftKnown && left[row] == decisive || isRightKnown && right[row] == decisive { return decisive }
            if isLeftKnown && isRightKnown { return !decisive }
            flags[row] = true
            reasons[row] = isLeftKnown ? rightMissing.reasons[row] : leftMissing.reasons[row]
            return false
        }
        return Column("", .bools(cells), missing: MissingCells(flags: flags, reasons: reasons))
    }

    /// `??` where both operands are of one kind, so that the cells keep their form.
    static func fallback(_ lhs: Operand, _ rhs: Operand, _ count: Int) -> Column? {
        guard case .column(let column) = lhs, column.fits(rhs) else { return nil }
        if column.missing.isEmpty { return column }
        switch (column.cells, rhs) {
        case (.ints(let cells), _):
            guard let others = Numbers(rhs), case .ints(let lane) = others.cells else { return nil }
            return column.filled(rhs, .ints(column.fill(cells, lane)))
        case (.floats(let cells), _):
            guard let others = Numbers(rhs), column.unit?.dimension == others.unit?.dimension else { return nil }
            let ratio = column.unit.flatMap { others.unit?.ratio(to: $0) }
            return column.filled(rhs, .floats(column.fill(cells, others.floats(by: ratio))))
        case (.bools(let cells), _): return rhs.bools.map { column.filled(rhs, .bools(column.fill(cells, $0))) }
        case (.strings(let cells), _): return rhs.strings.map { column.filled(rhs, .strings(column.fill(cells, $0))) }
        default: return nil
        }
    }
}

extension Column {
    /// Whether `other` may be put in place of missing cells without one look at each.
    fileprivate func fits(_ other: Operand) -> Bool {
        switch other {
        case .constant(.none): false
        case .constant(.quantity(let quantity)): unit?.dimension == quantity.unit.dimension
        case .constant: unit == nil
        case .column(let column): unit?.dimension == column.unit?.dimension
        }
    }

    @inline(__always)
    fileprivate func fill<Cell>(_ cells: [Cell], _ lane: Lane<Cell>) -> [Cell] {
        let flags = missing.flags
        return [Cell](count: cells.count) { flags[$0] ? lane[$0] : cells[$0] }
    }

    /// The column with new cells; what is missing in both stays missing, for the reason of the second.
    fileprivate func filled(_ other: Operand, _ cells: Cells) -> Column {
        let others = other.missing
        let flags = others.isEmpty ? [] : zip(missing.flags, others.flags).map { $0 && $1 }
        return with(cells, missing: MissingCells(flags: flags, reasons: others.reasons.filter { missing[$0.key] }))
    }
}
