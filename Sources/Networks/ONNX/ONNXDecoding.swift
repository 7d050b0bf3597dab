extension ONNXModel {
    /// The model in the bytes of a file. Fields that nash has no use for are passed over.
    ///
    /// - Throws: ``ONNXError``, which names byte and field, where the bytes are no ONNX file or not all of one.
    public init(_ bytes: [UInt8]) throws(ONNXError) {
        var reader = WireReader(bytes[...], "model")
        var (hasGraph, hasOpset) = (false, false)
        while let field = try reader.next() {
            switch field.number {
            case 1: irVersion = try field.int("ir_version")
            case 2: producer = try field.text("producer_name")
            case 3: producerVersion = try field.text("producer_version")
            case 7:
                hasGraph = true
                try readGraph(try field.message("graph"))
            case 8: hasOpset = try readOpset(try field.message("opset_import")) || hasOpset
            case 14: metadata.append(try Pair(try field.message("metadata_props[\(metadata.count)]")))
            default: break
            }
        }
        guard hasGraph, hasOpset else {
            let absent = hasGraph ? "opset_import" : "graph"
            throw ONNXError(byte: bytes.count, absent, "the file ends without it: it is cut short or no ONNX file")
        }
    }

    /// Whether the operators are those of the default domain.
    private mutating func readOpset(_ reader: WireReader) throws(ONNXError) -> Bool {
        var reader = reader
        var (domain, version) = ("", 0)
        while let field = try reader.next() {
            switch field.number {
            case 1: domain = try field.text("opset_import.domain")
            case 2: version = try field.int("opset_import.version")
            default: break
            }
        }
        guard domain.isEmpty || domain == "ai.onnx" else { return false }
        opset = version
        return true
    }

    private mutating func readGraph(_ reader: WireReader) throws(ONNXError) {
        var reader = reader
        while let field = try reader.next() {
            switch field.number {
            case 1: nodes.append(try Node(try field.message("graph.node[\(nodes.count)]")))
            case 2: name = try field.text("graph.name")
            case 5: tensors.append(try Tensor(try field.message("graph.initializer[\(tensors.count)]")))
            case 11: inputs.append(try Port(try field.message("graph.input[\(inputs.count)]")))
            case 12: outputs.append(try Port(try field.message("graph.output[\(outputs.count)]")))
            case 15:
                throw ONNXError(byte: field.byte, "graph.sparse_initializer", "sparse weights are not read")
            default: break
            }
        }
    }
}

extension ONNXModel.Pair {
    fileprivate init(_ reader: WireReader) throws(ONNXError) {
        var reader = reader
        var (key, text) = ("", "")
        while let field = try reader.next() {
            switch field.number {
            case 1: key = try field.text("\(reader.place).key")
            case 2: text = try field.text("\(reader.place).value")
            default: break
            }
        }
        self.init(key, text)
    }
}

extension ONNXModel.Node {
    fileprivate init(_ reader: WireReader) throws(ONNXError) {
        var reader = reader
        let place = reader.place
        self.init(type: "", inputs: [], outputs: [])
        while let field = try reader.next() {
            switch field.number {
            case 1: inputs.append(try field.text("\(place).input"))
            case 2: outputs.append(try field.text("\(place).output"))
            case 3: name = try field.text("\(place).name")
            case 4: type = try field.text("\(place).op_type")
            case 5:
                attributes.append(try .init(try field.message("\(place).attribute[\(attributes.count)]")))
            case 7: domain = try field.text("\(place).domain")
            default: break
            }
        }
    }
}

extension ONNXModel.Attribute {
    fileprivate init(_ reader: WireReader) throws(ONNXError) {
        var reader = reader
        let place = reader.place
        var name = ""
        var value = Value.other
        var ints: [Int] = []
        var kind: ONNXAttributeKind?
        while let field = try reader.next() {
            switch field.number {
            case 1: name = try field.text("\(place).name")
            case 2: value = .float(try field.float("\(place).f"))
            case 3: value = .int(try field.int("\(place).i"))
            case 4: value = String(validating: try field.bytes("\(place).s"), as: UTF8.self).map { .text($0) } ?? .other
            case 5: value = .tensor(try ONNXModel.Tensor(try field.message("\(place).t")))
            case 8: ints += try field.ints("\(place).ints")
            case 20: kind = ONNXAttributeKind(rawValue: try field.int("\(place).type"))
            default: break
            }
        }
        self.init(name: name, value: kind == .ints || !ints.isEmpty ? .ints(ints) : value)
    }
}

extension ONNXModel.Port {
    fileprivate init(_ reader: WireReader) throws(ONNXError) {
        var reader = reader
        let place = reader.place
        var name = ""
        var extents: [ONNXModel.Extent] = []
        while let field = try reader.next() {
            switch field.number {
            case 1: name = try field.text("\(place).name")
            case 2:
                // type.tensor_type.shape.dim
                for tensor in try field.message("\(place).type").fields(1) {
                    for shape in try tensor.message("\(place).type.tensor_type").fields(2) {
                        for extent in try shape.message("\(place).shape").fields(1) {
                            extents.append(try .init(try extent.message("\(place).shape.dim[\(extents.count)]")))
                        }
                    }
                }
            default: break
            }
        }
        self.init(name: name, extents: extents)
    }
}

extension ONNXModel.Extent {
    fileprivate init(_ reader: WireReader) throws(ONNXError) {
        var reader = reader
        self = .free("")
        while let field = try reader.next() {
            switch field.number {
            case 1: self = .fixed(try field.int("\(reader.place).dim_value"))
            case 2: self = .free(try field.text("\(reader.place).dim_param"))
            default: break
            }
        }
    }
}

extension WireReader {
    /// The fields of one number.
    fileprivate func fields(_ number: Int) throws(ONNXError) -> [Field] {
        var reader = self
        var fields: [Field] = []
        while let field = try reader.next() { if field.number == number { fields.append(field) } }
        return fields
    }
}
