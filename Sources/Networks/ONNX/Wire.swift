// Protocol Buffers' wire format (protobuf.dev, "Encoding"): a message is a row of fields, each a key, which is
// 8·number + wire type as a varint, and a value: a varint (type 0), 8 bytes (1), a length and so many bytes (2), or
// 4 bytes (5). All is little-endian.
//
// Written and read here by hand: the dozen messages of an ONNX file need these few dozen lines, where code generated
// from its schema needs a library that brings Foundation into the start of the program.

/// Writes the fields of a message one by one.
struct WireWriter {
    private(set) var bytes: [UInt8] = []

    /// A varint field; a negative number takes ten bytes.
    mutating func int(_ field: Int, _ value: Int) {
        varint(UInt64(field << 3))
        varint(UInt64(bitPattern: Int64(value)))
    }

    /// Varint fields of one number.
    mutating func ints(_ field: Int, _ values: [Int]) {
        for value in values { int(field, value) }
    }

    /// A 32-bit float.
    mutating func float(_ field: Int, _ value: Float) {
        varint(UInt64(field << 3 | 5))
        append(value.bitPattern)
    }

    /// A text.
    mutating func text(_ field: Int, _ value: String) {
        varint(UInt64(field << 3 | 2))
        varint(UInt64(value.utf8.count))
        bytes += value.utf8
    }

    /// A text that is left out where it is empty.
    mutating func someText(_ field: Int, _ value: String) { if !value.isEmpty { text(field, value) } }

    /// Elements as they lie in memory, which is little-endian on all machines that Swift runs on.
    mutating func raw<Element: BitwiseCopyable>(_ field: Int, _ elements: [Element]) {
        elements.withUnsafeBytes {
            varint(UInt64(field << 3 | 2))
            varint(UInt64($0.count))
            bytes += $0
        }
    }

    /// A message within the message.
    mutating func message(_ field: Int, _ body: (inout WireWriter) -> Void) {
        var inner = WireWriter()
        body(&inner)
        raw(field, inner.bytes)
    }

    private mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    private mutating func append(_ value: UInt32) { withUnsafeBytes(of: value.littleEndian) { bytes += $0 } }
}

/// Reads the fields of a message one by one, and knows at which byte of the file it stands.
struct WireReader {
    /// The name of the message, such as `graph.node[3]`.
    let place: String
    private let bytes: ArraySlice<UInt8>
    private(set) var position: Int

    /// A field: its number, its value, and the byte at which it begins.
    struct Field {
        let number: Int
        let value: Value
        let byte: Int
    }

    /// What a field holds.
    enum Value {
        case varint(UInt64)
        case four(UInt32)
        case eight(UInt64)
        case bytes(ArraySlice<UInt8>)
    }

    /// A reader at the start of a message, whose indices are places in the file.
    init(_ bytes: ArraySlice<UInt8>, _ place: String) {
        (self.bytes, self.place, position) = (bytes, place, bytes.startIndex)
    }

    /// The next field; nil at the message's end.
    mutating func next() throws(ONNXError) -> Field? {
        guard position < bytes.endIndex else { return nil }
        let start = position
        let key = try varint()
        guard key >> 3 >= 1, key >> 3 < 1 << 29 else { throw fault("a field's key was expected", at: start) }
        let value: Value
        switch key & 7 {
        case 0: value = .varint(try varint())
        case 1: value = .eight(try fixed(8))
        case 5: value = .four(UInt32(truncatingIfNeeded: try fixed(4)))
        case 2:
            let length = try varint()
            guard length <= UInt64(bytes.endIndex - position) else {
                throw fault("a field of \(length) bytes, and only \(bytes.endIndex - position) are left", at: start)
            }
            value = .bytes(bytes[position..<position + Int(length)])
            position += Int(length)
        default: throw fault("wire type \(key & 7) is none of ONNX's", at: start)
        }
        return Field(number: Int(key >> 3), value: value, byte: start)
    }

    /// Varints one after another up to the end.
    mutating func packed() throws(ONNXError) -> [Int] {
        var values: [Int] = []
        while position < bytes.endIndex { values.append(Int(Int64(bitPattern: try varint()))) }
        return values
    }

    private mutating func varint() throws(ONNXError) -> UInt64 {
        var value: UInt64 = 0
        let start = position
        for shift in stride(from: 0, to: 70, by: 7) {
            guard position < bytes.endIndex else { throw fault("the file or message ends within a number", at: start) }
            let byte = bytes[position]
            position += 1
            value |= UInt64(byte & 0x7F) << UInt64(shift)
            if byte < 0x80 { return value }
        }
        throw fault("a number of more than ten bytes", at: start)
    }

    private mutating func fixed(_ count: Int) throws(ONNXError) -> UInt64 {
        guard bytes.endIndex - position >= count else {
            throw fault("the file or message ends within a number", at: position)
        }
        defer { position += count }
        return bytes[position..<position + count].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private func fault(_ problem: String, at byte: Int) -> ONNXError { ONNXError(byte: byte, place, problem) }
}

extension WireReader.Field {
    /// The whole number that it must hold.
    func int(_ name: String) throws(ONNXError) -> Int {
        guard case .varint(let value) = value else { throw fault(name, "a whole number") }
        return Int(Int64(bitPattern: value))
    }

    /// The 32-bit float that it must hold.
    func float(_ name: String) throws(ONNXError) -> Float {
        guard case .four(let value) = value else { throw fault(name, "a 32-bit number") }
        return Float(bitPattern: value)
    }

    /// The text that it must hold.
    func text(_ name: String) throws(ONNXError) -> String {
        let bytes = try self.bytes(name)
        guard let text = String(validating: bytes, as: UTF8.self) else { throw fault(name, "UTF-8 text") }
        return text
    }

    /// The bytes that it must hold.
    func bytes(_ name: String) throws(ONNXError) -> ArraySlice<UInt8> {
        guard case .bytes(let bytes) = value else { throw fault(name, "a row of bytes") }
        return bytes
    }

    /// The message that it must hold.
    func message(_ name: String) throws(ONNXError) -> WireReader { WireReader(try bytes(name), name) }

    /// The whole numbers that it holds, one or packed.
    func ints(_ name: String) throws(ONNXError) -> [Int] {
        if case .varint(let value) = value { return [Int(Int64(bitPattern: value))] }
        var reader = try message(name)
        return try reader.packed()
    }

    private func fault(_ name: String, _ expected: String) -> ONNXError {
        ONNXError(byte: byte, name, "\(expected) was expected")
    }
}
