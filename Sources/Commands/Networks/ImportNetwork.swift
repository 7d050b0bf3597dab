import Language

/// A network out of a file.
struct ImportNetwork: Command {
    static let name = "import"
    static let chapter = Chapter.files
    static let summary = "Read a network with its weights from an .onnx or .safetensors file that `export` wrote."
    static let discussion = """
        Graph, weights and statistics are the same bit by bit, and so is what the network computes. An .onnx of other \
        programs is read where all its operators are ones that nash writes; its network has no architecture. Weights of \
        other programs in a .safetensors come without a network: build it and use `load_weights`.
        """
    static let examples: [Example] = []

    @Argument("the file") var path: FilePath
    @Option("the space of its architecture, where that is a user's own") var space: SpaceHandle?

    func outputType(for input: ValueType) throws -> ValueType { .handle(NetworkHandle.typeName) }

    func run(_ input: Nothing, in context: Context) throws -> NetworkHandle {
        guard !path.text.hasSuffix(".nash") else {
            throw CommandError(
                "`import` reads networks, and \(path.text) is code", help: "write `use \"\(path.text)\"`",
                argument: "path", code: .file)
        }
        context.opened(file: path.text)
        return try NetworkHandle.read(path.text, space: space?.space) { context.note($0) }
    }
}
