import Language
import Networks
import Spaces
import Tensors
import Training

/// A supernet out of a file.
struct LoadSupernet: Command {
    static let chapter = Chapter.files
    static let summary = "Read a trained supernet from a file that `save` wrote."
    static let examples: [Example] = []

    @Argument("the file") var path: FilePath
    @Option("the space of its networks, where that is a user's own") var space: SpaceHandle?

    func outputType(for input: ValueType) throws -> ValueType { .handle(SupernetHandle.typeName) }

    func run(_ input: Nothing, in context: Context) throws -> SupernetHandle {
        let elastic = try space.map { handle in
            guard let elastic = handle.space as? any ElasticSpace else {
                throw CommandError(
                    "the networks of `\(handle.space.name)` share no weights", help: "name the space of the supernet",
                    argument: "space", code: .wrongInput)
            }
            return elastic
        }
        context.opened(file: path.text)
        do {
            let stored = try SupernetSource.explained {
                try StoredSupernet(contentsOf: path.text, space: elastic)
            }
            return SupernetHandle(stored, named: path.text)
        } catch let error as SafetensorsError {
            throw CommandError(error.description, argument: "path", code: error.offset == nil ? .file : .badFile)
        }
    }
}

extension SupernetHandle: Saveable {
    fileprivate init(_ stored: StoredSupernet, named name: String) {
        let weights = SupernetWeights(
            input: stored.input, classes: stored.classes, state: stored.state, name: name, data: nil)
        self.init(
            space: SupernetSpace(base: stored.space, weights: weights),
            history: SupernetHistory(method: stored.method, data: stored.data, metrics: stored.metrics))
    }

    /// Writes it as safetensors whatever the path's ending: shared weights, space and curves.
    func save(to path: String, in context: Context) throws {
        let stored = StoredSupernet(
            space: space.base, input: space.weights.input, classes: space.weights.classes,
            state: space.weights.state, method: history.method, data: history.data, metrics: history.metrics)
        do {
            try stored.write(to: path)
        } catch let error as SafetensorsError {
            throw CommandError(error.description, argument: "path", code: .file)
        }
    }
}
