import Language
import Tensors
import Training

/// A network with the weights of a file.
struct LoadWeights: Command {
    static let chapter = Chapter.networks
    static let summary = "Give a network the weights and statistics of a safetensors file, by PyTorch's names."
    static let discussion = """
        The file must have all weights and statistics of the whole network, dead operations included, and no others. \
        Write one in Python with `safetensors.torch.save_file(model.state_dict(), path)`.
        """
    static let examples: [Example] = []

    @Argument("the file") var path: FilePath

    func outputType(for input: ValueType) throws -> ValueType { .handle(NetworkHandle.typeName) }

    func run(_ input: NetworkHandle, in context: Context) throws -> NetworkHandle {
        context.opened(file: path.text)
        do {
            let blueprint = try input.blueprint.with(ModelState(contentsOf: path.text))
            return NetworkHandle(input.architecture, blueprint, weights: .file(path.text))
        } catch let error as SafetensorsError {
            throw CommandError(error.description, argument: "path", code: error.offset == nil ? .file : .badFile)
        } catch let error as StateError {
            throw CommandError(
                error.description, help: "see the network's `.parameters` for the names and shapes that it has",
                argument: "path", code: .badFile)
        }
    }
}
