import Estimation
import Language
import Tensors
import Training

/// Where the images of a batch come from: `digits`, or the path of a data set.
enum DataSource: ParameterType, CustomStringConvertible {
    case digits
    case path(String)

    static let wording = "a data set, `digits` or a path in quotes"
    static let valueType = ValueType.oneOf([.symbol("data set"), .string])
    static let constants = [ConstantName("digits", "the 1,797 handwritten digits that nash ships, 8×8")]
    static let isPath = true

    init(bound argument: BoundArgument) throws(ArgumentError) {
        switch argument {
        case .value(.string(let path)): self = .path(path)
        case .value(.symbol(let symbol)) where symbol.name == "digits": self = .digits
        default:
            throw ArgumentError(
                "must be \(Self.wording)",
                help: "such as `data: \"data/cifar-10-batches-bin\"`; nash ships `digits` only")
        }
    }

    var description: String {
        switch self {
        case .digits: "digits"
        case .path(let path): "\"\(path)\""
        }
    }

    /// Throws `CommandError` where it cannot be read.
    func open() throws -> Dataset {
        do {
            switch self {
            case .digits: return try Dataset.digits()
            case .path(let path): return try Dataset.open(path)
            }
        } catch let error as DatasetError {
            throw CommandError(error.description, argument: "data", code: .badFile)
        }
    }
}

/// Which images make the batch: how many, or all of a safetensors file.
enum BatchSource: ParameterType, ValueConvertible, CustomStringConvertible {
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

    var value: Value {
        switch self {
        case .size(let size): .int(size)
        case .file(let path): .string(path)
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
    init(_ data: DataSource, _ batch: BatchSource, seed: Int) throws {
        switch batch {
        case .file(let path):
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
            let dataset = try data.open()
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
