/// What stands for a value where values are grouped, joined or compared: two values are equal when their keys are.
///
/// `1` and `1.0` have one key, and so have `1s` and `1000ms`; a constant and the string of its name too.
public struct ValueKey: Hashable, Sendable {
    indirect enum Content: Hashable, Sendable {
        case none
        case bool(Bool)
        case int(Int)
        case float(Double)
        case text(TextKey)
        /// In the dimension's base unit.
        case quantity(Dimension, Double)
        case range(Content, Content)
        case list([Content])
        case record([TextKey: Content])
        case table([Content], rows: Int)
        case function(ObjectIdentifier)
        case handle(type: String, identity: String)
    }
    let content: Content
}

extension Value {
    /// The key of the value; see ``ValueKey``.
    public var key: ValueKey { ValueKey(content: keyContent) }

    var keyContent: ValueKey.Content {
        switch self {
        case .none: .none
        case .bool(let bool): .bool(bool)
        case .int(let int): .int(int)
        case .float(let float): float.keyContent
        case .string(let string): .text(TextKey(string))
        case .symbol(let symbol): .text(TextKey(symbol.name))
        case .quantity(let quantity): quantity.keyContent
        case .range(let range): .range(range.lower.keyContent, range.upper.keyContent)
        case .list(let items): .list(items.map(\.keyContent))
        case .record(let record): record.keyContent
        case .table(let table): table.keyContent
        case .function(let function): .function(ObjectIdentifier(function))
        case .handle(let handle): .handle(type: Swift.type(of: handle).typeName, identity: handle.identity)
        }
    }
}

extension Double {
    /// A whole number has the key of the int it equals.
    var keyContent: ValueKey.Content {
        if isNaN { return .none }
        return Int(exactly: self).map { .int($0) } ?? .float(self)
    }
}

extension Quantity {
    var keyContent: ValueKey.Content {
        let base = baseMagnitude
        return base.isNaN ? .none : .quantity(unit.dimension, base == 0 ? 0 : base)
    }

    /// The number in the dimension's base unit.
    var baseMagnitude: Double { unit.baseRatio.apply(magnitude) }
}

extension Record {
    fileprivate var keyContent: ValueKey.Content {
        .record(Dictionary(fields.map { (TextKey($0.name), $0.value.keyContent) }) { first, _ in first })
    }
}

extension Table {
    fileprivate var keyContent: ValueKey.Content {
        let cells = columns.map { column in
            ValueKey.Content.list([.text(TextKey(column.name))] + (0..<rowCount).map { column[$0].keyContent })
        }
        return .table(cells, rows: rowCount)
    }
}
