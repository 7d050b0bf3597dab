extension ONNXModel.Tensor {
    /// A constant, whose elements may stand as raw bytes or as numbers.
    init(_ reader: WireReader) throws(ONNXError) {
        var reader = reader
        let place = reader.place
        var (name, extents, type) = ("", [Int](), 0)
        var raw: ArraySlice<UInt8>?
        var (floats, ints) = ([Float](), [Int]())
        let start = reader.position
        while let field = try reader.next() {
            switch field.number {
            case 1: extents += try field.ints("\(place).dims")
            case 2: type = try field.int("\(place).data_type")
            case 4: floats += try field.floats("\(place).float_data")
            case 7: ints += try field.ints("\(place).int64_data")
            case 8: name = try field.text("\(place).name")
            case 9: raw = try field.bytes("\(place).raw_data")
            case 13, 14:
                if field.number == 14, try field.int("\(place).data_location") == 0 { break }
                throw ONNXError(
                    byte: field.byte, "\(place).external_data", "weights in a file beside this one are not read")
            default: break
            }
        }
        let values: Values
        switch ONNXElement(rawValue: type) {
        case .float32: values = .floats(raw.map { Self.elements($0, Float.self) } ?? floats)
        case .int64: values = .ints(raw.map { Self.elements($0, Int64.self).map { Int($0) } } ?? ints)
        case nil:
            throw ONNXError(
                byte: start, "\(place).data_type",
                "elements of type \(type) in \"\(name)\"; 32-bit floats (1) and 64-bit whole numbers (7) are read")
        }
        self.init(name: name, extents: extents, values: values)
        try checkCount(rawBytes: raw?.count, byte: start, place)
    }

    /// Throws unless there are as many elements as the extents say.
    private func checkCount(rawBytes: Int?, byte: Int, _ place: String) throws(ONNXError) {
        var expected: Int? = 1
        for extent in extents {
            let (product, overflow) = (expected ?? 0).multipliedReportingOverflow(by: extent)
            expected = overflow || extent < 0 || expected == nil ? nil : product
        }
        let (found, size) =
            switch values {
            case .floats(let values): (values.count, 4)
            case .ints(let values): (values.count, 8)
            case .open: (0, 1)
            }
        guard expected == found, rawBytes.map({ $0 == found * size }) ?? true else {
            throw ONNXError(
                byte: byte, place, "\"\(name)\" has shape \(extents), and \(rawBytes ?? found * size) bytes of elements"
            )
        }
    }

    /// As many whole elements as the bytes hold.
    private static func elements<Element: BitwiseCopyable>(_ bytes: ArraySlice<UInt8>, _: Element.Type) -> [Element] {
        bytes.withUnsafeBytes { source in
            let count = source.count / MemoryLayout<Element>.size
            return [Element](unsafeUninitializedCapacity: count) { target, initialized in
                UnsafeMutableRawBufferPointer(target).copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: source[..<(count * MemoryLayout<Element>.size)]))
                initialized = count
            }
        }
    }
}

extension WireReader.Field {
    /// The 32-bit floats that it holds, one or packed.
    fileprivate func floats(_ name: String) throws(ONNXError) -> [Float] {
        if case .four(let value) = value { return [Float(bitPattern: value)] }
        let bytes = try self.bytes(name)
        guard bytes.count % 4 == 0 else { throw ONNXError(byte: byte, name, "packed 32-bit numbers were expected") }
        return stride(from: bytes.startIndex, to: bytes.endIndex, by: 4).map { place in
            Float(bitPattern: bytes[place..<place + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) })
        }
    }
}
