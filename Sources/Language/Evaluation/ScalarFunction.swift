internal import Glibc

/// A function from numbers to a number, `log10(.params)`, that works on single values and on whole columns.
public struct ScalarFunction: Sendable {
    /// What becomes of a unit.
    public enum UnitRule: Sendable {
        /// Only plain numbers go in.
        case plain
        /// The result has the unit of the argument.
        case kept
    }
    /// The name.
    public let name: String
    /// One line of help.
    public let summary: String
    /// What becomes of a unit.
    public let unitRule: UnitRule
    let apply: @Sendable (Double) -> Double

    /// All names.
    public static let all: [ScalarFunction] = [
        .init(name: "abs", summary: "The absolute value.", unitRule: .kept) { abs($0) },
        .init(name: "round", summary: "The nearest whole number, halves away from zero.", unitRule: .kept) {
            $0.rounded()
        },
        .init(name: "floor", summary: "The next whole number below.", unitRule: .kept) { $0.rounded(.down) },
        .init(name: "ceil", summary: "The next whole number above.", unitRule: .kept) { $0.rounded(.up) },
        .init(name: "sqrt", summary: "The square root.", unitRule: .plain) { $0.squareRoot() },
        .init(name: "exp", summary: "e to the power of a number.", unitRule: .plain) { Glibc.exp($0) },
        .init(name: "log", summary: "The natural logarithm.", unitRule: .plain) { Glibc.log($0) },
        .init(name: "log2", summary: "The logarithm to base 2.", unitRule: .plain) { Glibc.log2($0) },
        .init(name: "log10", summary: "The logarithm to base 10.", unitRule: .plain) { Glibc.log10($0) },
    ]

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    static func named(_ name: String) -> ScalarFunction? { byName[name] }

    /// The type of the result for arguments of these types.
    func type(_ arguments: [ValueType]) throws(CommandError) -> ValueType {
        guard arguments.count == 1 else {
            throw CommandError("`\(name)` takes one number, not \(arguments.count) arguments", code: .tooManyArguments)
        }
        switch (arguments[0], unitRule) {
        case (.any, _), (.oneOf, _), (.none, _): return .any
        case (.int, _), (.number, _): return .number
        case (.quantity, .kept): return arguments[0]
        case (.quantity, .plain):
            throw CommandError(
                "`\(name)` takes a plain number, not \(arguments[0].phrase)",
                help: "divide by the unit first, as in `\(name)(.latency / 1ms)`", code: .wrongUnit)
        default: throw CommandError("`\(name)` takes a number, not \(arguments[0].phrase)", code: .wrongType)
        }
    }

    /// The function's value; `none` stays `none`, and what is no finite number becomes `none`.
    func callAsFunction(_ value: Value) throws(CommandError) -> Value {
        _ = try type([value.type])
        switch value {
        case .int(let int): return finite(apply(Double(int)), of: value, unit: nil)
        case .float(let double): return finite(apply(double), of: value, unit: nil)
        case .quantity(let quantity): return finite(apply(quantity.magnitude), of: value, unit: quantity.unit)
        default: return value
        }
    }

    private func finite(_ result: Double, of value: Value, unit: Unit?) -> Value {
        guard result.isFinite else { return .none("\(name) of \(ValuePrinter.line(value)) is not finite") }
        if let unit { return .quantity(Quantity(result, unit)) }
        if case .int = value, unitRule == .kept, let int = Int(exactly: result) { return .int(int) }
        return .float(result)
    }

    /// The function over a column of numbers, without boxing its cells; nil for a column of something else.
    func column(_ column: Column) throws(CommandError) -> Column? {
        _ = try type([column.type])
        let numbers: [Double]
        switch column.cells {
        case .floats(let cells): numbers = cells
        case .ints(let cells) where unitRule == .plain: numbers = cells.map(Double.init)
        default: return nil
        }
        let results = numbers.map(apply)
        var missing = column.missing
        if !results.allSatisfy(\.isFinite) {
            let flags = results.indices.map { missing[$0] || !results[$0].isFinite }
            missing = MissingCells(flags: flags, reasons: missing.reasons)
        }
        return Column(column.name, .floats(results), missing: missing, unit: column.unit)
    }
}
