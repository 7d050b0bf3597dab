import Estimation
public import Language
import Spaces
import Tensors

/// A fitted predictor as a value of the language.
public struct PredictorHandle: ConvertibleHandle {
    /// What users read in help and errors.
    public static let typeName = "predictor"
    let name: String
    let fitted: any FittedPredictor
    let recipe: PredictorRecipe
    /// What it learnt from.
    let lesson: PredictorInputs
    let targets: [Double]
    let target: String
    let unit: Unit?

    /// One line that stands for it.
    public var summary: String {
        let space = recipe.extractor.map { " of \($0.space.name)" } ?? ""
        return "\(name) for \(target), fitted on \(targets.count) rows\(space) with \(lesson.names.count) features"
    }

    /// What tells it from others of its type.
    public var identity: String {
        var hash = StableHash()
        hash.absorb(targets)
        hash.absorb(lesson.values.map(Double.init))
        for (name, row) in (fitted.state?.rows ?? [:]).sorted(by: { $0.key < $1.key }) {
            hash.absorb(name)
            hash.absorb(row)
        }
        return "\(summary) \(hash.text)"
    }

    /// The names after a dot.
    public static let fields = [
        ColumnType("name", .string), ColumnType("features", .list(.string)), ColumnType("rows", .int),
        ColumnType("target", .string), ColumnType("space", .string),
    ]

    /// The value after a dot; nil where there is none of that name.
    public func field(_ name: String) -> Value? {
        switch name {
        case "name": .string(self.name)
        case "features": .list(lesson.names.map(Value.string))
        case "rows": .int(targets.count)
        case "target": .string(target)
        case "space": recipe.extractor.map { .string($0.space.name) } ?? .none("fitted on columns alone")
        default: nil
        }
    }
}

extension PredictorHandle: Saveable {
    private static let separator = "\n"

    /// Writes it as safetensors: its state and what it learnt from, in float64, exactly.
    func save(to path: String, in context: Context) throws {
        guard path.hasSuffix(".safetensors") else {
            throw CommandError(
                "a predictor is saved as .safetensors", help: "such as `save \"rf.safetensors\"`", argument: "path",
                code: .file)
        }
        guard let state = fitted.state else {
            throw CommandError("a `\(name)` cannot be saved", help: "save the rows, and fit it anew", code: .failed)
        }
        do {
            var tensors = try state.rows.sorted { $0.key < $1.key }.map { name, row in
                (name: "state.\(name)", tensor: try Tensor(row, shape: [row.count]))
            }
            tensors.append(("lesson.values", try Tensor(lesson.values, shape: [lesson.values.count])))
            tensors.append(("lesson.targets", try Tensor(targets, shape: [targets.count])))
            if let matrix = lesson.architectures {
                tensors.append(
                    ("lesson.genes", try Tensor(matrix.storage.map(Float.init), shape: [matrix.storage.count])))
            }
            try SafetensorsFile.write(tensors, metadata: metadata, to: path)
        } catch let error as SafetensorsError {
            throw CommandError(error.description, argument: "path", code: .file)
        }
    }

    private var metadata: [String: String] {
        var texts = [
            "format": "nash-predictor", "predictor": name, "target": target, "unit": unit?.rawValue ?? "",
            "features": lesson.names.joined(separator: Self.separator),
            "columns": recipe.columns.joined(separator: Self.separator),
        ]
        if let space = lesson.space { texts["space"] = space.name }
        if let extractor = recipe.extractor {
            texts["families"] = extractor.families.map(\.rawValue).joined(separator: Self.separator)
        }
        return texts
    }

    /// Reads what `save` wrote.
    static func load(_ path: String, space given: (any Space)?) throws -> PredictorHandle {
        do {
            let file = try SafetensorsFile(path)
            guard file.metadata["format"] == "nash-predictor", let name = file.metadata["predictor"],
                let predictor = Predictors.named(name)
            else {
                throw CommandError(
                    "\(path) holds no predictor", help: "write one with `save`", argument: "path", code: .badFile)
            }
            return try load(file, name, predictor, space: given)
        } catch let error as SafetensorsError {
            throw CommandError(error.description, argument: "path", code: error.offset == nil ? .file : .badFile)
        }
    }

    private static func load(
        _ file: SafetensorsFile, _ name: String, _ predictor: any Predictor, space given: (any Space)?
    ) throws -> PredictorHandle {
        func texts(_ key: String) -> [String] {
            file.metadata[key].map { $0.isEmpty ? [] : $0.split(separator: separator).map(String.init) } ?? []
        }
        let space = try space(file, given)
        var rows: [String: [Double]] = [:]
        for entry in file.entries where entry.name.hasPrefix("state.") {
            rows[String(entry.name.dropFirst(6))] = try file.tensor(entry.name).array(of: Double.self)
        }
        let names = texts("features")
        let state = PredictorState(rows, features: names, space: space?.name)
        let families = texts("families").compactMap { FeatureFamily(rawValue: $0) }
        return try Predicting.guarded {
            let extractor = try families.isEmpty ? nil : space.map { try FeatureExtractor($0, families) }
            let genes = file.entries.contains { $0.name == "lesson.genes" }
            let matrix = try genes ? space.map { try Self.matrix(file, of: $0) } : nil
            let values = try file.tensor("lesson.values").array(of: Float.self)
            let targets = try file.tensor("lesson.targets").array(of: Double.self)
            guard values.count == names.count * targets.count, matrix?.count ?? targets.count == targets.count else {
                throw PredictorError(.file, "the rows that it learnt from are damaged", try: "fit it anew")
            }
            return PredictorHandle(
                name: name, fitted: try predictor.restored(from: state),
                recipe: PredictorRecipe(extractor, columns: texts("columns")),
                lesson: PredictorInputs(names: names, values: values, architectures: matrix, space: space),
                targets: targets, target: file.metadata["target"] ?? "",
                unit: file.metadata["unit"].flatMap { $0.isEmpty ? nil : Unit(rawValue: $0) })
        }
    }

    private static func space(_ file: SafetensorsFile, _ given: (any Space)?) throws -> (any Space)? {
        guard let name = file.metadata["space"] else { return nil }
        if let given, given.name == name { return given }
        if given == nil, let own = Spaces.named(name) { return own }
        throw CommandError(
            "the predictor was fitted on a space `\(name)`\(given.map { ", not `\($0.name)`" } ?? "")",
            help: "give that space, as in `space: \(name)`", argument: "space", code: .wrongType)
    }

    private static func matrix(_ file: SafetensorsFile, of space: any Space) throws -> GeneMatrix {
        let genes = try file.tensor("lesson.genes").array(of: Float.self)
        let length = space.genes.count
        var matrix = GeneMatrix(space: space.name, length: length)
        for start in stride(from: 0, to: genes.count - length + 1, by: length) {
            let row = genes[start..<start + length].map { UInt8(exactly: $0) ?? .max }
            guard space.isValid(Architecture(space: space.name, genes: row)) else {
                throw PredictorError(.file, "the architectures that it learnt from are damaged", try: "fit it anew")
            }
            matrix.append(row)
        }
        return matrix
    }
}
