import Language

/// A study or a network into files that other programs read.
struct Export: Command {
    static let chapter = Chapter.files
    static let summary =
        "Write a study as tables into a folder, or a network with its weights as .onnx or .safetensors."
    static let discussion = """
        Of a study the folder gets `studies`, `trials` and `epochs` as .csv, or with `format: jsonl` one object a line; \
        numbers are written so that they read back exactly. Accuracies are shares of 1 there. A network is written in the \
        form that the path's ending names: .onnx (opset 17, input `input` [N, C, H, W], output `logits`, for evaluation, \
        without operations on no path) or .safetensors (all weights and statistics by PyTorch's names). `import` reads \
        both. A file is written whole or not at all. The value is passed on.
        """
    static let examples: [Example] = []

    @Argument("the folder, made where it is missing, or the file") var path: FilePath
    @Option("the form of a study's tables") var format: ExportForm = .csv

    func outputType(for input: ValueType) throws -> ValueType { input }

    func run(_ input: Exportable, in context: Context) throws -> Exportable {
        switch input {
        case .study(let study): try study.export(to: path.text, as: format, in: context)
        case .network(let network):
            guard !$format.isGiven else {
                throw CommandError(
                    "`format` is for studies; a network's form is the ending of its path",
                    help: "as in `export \"best.onnx\"`", argument: "format", code: .unknownArgument)
            }
            context.note(try network.export(to: path.text))
        }
        context.saved(path.text)
        return input
    }
}

/// What `export` takes.
enum Exportable: ValueConvertible {
    case study(StudyHandle)
    case network(NetworkHandle)

    static let valueType = ValueType.oneOf([.handle(StudyHandle.typeName), .handle(NetworkHandle.typeName)])

    init?(_ value: Value) {
        guard let own = StudyHandle(value).map(Self.study) ?? NetworkHandle(value).map(Self.network) else { return nil }
        self = own
    }

    var value: Value {
        switch self {
        case .study(let study): study.value
        case .network(let network): network.value
        }
    }
}
