// Numbers: `DIGITS [ "." DIGITS ] [ "e" DIGITS ] [ UNIT ]`, the unit right after the last digit.
extension Lexer {
    /// The digits of a number before its unit.
    private struct Digits {
        var whole: String
        var decimals = ""
        var exponent: String?
    }

    mutating func number() throws(Diagnostic) -> Token.Kind {
        let start = position
        let digits = try self.digits()
        let unitStart = position
        guard let unit = unitText() else { return try plain(digits, start) }
        if let power = Self.multiplierPowers[unit] { return try plain(digits, start, power: power) }
        guard let unit = Unit(rawValue: unit) else { throw badUnit(unit, after: start, at: unitStart) }
        return .quantity(try double(digits, start), unit)
    }

    /// The power of ten of each plain multiplier.
    private static let multiplierPowers: [String: Int] = ["k": 3, "K": 3, "M": 6, "G": 9, "T": 12]

    private mutating func digits() throws(Diagnostic) -> Digits {
        var start = position
        skipDigits()
        var digits = Digits(whole: text(start, position))
        if peek() == UInt8(ascii: "."), peek(1)?.isDigit == true {
            position += 1
            start = position
            skipDigits()
            digits.decimals = text(start, position)
            if peek() == UInt8(ascii: "."), peek(1)?.isDigit == true { throw secondPoint() }
        }
        guard peek().map({ $0 | 0x20 }) == UInt8(ascii: "e") else { return digits }
        let isSigned = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-")
        guard peek(isSigned ? 2 : 1)?.isDigit == true else { return digits }
        start = position + 1
        position += isSigned ? 2 : 1
        skipDigits()
        digits.exponent = text(start, position)
        return digits
    }

    private mutating func unitText() -> String? {
        if peek() == UInt8(ascii: "%") {
            position += 1
            return "%"
        }
        return identifier()
    }

    /// A number without a unit, times ten to `power`: an integer when it was written as a whole number.
    private func plain(_ digits: Digits, _ start: Int, power: Int? = nil) throws(Diagnostic) -> Token.Kind {
        let decimals = String(digits.decimals.reversed().drop { $0 == "0" }.reversed())
        let isWhole = power.map { decimals.count <= $0 } ?? digits.decimals.isEmpty
        guard digits.exponent == nil, isWhole else { return .float(try double(digits, start, power: power ?? 0)) }
        let zeros = String(repeating: "0", count: (power ?? 0) - (power == nil ? 0 : decimals.count))
        guard let value = Int(digits.whole + decimals + zeros) else { throw tooLarge(start) }
        return .int(value)
    }

    /// The nearest double to the number times ten to `power`.
    private func double(_ digits: Digits, _ start: Int, power: Int = 0) throws(Diagnostic) -> Double {
        let mantissa = "\(digits.whole).\(digits.decimals.isEmpty ? "0" : digits.decimals)"
        let exponent = digits.exponent.map { Int($0) ?? ($0.hasPrefix("-") ? -9999 : 9999) } ?? 0
        let value = Double("\(mantissa)e\(exponent.addingReportingOverflow(power).partialValue)") ?? .infinity
        let isZero = mantissa.allSatisfy { $0 == "0" || $0 == "." }
        guard value.isFinite, isZero || value != 0 else { throw outOfRange(start) }
        return value
    }

    private func secondPoint() -> Diagnostic {
        fault(
            .badNumber, "a number has one decimal point", position, position + 1, "a second one",
            help: "text such as a version or an address needs quotes")
    }

    private func tooLarge(_ start: Int) -> Diagnostic {
        fault(
            .badNumber, "this whole number is too large", start, position, "more than \(Int.max)",
            help: "write it with a decimal point, as in `1e20` or `123456789012345678901.0`, for a rounded number")
    }

    private func outOfRange(_ start: Int) -> Diagnostic {
        fault(
            .badNumber, "this number is out of range", start, position,
            "numbers are 64-bit: about 4.9e-324 to 1.8e308")
    }

    private func badUnit(_ unit: String, after start: Int, at unitStart: Int) -> Diagnostic {
        let number = text(start, unitStart)
        if unit.hasPrefix("_") {
            let digits = text(start, position).filter { $0 != "_" }
            return fault(
                .badNumber, "a number holds no `_`", start, position, help: "write `\(digits)`, or `1M` for a million")
        }
        if number == "0", let letter = unit.first, "xXbBoO".contains(letter), unit.dropFirst().first?.isNumber == true {
            return fault(.badNumber, "numbers are written in base ten", start, position)
        }
        return fault(
            .badUnit, "unknown unit `\(unit)`", unitStart, position, "not a unit",
            help: UnitSpelling.help(for: unit, number: number))
    }
}

/// What people write for units, and what the language has.
enum UnitSpelling {
    private static let others: [String: [String]] = [
        "m": ["ms", "min", "M"], "sec": ["s"], "secs": ["s"], "second": ["s"], "seconds": ["s"], "µs": ["us"],
        "μs": ["us"], "mins": ["min"], "minute": ["min"], "minutes": ["min"], "hr": ["h"], "hrs": ["h"],
        "hour": ["h"], "hours": ["h"], "day": ["d"], "days": ["d"], "e": ["ep"], "epoch": ["ep"],
        "epochs": ["ep"], "iter": ["it"], "iters": ["it"], "step": ["it"], "steps": ["it"], "pct": ["%"],
        "percent": ["%"], "bn": ["G"], "byte": ["B"], "bytes": ["B"], "kb": ["kB"], "KB": ["kB", "KiB"],
        "x": [], "tb": ["GB"], "TB": ["GB"], "TiB": ["GiB"], "kHz": ["Hz", "MHz"], "kW": ["W"], "kJ": ["J"],
    ]

    private static let all = "ns us ms s min h d · ep it · % · k M G T · B kB MB GB KiB MiB GiB · J mJ W · Hz MHz GHz"

    /// `did you mean 5ms? The units are …`.
    static func help(for unit: String, number: String) -> String {
        let known = Unit.allCases.map(\.rawValue) + Unit.multipliers.keys.sorted()
        let nearest = others[unit] ?? others[unit.lowercased()] ?? Suggestion.nearest(to: unit, among: known)
        let question = Suggestion.question(nearest.map { number + $0 }).map { $0 + " " } ?? ""
        return question + "The units are \(all); text needs quotes"
    }
}
