/// A tensor operation that could not be done: what libtorch said of it, and the shapes it was given.
///
/// Matrices of shapes `[2, 3]` and `[4, 5]` multiplied give
/// `matmul of [2, 3] and [4, 5]: mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)`.
public struct TensorError: Error, Equatable, CustomStringConvertible {
    /// The operation's name, such as `matmul`.
    public let operation: String
    /// What went wrong, in one line.
    public let message: String
    /// The shapes of the operands, in their order.
    public let shapes: [[Int]]

    /// The failure of `operation` on operands of the given `shapes`.
    public init(operation: String, message: String, shapes: [[Int]] = []) {
        self.operation = operation
        self.message = message
        self.shapes = shapes
    }

    /// The operation, the shapes and the message in one line.
    public var description: String {
        let operands = shapes.map { "\($0)" }.joined(separator: " and ")
        return "\(operation)\(shapes.isEmpty ? "" : " of \(operands)"): \(message)"
    }

    /// Whether memory was short, that of the device or the machine's own.
    public var isOutOfMemory: Bool {
        let message = message.lowercased()
        return ["not enough memory", "out of memory", "can't allocate memory", "bad_alloc", "storage size calculation"]
            .contains { message.contains($0) }
    }

    /// How many bytes were asked for when memory was short, where libtorch says so in bytes.
    public var bytesAsked: Int? {
        let words = message.split(separator: " ")
        let place = words.indices.dropLast(2).first { words[$0] == "allocate" && words[$0 + 2].hasPrefix("byte") }
        return isOutOfMemory ? place.flatMap { Int(words[$0 + 1]) } : nil
    }
}
