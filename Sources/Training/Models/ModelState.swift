public import Tensors

/// The weights and statistics of a model as plain numbers by PyTorch's names, to be kept, written and sent to other
/// threads.
public struct ModelState: Sendable {
    /// One tensor.
    public struct Entry: Sendable {
        /// Its name, such as `stem.0.weight`.
        public let name: String
        /// The size of each dimension.
        public let shape: [Int]
        /// Its elements in row-major order.
        public let values: Values

        fileprivate init(_ name: String, _ tensor: Tensor) throws(TensorError) {
            self.name = name
            shape = tensor.shape
            values =
                switch tensor.dtype {
                case .float64: .float64(try tensor.array())
                case .float32, .float16, .bfloat16: .float32(try tensor.to(.float32).array())
                default: .whole(try tensor.to(.int64).array())
                }
        }

        /// A tensor by its name: as many values as the shape says, in row-major order.
        init(_ name: String, shape: [Int], _ values: Values) {
            (self.name, self.shape, self.values) = (name, shape, values)
        }

        /// Whether its elements are whole numbers: a count, and no weight.
        var isWhole: Bool { if case .whole = values { true } else { false } }

        /// It as a tensor in main memory.
        func tensor() throws(TensorError) -> Tensor {
            switch values {
            case .float32(let values): try Tensor(values, shape: shape)
            case .float64(let values): try Tensor(values, shape: shape)
            case .whole(let values): try Tensor(values, shape: shape)
            }
        }
    }

    /// Elements of one of three types.
    public enum Values: Sendable {
        /// 32-bit floating-point numbers.
        case float32([Float])
        /// 64-bit floating-point numbers.
        case float64([Double])
        /// 64-bit whole numbers.
        case whole([Int])
    }

    /// The tensors, in the order of the model or of the file.
    public let entries: [Entry]
    private let places: [String: Int]

    /// The state of these tensors, in this order.
    public init(_ tensors: [(name: String, tensor: Tensor)]) throws(TensorError) {
        var entries: [Entry] = []
        for (name, tensor) in tensors { entries.append(try Entry(name, tensor)) }
        self.entries = entries
        places = Self.places(of: entries)
    }

    /// The state of these entries, in this order.
    init(_ entries: [Entry]) { self.init(entries, Self.places(of: entries)) }

    private static func places(of entries: [Entry]) -> [String: Int] {
        Dictionary(entries.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The state in the safetensors file at `path`.
    ///
    /// - Throws: `SafetensorsError` where the file cannot be read or is no safetensors file.
    public init(contentsOf path: String) throws {
        let file = try SafetensorsFile(path)
        try self.init(file.entries.map { ($0.name, try file.tensor($0.name)) })
    }

    /// Writes a safetensors file to `path`, as PyTorch would name and shape the tensors.
    ///
    /// - Parameter metadata: free text by key that the file carries besides.
    /// - Throws: `SafetensorsError` where the system refuses.
    public func write(to path: String, metadata: [String: String] = [:]) throws {
        let all = metadata.merging(["format": "pt"]) { given, _ in given }
        try SafetensorsFile.write(entries.map { ($0.name, try $0.tensor()) }, metadata: all, to: path)
    }

    private init(_ entries: [Entry], _ places: [String: Int]) { (self.entries, self.places) = (entries, places) }

    /// The same state with the tensors of `other` in place of those of their names.
    func replacing(_ other: ModelState) -> ModelState { ModelState(entries.map { other[$0.name] ?? $0 }, places) }

    /// The tensor of this name.
    public subscript(name: String) -> Entry? { places[name].map { entries[$0] } }
}
