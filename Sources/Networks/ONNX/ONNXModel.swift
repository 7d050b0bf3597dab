/// An ONNX model as data: the part of the format that nash writes and reads.
///
/// Field names and numbers are those of `onnx.proto` (ONNX IR specification, version 8; operators of opset 17).
public struct ONNXModel: Hashable, Sendable {
    /// The version of the format; 8 belongs to opset 17.
    public var irVersion = 8
    /// The version of the operators of the default domain.
    public var opset = 17
    /// Which program wrote it.
    public var producer = ""
    /// The program's version.
    public var producerVersion = ""
    /// What the graph is called.
    public var name = ""
    /// Free text by key, in the order of the file.
    public var metadata: [Pair] = []
    /// The operations, each after those that it reads.
    public var nodes: [Node] = []
    /// The constants: weights, statistics, and what operators take as tensors.
    public var tensors: [Tensor] = []
    /// What goes in.
    public var inputs: [Port] = []
    /// What comes out.
    public var outputs: [Port] = []

    /// An empty model.
    public init() {}

    /// The text of a key of the metadata.
    public subscript(key: String) -> String? { metadata.first { $0.key == key }?.text }

    /// A text by its key.
    public struct Pair: Hashable, Sendable {
        /// The key.
        public let key: String
        /// The text.
        public let text: String

        /// A text by its key.
        public init(_ key: String, _ text: String) { (self.key, self.text) = (key, text) }
    }

    /// One operation.
    public struct Node: Hashable, Sendable {
        /// What it is called; may be empty.
        public var name = ""
        /// The operator, such as `Conv`.
        public var type: String
        /// The operator's domain; empty for ONNX's own.
        public var domain = ""
        /// The names of what it reads; empty for an optional input that is left out.
        public var inputs: [String]
        /// The names of its results.
        public var outputs: [String]
        /// Its settings.
        public var attributes: [Attribute] = []
    }

    /// A setting of an operation.
    public struct Attribute: Hashable, Sendable {
        /// Its name.
        public let name: String
        /// Its value.
        public let value: Value

        /// The values that a setting may have; ``other`` is one of a kind that nash has no use for.
        public enum Value: Hashable, Sendable {
            /// A real number.
            case float(Float)
            /// A whole number.
            case int(Int)
            /// Whole numbers.
            case ints([Int])
            /// A text.
            case text(String)
            /// A constant.
            case tensor(Tensor)
            /// Something else.
            case other
        }
    }

    /// A constant by its name.
    public struct Tensor: Hashable, Sendable {
        /// Its name.
        public let name: String
        /// The size of each dimension; none for a scalar.
        public let extents: [Int]
        /// Its elements in row-major order.
        public let values: Values

        /// The elements of a constant.
        public enum Values: Hashable, Sendable {
            /// Weights or statistics of the network, which are not part of its description: they are given when the
            /// model is written.
            case open
            /// 32-bit floating-point numbers.
            case floats([Float])
            /// 64-bit whole numbers.
            case ints([Int])
        }

        /// The same constant with elements.
        public func filled(_ values: [Float]) -> Tensor {
            Tensor(name: name, extents: extents, values: .floats(values))
        }
    }

    /// Something that goes in or comes out: 32-bit floats.
    public struct Port: Hashable, Sendable {
        /// Its name.
        public let name: String
        /// The size of each dimension.
        public let extents: [Extent]
    }

    /// The size of a dimension.
    public enum Extent: Hashable, Sendable {
        /// So many elements.
        case fixed(Int)
        /// Any number, by a name.
        case free(String)
    }
}

/// What is wrong with an ONNX model.
public struct ONNXError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The byte of the file at which it stands, where the file itself is malformed.
    public let byte: Int?
    /// The field or the node: `graph.node[3].input`, `node '/layer1/Conv' (Conv)`.
    public let place: String
    /// What was found and what was expected.
    public let problem: String

    init(byte: Int? = nil, _ place: String, _ problem: String) {
        (self.byte, self.place, self.problem) = (byte, place, problem)
    }

    /// Place and problem in one line.
    public var description: String {
        ([byte.map { "byte \($0)" }, place.isEmpty ? nil : place].compactMap { $0 } + [problem])
            .joined(separator: ": ")
    }
}
