// The format (huggingface/safetensors, README, "Format"): 8 bytes of N, little-endian; N bytes of JSON that
// begin with `{` and may end with spaces; the data. The JSON maps each tensor's name to
// {"dtype": "F32", "shape": [2, 3], "data_offsets": [begin, end]}, offsets counted from the data's start, and
// "__metadata__" to strings. The tensors cover the data with neither gap nor overlap.

/// Where a tensor of a safetensors file lies, and what it is.
public struct SafetensorsEntry: Hashable, Sendable {
    /// The tensor's name.
    public let name: String
    /// The type of its elements.
    public let dtype: DType
    /// The size of each dimension.
    public let shape: [Int]
    /// Its bytes, counted from the start of the data.
    public let range: Range<Int>
}

/// What the start of a safetensors file says of the rest.
struct SafetensorsHeader {
    /// The greatest length of a header that the format allows.
    static let greatestLength = 100_000_000

    /// The tensors in the order of their bytes.
    private(set) var entries: [SafetensorsEntry] = []
    /// Free text by key.
    private(set) var metadata: [String: String] = [:]

    /// Reads the JSON `text`, whose indices are places in the file, of a file with `dataCount` bytes of data.
    init(_ text: ArraySlice<UInt8>, dataCount: Int) throws(Malformed) {
        guard text.first == UInt8(ascii: "{") else {
            throw Malformed(offset: text.startIndex, problem: "a header that does not begin with {")
        }
        var places: [String: Int] = [:]
        var entries: [SafetensorsEntry] = []
        var metadata: [String: String] = [:]
        var scanner = JSONScanner(text)
        try scanner.object { (scanner, name, place) throws(Malformed) in
            if name == "__metadata__" {
                try scanner.object { (scanner, key, _) throws(Malformed) in metadata[key] = try scanner.string() }
            } else {
                places[name] = place
                entries.append(try Self.entry(name, place, &scanner))
            }
        }
        try scanner.end()
        self.metadata = metadata
        self.entries = entries.sorted {
            ($0.range.lowerBound, $0.range.upperBound, $0.name) < ($1.range.lowerBound, $1.range.upperBound, $1.name)
        }
        try checkCover(dataCount, places, end: text.endIndex)
    }

    private static func entry(_ name: String, _ place: Int, _ scanner: inout JSONScanner) throws(Malformed)
        -> SafetensorsEntry
    {
        var dtype: DType?
        var shape: [Int]?
        var offsets: [Int]?
        try scanner.object { (scanner, key, keyPlace) throws(Malformed) in
            switch key {
            case "dtype": dtype = try Self.dtype(&scanner)
            case "shape": shape = try scanner.numbers()
            case "data_offsets": offsets = try scanner.numbers()
            default:
                throw Malformed(offset: keyPlace, problem: "the unknown key \(quoted(key)) of tensor \(quoted(name))")
            }
        }
        guard let dtype, let shape, let offsets, offsets.count == 2, offsets[0] <= offsets[1] else {
            throw Malformed(
                offset: place, problem: "tensor \(quoted(name)) needs dtype, shape and data_offsets [begin, end]")
        }
        try checkSize(shape, dtype, bytes: offsets[1] - offsets[0], name, place)
        return SafetensorsEntry(name: name, dtype: dtype, shape: shape, range: offsets[0]..<offsets[1])
    }

    private static func dtype(_ scanner: inout JSONScanner) throws(Malformed) -> DType {
        let place = scanner.position
        let name = try scanner.string()
        guard let dtype = DType.allCases.first(where: { $0.safetensorsName == name }) else {
            let known = DType.allCases.map(\.safetensorsName).joined(separator: ", ")
            throw Malformed(offset: place, problem: "the dtype \(quoted(name)) is none of \(known)")
        }
        return dtype
    }

    private static func checkSize(_ shape: [Int], _ dtype: DType, bytes: Int, _ name: String, _ place: Int)
        throws(Malformed)
    {
        var size = dtype.size
        for extent in shape {
            let (product, overflow) = size.multipliedReportingOverflow(by: extent)
            guard !overflow else {
                throw Malformed(
                    offset: place, problem: "the shape \(shape) of tensor \(quoted(name)) has more than 2⁶³ bytes")
            }
            size = product
        }
        guard size == bytes else {
            throw Malformed(
                offset: place,
                problem: "tensor \(quoted(name)) of shape \(shape) and dtype \(dtype) takes \(size) bytes, "
                    + "but its data_offsets span \(bytes)")
        }
    }

    private func checkCover(_ dataCount: Int, _ places: [String: Int], end: Int) throws(Malformed) {
        var covered = 0
        for entry in entries {
            let place = places[entry.name] ?? end
            guard entry.range.lowerBound == covered else {
                let fault = entry.range.lowerBound < covered ? "overlaps the one before it" : "leaves a gap before it"
                throw Malformed(offset: place, problem: "tensor \(quoted(entry.name)) \(fault)")
            }
            covered = entry.range.upperBound
            guard covered <= dataCount else {
                throw Malformed(
                    offset: place,
                    problem: "tensor \(quoted(entry.name)) ends at byte \(covered) of the data, of which there are "
                        + "\(dataCount): the file is truncated")
            }
        }
        guard covered == dataCount else {
            throw Malformed(offset: end + covered, problem: "\(dataCount - covered) bytes that belong to no tensor")
        }
    }
}

extension DType {
    /// The name in a safetensors header.
    var safetensorsName: String {
        switch self {
        case .uint8: "U8"
        case .int8: "I8"
        case .int16: "I16"
        case .int32: "I32"
        case .int64: "I64"
        case .float16: "F16"
        case .float32: "F32"
        case .float64: "F64"
        case .bool: "BOOL"
        case .bfloat16: "BF16"
        }
    }
}
