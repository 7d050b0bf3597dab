/// An operand whose cells are all numbers.
struct Numbers {
    enum Cells {
        case ints(Lane<Int>)
        case floats(Lane<Double>)
    }
    let cells: Cells
    let unit: Unit?

    /// Nil when the operand holds anything but numbers.
    init?(_ operand: Operand) {
        switch operand {
        case .constant(.int(let int)): (cells, unit) = (.ints(.one(int)), nil)
        case .constant(.float(let float)) where float.isFinite: (cells, unit) = (.floats(.one(float)), nil)
        case .constant(.quantity(let quantity)) where quantity.magnitude.isFinite:
            (cells, unit) = (.floats(.one(quantity.magnitude)), quantity.unit)
        case .column(let column):
            switch column.cells {
            case .ints(let ints) where column.unit == nil: (cells, unit) = (.ints(.many(ints)), nil)
            case .ints(let ints): (cells, unit) = (.floats(.many(ints.map { Double($0) })), column.unit)
            case .floats(let floats): (cells, unit) = (.floats(.many(floats)), column.unit)
            default: return nil
            }
        default: return nil
        }
    }

    var floats: Lane<Double> {
        switch cells {
        case .ints(let ints): ints.map { Double($0) }
        case .floats(let floats): floats
        }
    }

    /// Whether every int is a float exactly.
    var isExact: Bool {
        let limit = 1 << 53
        switch cells {
        case .floats: return true
        case .ints(.one(let int)): return int.magnitude <= limit
        case .ints(.many(let ints)): return ints.allSatisfy { $0.magnitude <= limit }
        }
    }

    /// The floats in a unit of the same dimension.
    func floats(by ratio: UnitRatio?) -> Lane<Double> {
        guard let ratio, !ratio.isOne else { return floats }
        return floats.map { ratio.apply($0) }
    }
}

extension Kernels {
    static func arithmetic(
        _ op: BinaryOperator, _ lhs: Operand, _ rhs: Operand, _ count: Int
    ) throws(OperationError) -> Column? {
        guard let left = Numbers(lhs), let right = Numbers(rhs) else { return nil }
        let missing = lhs.missing.joined(with: rhs.missing)
        if case .ints(let leftInts) = left.cells, case .ints(let rightInts) = right.cells, op != .divided {
            return integers(op, leftInts, rightInts, count).map { Column("", .ints($0), missing: missing) }
        }
        guard let (unit, ratio) = resultUnit(op, left.unit, right.unit) else { return nil }
        let (leftFloats, rightFloats) = (left.floats, right.floats(by: ratio))
        let result = floats(op, leftFloats, rightFloats, count)
        let reasons = result.hasUnusable ? failures(op, leftFloats, rightFloats, result, missing) : MissingCells()
        return Column("", .floats(result), missing: missing.joined(with: reasons), unit: unit)
    }

    /// The unit of the result and how the right operand gets into the left one's; nil when units do not go together.
    private static func resultUnit(
        _ op: BinaryOperator, _ left: Unit?, _ right: Unit?
    ) -> (unit: Unit?, ratio: UnitRatio?)? {
        switch (left, right) {
        case (nil, nil): return (nil, nil)
        case (let left?, nil): return op == .times || op == .divided ? (left, nil) : nil
        case (nil, let right?): return op == .times ? (right, nil) : nil
        case (let left?, let right?):
            guard left.dimension == right.dimension, op != .times, op != .power else { return nil }
            return (op == .divided ? nil : left, right.ratio(to: left))
        }
    }

    private static func floats(
        _ op: BinaryOperator, _ left: Lane<Double>, _ right: Lane<Double>, _ count: Int
    ) -> [Double] {
        switch op {
        case .plus: left.zip(right, count: count) { $0 + $1 }
        case .minus: left.zip(right, count: count) { $0 - $1 }
        case .times: left.zip(right, count: count) { $0 * $1 }
        case .divided: left.zip(right, count: count) { $0 / $1 }
        default: left.zip(right, count: count) { Operators.float(op, $0, $1) }
        }
    }

    /// The results that are no finite number, with the reason of each.
    private static func failures(
        _ op: BinaryOperator, _ left: Lane<Double>, _ right: Lane<Double>, _ result: [Double], _ missing: MissingCells
    ) -> MissingCells {
        var reasons: [Int: String] = [:]
        for (row, number) in result.enumerated() where !number.isFinite && !missing[row] {
            reasons[row] = Operators.reason(op, left[row], right[row], number)
        }
        return MissingCells(flags: result.map { !$0.isFinite }, reasons: reasons)
    }

    /// Nil when a result overflows (perhaps in a row that is missing) or is no int: the rows are then taken one by one.
    private static func integers(
        _ op: BinaryOperator, _ left: Lane<Int>, _ right: Lane<Int>, _ count: Int
    ) -> [Int]? {
        var isSafe = true
        let result: [Int]
        switch op {
        case .plus: result = left.zip(right, count: count) { checked($0.addingReportingOverflow($1), &isSafe) }
        case .minus: result = left.zip(right, count: count) { checked($0.subtractingReportingOverflow($1), &isSafe) }
        case .times: result = left.zip(right, count: count) { checked($0.multipliedReportingOverflow(by: $1), &isSafe) }
        case .modulo:
            guard right.allSatisfy({ $0 != 0 }) else { return nil }
            result = left.zip(right, count: count) { Operators.flooredRemainder($0, $1) }
        case .power:
            guard right.allSatisfy({ $0 >= 0 }) else { return nil }
            result = left.zip(right, count: count) { checked(Operators.power($0, $1), &isSafe) }
        default: return nil
        }
        return isSafe ? result : nil
    }

    @inline(__always)
    private static func checked(_ result: (Int, Bool), _ isSafe: inout Bool) -> Int {
        isSafe = isSafe && !result.1
        return result.0
    }
}

extension Lane {
    subscript(row: Int) -> Cell {
        switch self {
        case .one(let cell): cell
        case .many(let cells): cells[row]
        }
    }

    func allSatisfy(_ predicate: (Cell) -> Bool) -> Bool {
        switch self {
        case .one(let cell): predicate(cell)
        case .many(let cells): cells.allSatisfy(predicate)
        }
    }
}
