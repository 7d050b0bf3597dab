/// What a field of a delimited file says when it does not stand in quotes.
enum CellText: UInt8, Sendable, Hashable {
    /// Empty, `nan`, `NA`, `none`, `null`.
    case missing
    case bool, int, float, text

    /// The kind of a text.
    init(_ text: String) { self = Text.bytes(text) { CellText($0) } }

    /// The kind of some bytes; spaces around them do not matter.
    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        let bytes = bytes.trimmed
        guard let first = bytes.first else {
            self = .missing
            return
        }
        let isNumber =
            first.isDigit || first == UInt8(ascii: "-") || first == UInt8(ascii: "+") || first == UInt8(ascii: ".")
        self = isNumber ? CellText(number: bytes) : CellText(word: bytes)
    }

    var isText: Bool { self == .text }

    /// The kinds that occur.
    static func found(_ kinds: [CellText]) -> Set<CellText> {
        let bits = kinds.reduce(0 as UInt8) { $0 | 1 << $1.rawValue }
        return Set([.missing, .bool, .int, .float, .text].filter { bits & 1 << $0.rawValue != 0 })
    }

    private init(word bytes: Slice<UnsafeBufferPointer<UInt8>>) {
        guard bytes.count <= 5 else {
            self = .text
            return
        }
        switch String(decoding: bytes, as: UTF8.self) {
        case "nan", "NaN", "NAN", "NA", "N/A", "none", "None", "null", "NULL": self = .missing
        case "true", "True", "TRUE", "false", "False", "FALSE": self = .bool
        default: self = .text
        }
    }

    /// Sign, digits, point, digits, exponent; digits that begin with a needless zero, such as `007`, are a name.
    private init(number bytes: Slice<UnsafeBufferPointer<UInt8>>) {
        var rest = bytes[...]
        if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        let whole = rest.prefix { $0.isDigit }
        rest = rest[whole.endIndex...]
        if rest.isEmpty {
            self = whole.isEmpty || whole.count > 1 && whole.first == UInt8(ascii: "0") ? .text : .int
            return
        }
        var digits = whole.count
        if rest.first == UInt8(ascii: ".") {
            let fraction = rest.dropFirst().prefix { $0.isDigit }
            digits += fraction.count
            rest = rest[fraction.endIndex...]
        }
        guard digits > 0 else {
            self = .text
            return
        }
        self = rest.isEmpty || rest.isExponent ? .float : .text
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Without spaces at the ends.
    var trimmed: Slice<UnsafeBufferPointer<UInt8>> {
        var slice = self[...]
        while slice.first == UInt8(ascii: " ") { slice = slice.dropFirst() }
        while slice.last == UInt8(ascii: " ") { slice = slice.dropLast() }
        return slice
    }
}

extension Slice<UnsafeBufferPointer<UInt8>> {
    /// `e`, a sign perhaps, and digits to the end.
    fileprivate var isExponent: Bool {
        guard let first, first | 0x20 == UInt8(ascii: "e") else { return false }
        var digits = dropFirst()
        if digits.first == UInt8(ascii: "-") || digits.first == UInt8(ascii: "+") { digits = digits.dropFirst() }
        return !digits.isEmpty && digits.allSatisfy(\.isDigit)
    }
}
