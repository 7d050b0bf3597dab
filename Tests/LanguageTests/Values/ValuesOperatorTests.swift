import Language
import Testing

/// `5ms`, `90%` and so on.
private func quantity(_ magnitude: Double, _ unit: Unit) -> Value { .quantity(Quantity(magnitude, unit)) }

/// The value as text that shows its type too.
private func shown(_ value: Value) -> String {
    switch value {
    case .none(let reason): "none: \(reason ?? "")"
    case .int(let int): "int \(int)"
    case .float(let float): "float \(float)"
    case .quantity(let quantity): "\(quantity.magnitude) \(quantity.unit.rawValue)"
    case .bool(let bool): "\(bool)"
    default: ValuePrinter.line(value)
    }
}

@Suite struct OperatorTests {
    @Test(
        arguments: [
            (.plus, .int(2), .int(3), "int 5"),
            (.minus, .int(2), .float(0.5), "float 1.5"),
            (.times, .int(-4), .int(3), "int -12"),
            (.divided, .int(7), .int(2), "float 3.5"),
            (.divided, .int(6), .int(2), "float 3.0"),
            (.modulo, .int(-7), .int(3), "int 2"),
            (.modulo, .int(7), .int(-3), "int -2"),
            (.modulo, .int(.min), .int(-1), "int 0"),
            (.modulo, .float(-0.5), .int(2), "float 1.5"),
            (.power, .int(2), .int(62), "int 4611686018427387904"),
            (.power, .int(-3), .int(3), "int -27"),
            (.power, .int(2), .int(-1), "float 0.5"),
            (.divided, .int(1), .int(0), "none: division by zero"),
            (.modulo, .int(1), .int(0), "none: division by zero"),
            (.power, .int(0), .int(-1), "none: division by zero"),
            (.power, .float(-8), .float(0.5), "none: a negative number has no such power"),
            (.times, .float(1e300), .float(1e300), "none: too large for a number"),
            (.plus, .none("no path"), .int(1), "none: no path"),
            (.plus, .int(1), .none("no path"), "none: no path"),
            (.plus, .string("a"), .string("b"), "ab"),
            (.plus, .list([.int(1)]), .list([.int(2)]), "[1, 2]"),
            (.plus, quantity(1, .seconds), quantity(500, .milliseconds), "1.5 s"),
            (.minus, quantity(500, .milliseconds), quantity(0.25, .seconds), "250.0 ms"),
            (.plus, quantity(1, .gibibytes), quantity(1, .mebibytes), "1.0009765625 GiB"),
            (.times, .int(3), quantity(5, .milliseconds), "15.0 ms"),
            (.divided, quantity(5, .milliseconds), .int(2), "2.5 ms"),
            (.divided, quantity(1, .seconds), quantity(250, .milliseconds), "float 4.0"),
            (.modulo, quantity(7, .seconds), quantity(2, .seconds), "1.0 s"),
        ] as [(BinaryOperator, Value, Value, String)])
    func arithmetic(_ op: BinaryOperator, _ lhs: Value, _ rhs: Value, _ expected: String) throws {
        #expect(shown(try Operators.apply(op, lhs, rhs)) == expected)
    }

    @Test(
        arguments: [
            (.equal, .int(1), .float(1), true),
            (.equal, quantity(1, .seconds), quantity(1000, .milliseconds), true),
            (.equal, quantity(0.009, .seconds), quantity(9, .milliseconds), true),
            (.notEqual, .string("a"), .string("b"), true),
            (.equal, .none, .none, false),
            (.notEqual, .none, .int(1), false),
            (.less, .none, .int(1), false),
            (.equal, .list([.int(1), .none]), .list([.float(1), .none]), true),
            (.equal, .symbol(Symbol(kind: "device", name: "pixel3")), .string("pixel3"), true),
            (.less, .string("Z"), .string("a"), true),
            (.less, .string("\u{FFFD}"), .string("\u{1F600}"), true),
            (.equal, .string("\u{E9}"), .string("e\u{301}"), false),
            (.less, .int(9_007_199_254_740_993), .float(9_007_199_254_740_992), false),
            (.greater, .int(9_007_199_254_740_993), .float(9_007_199_254_740_992), true),
            (.less, .int(.max), .float(0x1p63), true),
            (.less, quantity(90, .percent), quantity(94.37, .percent), true),
            (.isIn, .int(10), .range(ValueRange(.int(1), .int(10))), true),
            (.isIn, .float(10.5), .range(ValueRange(.int(1), .int(10))), false),
            (.isIn, .string("ell"), .string("hello"), true),
            (.isIn, .string("e"), .string("e\u{301}"), true),
            (.isIn, .string(""), .string(""), true),
            (.isIn, .string("b"), .list([.string("a"), .string("b")]), true),
            (.isIn, .string("a"), .record(Record([("a", .int(1))])), true),
            (.isIn, .none, .list([.none]), false),
            (.matches, .string("nor_conv_3x3"), .string("conv_[0-9]x"), true),
            (.matches, .string("skip"), .string("^conv"), false),
        ] as [(BinaryOperator, Value, Value, Bool)])
    func comparison(_ op: BinaryOperator, _ lhs: Value, _ rhs: Value, _ expected: Bool) throws {
        #expect(shown(try Operators.apply(op, lhs, rhs)) == "\(expected)")
    }

    @Test(
        arguments: [
            (.bool(true), .none, "none: ", "true"),
            (.bool(false), .none, "false", "none: "),
            (.none, .bool(true), "none: ", "true"),
            (.bool(true), .bool(false), "false", "true"),
        ] as [(Value, Value, String, String)])
    func threeValuedLogic(_ lhs: Value, _ rhs: Value, _ conjunction: String, _ disjunction: String) throws {
        #expect(shown(try Operators.apply(.and, lhs, rhs)) == conjunction)
        #expect(shown(try Operators.apply(.or, lhs, rhs)) == disjunction)
    }

    @Test(
        arguments: [
            (
                .less, quantity(4, .milliseconds), .int(5), "a time and a plain number cannot be compared",
                "did you mean 5ms?"
            ),
            (
                .greater, quantity(94, .percent), .float(0.9), "a percentage and a plain number cannot be compared",
                "did you mean 90%?"
            ),
            (
                .greater, .int(90), quantity(94, .percent), "a plain number and a percentage cannot be compared",
                "did you mean 90%?"
            ),
            (
                .plus, quantity(4, .milliseconds), quantity(81, .epochs),
                "a time and a number of epochs cannot be added", nil
            ),
            (.times, quantity(4, .seconds), quantity(2, .seconds), "a time and a time cannot be multiplied", nil),
            (
                .divided, .int(1), quantity(2, .seconds), "a plain number and a time cannot be divided",
                "did you mean 1s?"
            ),
            (.power, quantity(2, .seconds), .int(2), "a time and a plain number cannot be raised to a power", nil),
            (
                .isIn, quantity(2, .seconds), .list([.int(2)]), "a time and a plain number cannot be compared",
                "did you mean 2s?"
            ),
            (
                .fallback, quantity(2, .seconds), .int(2),
                "a time and a plain number cannot be put in place of each other", "did you mean 2s?"
            ),
        ] as [(BinaryOperator, Value, Value, String, String?)])
    func unitsAreChecked(_ op: BinaryOperator, _ lhs: Value, _ rhs: Value, _ message: String, _ help: String?) {
        #expect(throws: OperationError(.unit, message, help: help)) { try Operators.apply(op, lhs, rhs) }
    }

    @Test(
        arguments: [
            (.plus, .int(.max), .int(1)), (.minus, .int(.min), .int(1)), (.times, .int(.max), .int(2)),
            (.power, .int(10), .int(19)),
        ] as [(BinaryOperator, Value, Value)])
    func overflowIsAnError(_ op: BinaryOperator, _ lhs: Value, _ rhs: Value) {
        let error = #expect(throws: OperationError.self) { try Operators.apply(op, lhs, rhs) }
        #expect(error?.kind == .range)
    }

    @Test func negatingTheLeastIntIsAnError() {
        #expect(throws: OperationError.self) { try Operators.negate(.int(.min)) }
    }

    @Test(arguments: ["[", "(?<=a)b", "a{2,1}", "(", "\\"])
    func aBadPatternIsAnError(_ pattern: String) {
        let error = #expect(throws: OperationError.self) {
            try Operators.apply(.matches, .string("x"), .string(pattern))
        }
        #expect(error?.message.hasPrefix("`\(pattern)` is no regular expression") == true)
    }

    @Test(
        arguments: [
            (.equal, .int(1), .string("a")), (.less, .bool(true), .bool(false)), (.plus, .string("a"), .int(1)),
            (.and, .int(1), .bool(true)), (.less, .list([]), .list([])), (.isIn, .int(1), .int(2)),
        ] as [(BinaryOperator, Value, Value)])
    func typesThatDoNotGoTogether(_ op: BinaryOperator, _ lhs: Value, _ rhs: Value) {
        let error = #expect(throws: OperationError.self) { try Operators.apply(op, lhs, rhs) }
        #expect(error?.kind == .type)
    }

    /// What the checker says of types is what happens to values.
    @Test(arguments: BinaryOperator.allCases)
    func typesForeseeValues(_ op: BinaryOperator) {
        let samples: [Value] = [
            .bool(true), .int(3), .float(2.5), .string("a"), quantity(5, .milliseconds), quantity(90, .percent),
            .list([.int(1)]), .record(Record([("a", .int(1))])), .range(ValueRange(.int(1), .int(3))),
            .symbol(Symbol(kind: "device", name: "a")),
        ]
        for lhs in samples {
            for rhs in samples {
                let type = Result { try Operators.type(op, lhs.type, rhs.type) }
                let value = Result { try Operators.apply(op, lhs, rhs) }
                if case .success(let value) = value {
                    let type = try? type.get()
                    #expect(type != nil, "\(shown(lhs)) \(op.rawValue) \(shown(rhs)) works, but its type does not")
                    #expect(
                        type.map { $0.holds(value.type) } == true,
                        "\(shown(lhs)) \(op.rawValue) \(shown(rhs)): \(String(describing: type))")
                } else if op != .isIn, op != .matches {
                    #expect(throws: OperationError.self) { try type.get() }
                }
            }
        }
    }

    @Test func checkerSuggestsTheColumnsUnit() {
        let column = TypedOperand(.quantity(.time), unit: .seconds)
        #expect(throws: OperationError(.unit, "a time and a plain number cannot be compared", help: "did you mean 5s?"))
        {
            try Operators.result(.less, column, TypedOperand(.int, literal: 5))
        }
        #expect(
            throws: OperationError(.unit, "a time and a plain number cannot be compared", help: "did you mean 5ms?")
        ) {
            try Operators.type(.less, .quantity(.time), .int, rightLiteral: 5)
        }
    }

    @Test func anyGoesWithEverything() throws {
        #expect(try Operators.type(.less, .any, .quantity(.time)) == .bool)
        #expect(try Operators.type(.plus, .any, .any) == .any)
        #expect(try Operators.type(.plus, .oneOf([.string, .int]), .int) == .int)
        #expect(
            try Operators.result(.plus, TypedOperand(.quantity(.time), unit: .milliseconds), TypedOperand(.any)).unit
                == .milliseconds)
    }
}

extension ValueType {
    /// Whether a value of `type` is one of these.
    fileprivate func holds(_ type: ValueType) -> Bool {
        switch (self, type) {
        case (.any, _), (_, .none): true
        case (.number, .int): true
        case (.list, .list), (.record, .record): true
        case (.oneOf(let types), _): types.contains { $0.holds(type) }
        default: self == type
        }
    }
}

@Suite struct UnitTests {
    @Test(arguments: Unit.allCases)
    func conversionThereAndBackIsExactForWholeNumbers(_ unit: Unit) {
        for other in Unit.allCases where other.dimension == unit.dimension {
            for number in [0.0, 1, 7, 1024, -3] {
                let there = unit.convert(number, to: other)
                #expect(abs(other.convert(there, to: unit) - number) <= abs(number) * 1e-15)
            }
        }
    }

    @Test(
        arguments: [
            (9, .milliseconds, .seconds, 0.009), (1, .days, .milliseconds, 86_400_000),
            (1, .gibibytes, .kilobytes, 1_073_741.824),
        ] as [(Double, Unit, Unit, Double)])
    func conversion(_ number: Double, _ unit: Unit, _ other: Unit, _ expected: Double) {
        #expect(unit.convert(number, to: other) == expected)
    }
}
