/// A column of a series: numbers, or names along an axis of names.
public enum Values: Sendable, Hashable, ExpressibleByArrayLiteral {
    /// Numbers; NaN is a missing value.
    case numbers([Double])
    /// Names, in the order of their first appearance along the axis.
    case names([String])

    /// Makes a column of the numbers given.
    public init(arrayLiteral elements: Double...) {
        self = .numbers(elements)
    }

    /// How many rows the column has.
    public var count: Int {
        switch self {
        case .numbers(let numbers): numbers.count
        case .names(let names): names.count
        }
    }

    /// Whether the column has no rows.
    public var isEmpty: Bool { count == 0 }

    /// Whether the column holds names.
    var areNames: Bool {
        if case .names = self { true } else { false }
    }

    /// The rows of `indices`, in their order.
    func selecting(_ indices: [Int]) -> Values {
        guard !isEmpty else { return self }
        switch self {
        case .numbers(let numbers): return .numbers(indices.map { numbers[$0] })
        case .names(let names): return .names(indices.map { names[$0] })
        }
    }

    /// A row as text; the empty text for a missing value.
    func text(_ row: Int) -> String {
        switch self {
        case .numbers(let numbers): numbers[row].isNaN ? "" : "\(numbers[row])"
        case .names(let names): names[row]
        }
    }
}

extension Values: Codable {
    private enum Key: CodingKey { case numbers, names }

    /// Reads `{"numbers": […]}` or `{"names": […]}`; a number is a number, `null` (missing), `"inf"` or `"-inf"`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        if container.contains(.names) {
            self = .names(try container.decode([String].self, forKey: .names))
        } else {
            self = .numbers(try container.decode([Number].self, forKey: .numbers).map(\.value))
        }
    }

    /// Writes the form that ``init(from:)`` reads.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .numbers(let numbers): try container.encode(numbers.map(Number.init), forKey: .numbers)
        case .names(let names): try container.encode(names, forKey: .names)
        }
    }

    /// A number of any kind in a format such as JSON that knows only finite ones.
    private struct Number: Codable {
        let value: Double

        init(value: Double) {
            self.value = value
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                value = .nan
            } else if let number = try? container.decode(Double.self) {
                value = number
            } else {
                value = try container.decode(String.self) == "-inf" ? -.infinity : .infinity
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            if value.isNaN {
                try container.encodeNil()
            } else if value.isInfinite {
                try container.encode(value < 0 ? "-inf" : "inf")
            } else {
                try container.encode(value)
            }
        }
    }
}
