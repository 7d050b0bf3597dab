import Language
import Testing

/// Columns of every form, with and without missing cells and units.
private struct Sampler {
    var generator: SplitMix
    let count = 40

    enum Form: CaseIterable {
        case ints, floats, bigInts, strings, bools, milliseconds, seconds, wholeSeconds, percent, mixed
    }

    mutating func operand(_ form: Form) -> Operand {
        if Int.random(in: 0..<3, using: &generator) == 0 { return .constant(value(form)) }
        let mayMiss = Bool.random(using: &generator)
        let values = (0..<count).map { _ in
            mayMiss && Int.random(in: 0..<4, using: &generator) == 0 ? Value.none("gone") : value(form)
        }
        return .column(Column("sample", values: values))
    }

    private mutating func value(_ form: Form) -> Value {
        switch form {
        case .ints: .int(.random(in: -5...5, using: &generator))
        case .floats: .float(Double(Int.random(in: -20...20, using: &generator)) / 4)
        case .bigInts: .int([.max, .min, 1 << 53, 1 << 53 + 1, 3].randomElement(using: &generator) ?? 0)
        case .strings: .string(["", "a", "b", "ab", "é"].randomElement(using: &generator) ?? "")
        case .bools: .bool(.random(using: &generator))
        case .milliseconds: .quantity(Quantity(Double(Int.random(in: -5...5, using: &generator)) * 1000, .milliseconds))
        case .seconds, .wholeSeconds: .quantity(Quantity(Double(Int.random(in: -5...5, using: &generator)), .seconds))
        case .percent: .quantity(Quantity(Double(Int.random(in: 0...100, using: &generator)), .percent))
        case .mixed: Bool.random(using: &generator) ? .int(1) : .string("a")
        }
    }
}

@Suite struct KernelTests {
    /// Each cell of a kernel's result is, once in a column, what the operator gives for the two cells.
    @Test(arguments: BinaryOperator.allCases)
    func kernelsEqualOperators(_ op: BinaryOperator) {
        var sampler = Sampler(generator: SplitMix(seed: 7))
        for left in Sampler.Form.allCases {
            for right in Sampler.Form.allCases {
                for _ in 0..<4 { compare(op, sampler.operand(left), sampler.operand(right), sampler.count) }
            }
        }
    }

    private func compare(_ op: BinaryOperator, _ lhs: Operand, _ rhs: Operand, _ count: Int) {
        let kernel = Result { try Kernels.apply(op, lhs, rhs, count: count) }
        let cells = Result { try (0..<count).map { try Operators.apply(op, lhs[$0], rhs[$0]) } }
        switch (kernel, cells) {
        case (.success(let column), .success(let values)):
            // A column of ints and floats holds floats.
            let cells = Column("expected", values: values)
            for row in 0..<count where !isSame(column[row], cells[row]) {
                Issue.record(
                    "\(lhs[row]) \(op.rawValue) \(rhs[row]) is \(cells[row]), but the kernel says \(column[row])")
                return
            }
        case (.failure(let error), .failure(let expected)):
            #expect(error as? OperationError == expected as? OperationError)
        default: Issue.record("\(op.rawValue) of \(lhs) and \(rhs): kernel \(kernel), operator \(cells)")
        }
    }

    private func isSame(_ one: Value, _ other: Value) -> Bool {
        switch (one, other) {
        case (.none(let reason), .none(let expected)): reason == expected
        case (.range(let one), .range(let other)):
            Operators.areEqual(one.lower, other.lower) && Operators.areEqual(one.upper, other.upper)
        case (.none, _), (_, .none): false
        default: Operators.areEqual(one, other)
        }
    }

    @Test(arguments: [UnaryOperator.minus, .not])
    func unaryKernelsEqualOperators(_ op: UnaryOperator) {
        var sampler = Sampler(generator: SplitMix(seed: 8))
        for form in Sampler.Form.allCases {
            for _ in 0..<4 {
                let operand = sampler.operand(form)
                let kernel = try? Kernels.apply(op, operand)
                let cells = try? (0..<sampler.count).map { try Operators.apply(op, operand[$0]) }
                #expect((kernel == nil) == (cells == nil))
                guard let kernel, let cells else { continue }
                for row in cells.indices { #expect(isSame(kernel[row], cells[row])) }
            }
        }
    }

    @Test func membershipOfColumnsEqualsOperators() {
        let strings = Operand.column(Column("s", values: [.string("a"), .none, .string("c")]))
        let numbers = Operand.column(Column("n", values: [.int(1), .none, .int(12)]))
        compare(.isIn, strings, .constant(.list([.string("c"), .string("d")])), 3)
        compare(.isIn, numbers, .constant(.range(ValueRange(.int(5), .int(20)))), 3)
        compare(.isIn, numbers, .constant(.range(ValueRange(.quantity(Quantity(5, .seconds)), .int(20)))), 3)
        compare(.matches, strings, .constant(.string("^c")), 3)
    }

    @Test func aMissingConditionDoesNotHold() throws {
        let condition = Column("c", values: [.bool(true), .none, .bool(false), .bool(true)])
        #expect(try Kernels.rows(where: .column(condition), count: 4) == [0, 3])
        #expect(try Kernels.rows(where: .constant(.none), count: 4) == [])
        #expect(throws: OperationError.self) { try Kernels.rows(where: .column(Column("n", .ints([1]))), count: 1) }
    }

    @Test func sumsKeepTheUnitOfTheLeft() throws {
        let left = Column("a", .floats([1, 2]), unit: .seconds)
        let right = Column("b", .floats([500, 250]), unit: .milliseconds)
        guard case .column(let sum) = try Kernels.apply(.plus, .column(left), .column(right), count: 2) else {
            Issue.record("no column")
            return
        }
        #expect(sum.unit == .seconds)
        #expect(sum.numbers == [1.5, 2.25])
    }

    @Test func overflowInAMissingCellIsNone() throws {
        let column = Column("a", .ints([.max, 1]), missing: MissingCells(flags: [true, false]))
        let sum = try Kernels.apply(.plus, .column(column), .constant(.int(1)), count: 2)
        #expect(isSame(sum[0], .none) && isSame(sum[1], .int(2)))
    }
}
