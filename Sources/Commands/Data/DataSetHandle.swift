public import Language
import Training

/// A data set as a value of the language.
public struct DataSetHandle: ConvertibleHandle {
    /// What users call it.
    public static let typeName = "data set"
    /// The data set, or how to open it.
    public let source: DataSource

    /// A data set that may still have to be opened.
    public init(_ source: DataSource) { self.source = source }

    /// The data sets that nash ships, by name.
    static let constants = [
        Vocabulary.Entry(
            ConstantName("digits", "1,797 handwritten digits of 8×8 pixels, 10 classes; shipped with nash"),
            kind: typeName, value: .handle(DataSetHandle(.digits)))
    ]

    /// Its name, how many samples of which shape, and how many classes.
    public var summary: String {
        guard let data = try? source.open() else { return "data set" }
        return "\(data.name): \(number(data.count)) samples of \(shape(of: data)), \(data.classes) classes"
    }

    /// The summary with the splits, the classes and the normalisation; the reason where it cannot be opened.
    public var display: String {
        do {
            let data = try source.open()
            let counts = Dataset.Split.allCases.map { "\($0.rawValue) \(number(data.count(of: $0)))" }
            return """
                \(summary)
                  \(counts.joined(separator: ", "))
                  classes \(Self.shortened(data.classNames))
                  mean \(Self.rounded(data.normalization.mean)), deviation \(Self.rounded(data.normalization.deviation))
                """
        } catch let error as CommandError {
            return "data set: \(error.message)"
        } catch {
            return "data set: \(error)"
        }
    }

    /// What was read, and the choices made in opening it.
    public var identity: String {
        guard let data = try? source.open() else { return "data set" }
        return "\(data.name) \(data.fingerprint) \(data.shape) \(data.options)"
    }

    /// Name, classes, shape, how many samples in all and in each split, and the fingerprint of what was read.
    public static let fields = [
        ColumnType("name", .string), ColumnType("classes", .int), ColumnType("class_names", .list(.string)),
        ColumnType("shape", .list(.int)), ColumnType("count", .int), ColumnType("train", .int),
        ColumnType("valid", .int), ColumnType("test", .int), ColumnType("fingerprint", .string),
    ]

    /// The value of a field.
    ///
    /// - Throws: `CommandError` where the data set cannot be opened.
    public func field(_ name: String) throws -> Value? {
        let data = try source.open()
        return switch name {
        case "name": .string(data.name)
        case "classes": .int(data.classes)
        case "class_names": data.classNames.value
        case "shape": data.shape.value
        case "count": .int(data.count)
        case "train", "valid", "test": Dataset.Split(rawValue: name).map { .int(data.count(of: $0)) }
        case "fingerprint": .string(data.fingerprint)
        default: nil
        }
    }

    private func shape(of data: Dataset) -> String { data.shape.map(String.init).joined(separator: "×") }

    private func number(_ count: Int) -> String { ValuePrinter.line(.int(count)) }

    private static func shortened(_ names: [String]) -> String {
        names.prefix(10).joined(separator: ", ") + (names.count > 10 ? ", …" : "")
    }

    private static func rounded(_ values: [Double]) -> String {
        values.prefix(4).map { "\(($0 * 1000).rounded() / 1000)" }.joined(separator: " ")
            + (values.count > 4 ? " …" : "")
    }
}
