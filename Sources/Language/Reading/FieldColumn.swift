/// One column of a delimited file, from its fields to its cells.
struct FieldColumn {
    let file: TextFile
    let fields: DelimitedFields
    let column: Int
    /// Whether a field in quotes is text whatever it says.
    let quotesMeanText: Bool

    private var count: Int { fields.rowCount - 1 }

    func column(_ heading: Heading) -> Column {
        file.bytes.withUnsafeBufferPointer { bytes in
            let kinds = (0..<count).map { kind($0, bytes) }
            let found = CellText.found(kinds)
            let missing = MissingCells(flags: found.contains(.missing) ? kinds.map { $0 == .missing } : [])
            switch found.subtracting([.missing]) {
            case []: return Column(heading.name, .values(Array(repeating: .none, count: count)), missing: missing)
            case [.bool]: return Column(heading.name, .bools(bools(bytes)), missing: missing)
            case [.int]:
                if let ints = ints(kinds, bytes) {
                    return Column(heading.name, .ints(ints), missing: missing, unit: heading.unit)
                }
                return floats(heading, kinds, missing, bytes)
            case [.float], [.int, .float]: return floats(heading, kinds, missing, bytes)
            default: return Column(heading.name, .strings(strings(kinds)), missing: missing)
            }
        }
    }

    private func field(_ row: Int) -> DelimitedFields.Field { fields[row + 1, column] }

    private func content(
        _ row: Int, _ bytes: UnsafeBufferPointer<UInt8>
    ) -> UnsafeBufferPointer<UInt8> {
        let field = field(row)
        return UnsafeBufferPointer(rebasing: bytes[field.start..<field.end])
    }

    private func kind(_ row: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> CellText {
        field(row).isQuoted && quotesMeanText ? .text : CellText(content(row, bytes))
    }

    private func bools(_ bytes: UnsafeBufferPointer<UInt8>) -> [Bool] {
        (0..<count).map { (content($0, bytes).trimmed.first ?? 0) | 0x20 == UInt8(ascii: "t") }
    }

    /// Nil when one does not fit.
    private func ints(_ kinds: [CellText], _ bytes: UnsafeBufferPointer<UInt8>) -> [Int]? {
        var ints: [Int] = []
        ints.reserveCapacity(count)
        for row in 0..<count {
            guard kinds[row] == .int else {
                ints.append(0)
                continue
            }
            guard let int = Decimal.int(content(row, bytes).trimmed) else { return nil }
            ints.append(int)
        }
        return ints
    }

    private func floats(
        _ heading: Heading, _ kinds: [CellText], _ missing: MissingCells, _ bytes: UnsafeBufferPointer<UInt8>
    ) -> Column {
        let floats = (0..<count).map { kinds[$0] == .missing ? 0 : Decimal.float(content($0, bytes).trimmed) }
        return Column(heading.name, .floats(floats), missing: missing, unit: heading.unit)
    }

    private func strings(_ kinds: [CellText]) -> [String] {
        (0..<count).map { kinds[$0] == .missing ? "" : file.text(field($0)) }
    }
}

extension Column {
    /// The column with the name and unit of a heading.
    func with(_ heading: Heading) -> Column {
        Column(heading.name, cells, missing: missing, unit: heading.unit, origin: origin)
    }
}
