import Estimation
import Language
import Tensors
import Training

/// Which images make the batch: how many, or all of a safetensors file.
enum BatchSource: ParameterType, ValueReadable, CustomStringConvertible {
    case size(Int)
    case file(String)

    static let wording = "a number of images, or the path of a safetensors file with `input` and `target`"
    static let valueType = ValueType.oneOf([.int, .string])
    static let isPath = true

    init?(_ value: Value) {
        switch value {
        case .int(let size): self = .size(size)
        case .string(let path): self = .file(path)
        default: return nil
        }
    }

    var description: String {
        switch self {
        case .size(let size): "\(size)"
        case .file(let path): "\"\(path)\""
        }
    }
}

/// A batch, and how many classes its data set has where that is known.
struct ScoringData {
    let examples: Examples
    let classes: Int?

    /// The batch that `data:` and `batch:` ask for.
    init(_ data: DataSource, _ batch: BatchSource, seed: Int, in context: Context) throws {
        switch batch {
        case .file(let path):
            context.opened(file: path)
            do {
                let file = try SafetensorsFile(path)
                examples = try Examples(images: file.tensor("input"), targets: file.tensor("target"))
            } catch let error as CommandError {
                throw error
            } catch {
                throw CommandError("\(error)", argument: "batch", code: .badFile)
            }
            classes = nil
        case .size(let size):
            let dataset = try data.open(in: context)
            do {
                let drawn = try dataset.batch(size: size, seed: UInt64(bitPattern: Int64(seed)))
                examples = try Examples(images: drawn.input, targets: drawn.target)
            } catch let error as DatasetError {
                throw CommandError(error.description, argument: "batch", code: .outOfRange)
            }
            classes = dataset.classes
        }
    }
}
