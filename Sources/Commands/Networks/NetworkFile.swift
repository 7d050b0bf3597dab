import Language
import Networks
import Spaces
import Tensors
import Training

/// The forms in which networks lie in files, by the endings of their names.
enum NetworkFile: String, CaseIterable {
    case onnx, safetensors

    /// The form of a path.
    ///
    /// - Throws: `CommandError`, which lists the forms, where its ending is none of theirs.
    init(path: String) throws {
        let ending = path.split(separator: "/").last?.split(separator: ".").dropFirst().last.map { $0.lowercased() }
        guard let form = ending.flatMap({ NetworkFile(rawValue: $0) }) else {
            let forms = Self.allCases.map { ".\($0.rawValue)" }.joined(separator: " or ")
            throw CommandError(
                ending.map { "no network is written or read as `.\($0)`" } ?? "`\(path)` has no ending",
                help: "end the path in \(forms)", argument: "path", code: .file)
        }
        self = form
    }

    /// What `body` gives, its errors as those of the argument `path`.
    static func explained<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as ReadingError {
            throw CommandError("\(error.place): \(error.message)", help: error.help, argument: "path", code: .file)
        } catch let error as ONNXError {
            let help = error.byte == nil ? nil : "is it an ONNX file, and all of it?"
            throw CommandError("\(path): \(error.description)", help: help, argument: "path", code: .badFile)
        } catch let error as SafetensorsError {
            throw CommandError(error.description, argument: "path", code: error.offset == nil ? .file : .badFile)
        } catch let error as StateError {
            throw CommandError("\(path): \(error.description)", argument: "path", code: .badFile)
        } catch let error as NetworkError {
            let layer = error.layer.isEmpty ? "" : "layer '\(error.layer)': "
            throw CommandError("\(path): \(layer)\(error.reason)", help: error.hint, argument: "path", code: .failed)
        }
    }
}

/// The keys of an architecture in the metadata of a file.
private enum ArchitectureKey {
    static let space = "nash.space"
    static let architecture = "nash.architecture"
    static let text = "nash.text"
}

extension NetworkHandle {
    /// Writes the network in the form that the path's ending names, whole or not at all.
    ///
    /// - Returns: what was written, in a line.
    func export(to path: String) throws -> String {
        let form = try NetworkFile(path: path)
        return try NetworkFile.explained(path) {
            switch form {
            case .onnx:
                let pairs = metadata.sorted { $0.key < $1.key }.map { ONNXModel.Pair($0.key, $0.value) }
                let model = try blueprint.onnx(version: NashVersion.text, metadata: pairs)
                let bytes = try model.encoded()
                try AtomicFile.write(path, bytes: bytes)
                return "wrote \(path): \(bytes.count) bytes, ONNX opset \(model.opset)"
            case .safetensors:
                try blueprint.write(safetensors: path, version: NashVersion.text, metadata: metadata)
                return "wrote \(path)"
            }
        }
    }

    /// The network that lies in a file, in the form that the path's ending names.
    ///
    /// - Parameters:
    ///   - space: where its architecture is from, where that is a user's own space.
    ///   - note: hears why the network has no architecture.
    static func read(_ path: String, space: (any Space)?, note: (String) -> Void) throws -> NetworkHandle {
        let form = try NetworkFile(path: path)
        return try NetworkFile.explained(path) {
            switch form {
            case .onnx:
                let model = try ONNXModel(FileBytes.read(path))
                let architecture = architecture(in: { model[$0] }, of: space, path, note)
                return NetworkHandle(architecture, try Blueprint(model), weights: .file(path))
            case .safetensors:
                guard let (blueprint, metadata) = try Blueprint.read(safetensors: path) else {
                    throw CommandError(
                        "\(path) holds weights without the network that they belong to",
                        help: "build it, as in `arch nb201, \"…\" | network | load_weights \"\(path)\"`",
                        argument: "path", code: .badFile)
                }
                let architecture = architecture(in: { metadata[$0] }, of: space, path, note)
                return NetworkHandle(architecture, blueprint, weights: .file(path))
            }
        }
    }

    private var metadata: [String: String] {
        guard let architecture else { return [:] }
        return [
            ArchitectureKey.space: architecture.space.name, ArchitectureKey.text: architecture.summary,
            ArchitectureKey.architecture: architecture.architecture.description,
        ]
    }

    /// The architecture that a file names; nil where it names none, or none of a space that is known.
    private static func architecture(
        in metadata: (String) -> String?, of space: (any Space)?, _ path: String, _ note: (String) -> Void
    ) -> ArchitectureHandle? {
        guard let text = metadata(ArchitectureKey.architecture), let architecture = Architecture(text) else {
            note("\(path) names no architecture: the network comes without one")
            return nil
        }
        guard let space = space ?? Spaces.named(architecture.space), space.isValid(architecture) else {
            note(
                "\(path) names \(text), which is in no space known here: the network comes without architecture; give "
                    + "`space:` where it is one of your own")
            return nil
        }
        return ArchitectureHandle(architecture, of: space)
    }
}
