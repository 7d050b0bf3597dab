extension ONNXModel {
    /// The model as the bytes of a file.
    ///
    /// - Throws: ``ONNXError`` where a constant has no elements, or the file would be larger than the 2 GB that the
    ///   format allows.
    public func encoded() throws(ONNXError) -> [UInt8] {
        for tensor in tensors where tensor.values == .open {
            throw ONNXError("initializer '\(tensor.name)'", "its elements are not given")
        }
        let elements = tensors.reduce(0.0) { sum, tensor in
            sum + tensor.extents.reduce(1.0) { $0 * Double($1) } * 4
        }
        guard elements < Self.largest else {
            throw ONNXError("graph", "weights of \(Int(elements)) bytes, where an ONNX file holds 2 GB at most")
        }
        var file = WireWriter()
        file.int(1, irVersion)
        file.someText(2, producer)
        file.someText(3, producerVersion)
        file.message(7, graph)
        file.message(8) { $0.int(2, opset) }
        for pair in metadata {
            file.message(14) {
                $0.text(1, pair.key)
                $0.text(2, pair.text)
            }
        }
        return file.bytes
    }

    /// How many bytes of constants are written: Protocol Buffers end at 2³¹, and the graph needs some.
    private static let largest = 0x1p31 - 0x1p26

    private func graph(_ graph: inout WireWriter) {
        for node in nodes { graph.message(1, node.write) }
        graph.text(2, name)
        for tensor in tensors { graph.message(5, tensor.write) }
        for port in inputs { graph.message(11, port.write) }
        for port in outputs { graph.message(12, port.write) }
    }
}

extension ONNXModel.Node {
    fileprivate func write(_ message: inout WireWriter) {
        for input in inputs { message.text(1, input) }
        for output in outputs { message.text(2, output) }
        message.someText(3, name)
        message.text(4, type)
        for attribute in attributes { message.message(5, attribute.write) }
        message.someText(7, domain)
    }
}

/// The kinds of attributes that are written and read, by their numbers in the format.
enum ONNXAttributeKind: Int {
    case float = 1
    case int = 2
    case text = 3
    case tensor = 4
    case ints = 7
}

extension ONNXModel.Attribute {
    fileprivate func write(_ message: inout WireWriter) {
        message.text(1, name)
        switch value {
        case .float(let value): message.float(2, value)
        case .int(let value): message.int(3, value)
        case .text(let value): message.text(4, value)
        case .tensor(let value): message.message(5, value.write)
        case .ints(let values): message.ints(8, values)
        case .other: return
        }
        if let kind { message.int(20, kind.rawValue) }
    }

    private var kind: ONNXAttributeKind? {
        switch value {
        case .float: .float
        case .int: .int
        case .text: .text
        case .tensor: .tensor
        case .ints: .ints
        case .other: nil
        }
    }
}

/// The types of elements that are written and read, by their numbers in the format.
enum ONNXElement: Int {
    case float32 = 1
    case int64 = 7
}

extension ONNXModel.Tensor {
    fileprivate func write(_ message: inout WireWriter) {
        message.ints(1, extents)
        switch values {
        case .floats(let values):
            message.int(2, ONNXElement.float32.rawValue)
            message.text(8, name)
            message.raw(9, values)
        case .ints(let values):
            message.int(2, ONNXElement.int64.rawValue)
            message.text(8, name)
            message.raw(9, values.map { Int64($0) })
        case .open: return
        }
    }
}

extension ONNXModel.Port {
    fileprivate func write(_ message: inout WireWriter) {
        message.text(1, name)
        message.message(2) { type in
            type.message(1) { tensor in
                tensor.int(1, ONNXElement.float32.rawValue)
                tensor.message(2) { shape in
                    for extent in extents { shape.message(1, extent.write) }
                }
            }
        }
    }
}

extension ONNXModel.Extent {
    fileprivate func write(_ message: inout WireWriter) {
        switch self {
        case .fixed(let size): message.int(1, size)
        case .free(let name): message.text(2, name)
        }
    }
}
