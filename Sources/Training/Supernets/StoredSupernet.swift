public import Networks
public import Spaces
import Tensors

/// A trained supernet in one file: its shared tensors as safetensors, and as metadata its space, its images, its classes
/// and how it was trained.
public struct StoredSupernet: Sendable {
    /// What its networks are of.
    public let space: any ElasticSpace
    /// The images of the largest network, `[C, H, W]`.
    public let input: Shape
    /// How many classes it tells apart.
    public let classes: Int
    /// The shared tensors.
    public let state: ModelState
    /// The name of the method, and that of the data set.
    public let method: String, data: String
    /// What each epoch gave, ascending.
    public let metrics: [SupernetMetrics]

    private static let format = "nash-supernet"

    /// A supernet of these parts.
    public init(
        space: any ElasticSpace, input: Shape, classes: Int, state: ModelState, method: String, data: String,
        metrics: [SupernetMetrics]
    ) {
        (self.space, self.input, self.classes, self.state) = (space, input, classes, state)
        (self.method, self.data, self.metrics) = (method, data, metrics)
    }

    /// Writes the file whole or not at all.
    ///
    /// - Throws: `SafetensorsError` where the system refuses.
    public func write(to path: String) throws {
        var texts = [
            "format": Self.format, "space": space.name, "method": method, "data": data, "classes": "\(classes)",
            "input": "\(input.channels) \(input.height) \(input.width)",
            "metrics": JSON.list(metrics.map(\.json)).written,
        ]
        if let cells = space as? NATSTopology { texts["scale"] = "\(cells.channels) \(cells.cells)" }
        try SafetensorsFile.write(
            state.entries.map { (name: $0.name, tensor: try $0.tensor()) }, metadata: texts, to: path)
    }

    /// Reads what ``write(to:)`` wrote.
    ///
    /// - Parameter space: the space where it is none that is built in or named by its choices.
    /// - Throws: `SafetensorsError` where the file cannot be read; `CheckpointError` where it holds no supernet, or one of
    ///   another space.
    public init(contentsOf path: String, space given: (any ElasticSpace)? = nil) throws {
        let file = try SafetensorsFile(path)
        let texts = file.metadata
        guard texts["format"] == Self.format else {
            throw CheckpointError(path, .foreign, "it holds no supernet: write one with `save`")
        }
        guard let name = texts["space"], let classes = texts["classes"].flatMap({ Int($0) }),
            let input = texts["input"].flatMap({ Shape(text: $0) }), let metrics = Self.metrics(texts["metrics"])
        else { throw CheckpointError(path, .damaged, "its description is not whole") }
        guard let space = try given ?? Self.space(named: name, scale: texts["scale"]), space.name == name else {
            throw CheckpointError(path, .foreign, "it is a supernet of `\(name)`: give that space by `space:`")
        }
        self.init(
            space: space, input: input, classes: classes, state: try ModelState(contentsOf: path),
            method: texts["method"] ?? "", data: texts["data"] ?? "", metrics: metrics)
        do {
            try Supernet(space, input: input, classes: classes).load(state)
        } catch let error as StateError {
            throw CheckpointError(path, .foreign, "its weights are of another supernet: \(error)")
        }
    }

    private static func metrics(_ text: String?) -> [SupernetMetrics]? {
        guard let list = text.flatMap({ JSON($0) })?.list else { return nil }
        let metrics = list.compactMap { SupernetMetrics($0) }
        return metrics.count == list.count ? metrics : nil
    }

    private static func space(named name: String, scale: String?) throws -> (any ElasticSpace)? {
        let space = Spaces.named(name) as? any ElasticSpace
        guard space is NATSTopology, let numbers = scale?.split(separator: " ").compactMap({ Int($0) }),
            numbers.count == 2
        else { return space }
        return try NATSTopology.scaled(channels: numbers[0], cells: numbers[1])
    }
}

extension Shape {
    /// The shape that three positive numbers say; nil for anything else.
    fileprivate init?(text: String) {
        let numbers = text.split(separator: " ").compactMap { Int($0) }
        guard numbers.count == 3, numbers.allSatisfy({ (1...1_000_000).contains($0) }) else { return nil }
        self.init(numbers[0], numbers[1], numbers[2])
    }
}
