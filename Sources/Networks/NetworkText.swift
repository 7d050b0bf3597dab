// A network as text, a line a layer, so that a file of weights can carry the network that they belong to:
//
//     network weights output 3
//     input 3 32 32
//     convolution 3 16 3 1 1 1 1 0 < 0 # stem.0
//     batchNorm 16 1 < 1 # stem.1
//     activation relu < 2
//
// The kind of layer, its numbers, the lines that it reads (the input's is 0), and its name where it has one. Numbers of
// a window are kernel, stride, padding, dilation; a convolution has inputs, outputs, its window, groups and 1 for a
// bias.

extension Network {
    /// The network as text that ``init(text:)`` reads.
    public var text: String {
        let lines = nodes.map { node in
            let reads = node.inputs.isEmpty ? "" : " < " + node.inputs.map(String.init).joined(separator: " ")
            let shape = node.layer == .input ? " \(node.shape.words)" : ""
            return node.layer.words + shape + reads + (node.name.isEmpty ? "" : " # \(node.name)")
        }
        return (["network \(counting.rawValue) output \(output)"] + lines).joined(separator: "\n")
    }

    /// The network that `text` describes.
    ///
    /// - Throws: ``NetworkError``, which names the line, where it describes none.
    public init(text: String) throws(NetworkError) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let head = lines.first?.split(separator: " ") ?? []
        guard head.count == 4, head[0] == "network", let counting = MultiplyAdds(rawValue: String(head[1])),
            let output = Int(head[3]), lines.count > 1
        else { throw NetworkText.fault(0, "`network … output …` was expected") }
        var builder = NetworkBuilder(input: try NetworkText.input(lines[1]))
        for (index, line) in lines.enumerated().dropFirst(2) {
            let parsed = try NetworkText(line, index)
            guard parsed.inputs.allSatisfy((0..<(index - 1)).contains) else {
                throw NetworkText.fault(index, "it reads a layer that is not before it")
            }
            let node = try NetworkText.at(index) { () throws(NetworkError) in
                try builder.checked(parsed.layer, parsed.inputs, parsed.name)
            }
            guard builder.shape(of: node).isBounded else { throw NetworkText.fault(index, "a result too large") }
        }
        guard (0..<lines.count - 1).contains(output) else { throw NetworkText.fault(0, "there is no layer \(output)") }
        self = builder.finish(output, counting: counting)
    }
}

extension NetworkBuilder {
    /// Adds a layer; every error of the builder is a `NetworkError`.
    fileprivate mutating func checked(_ layer: Layer, _ inputs: [Int], _ name: String) throws(NetworkError) -> Int {
        do {
            return try add(layer, inputs, name)
        } catch let error as NetworkError {
            throw error
        } catch {
            throw NetworkError(layer: name, "\(error)", try: "take another file")
        }
    }
}

/// A line of a network's text.
private struct NetworkText {
    let layer: Layer
    let inputs: [Int]
    let name: String

    init(_ line: Substring, _ index: Int) throws(NetworkError) {
        var rest = line
        var name = ""
        if let mark = line.firstIndex(of: "#") {
            name = String(line[line.index(after: mark)...].drop { $0 == " " })
            rest = line[..<mark]
        }
        let halves = rest.split(separator: "<", omittingEmptySubsequences: false)
        guard halves.count <= 2, let layer = Layer(words: halves[0].split(separator: " ")) else {
            throw Self.fault(index, "`\(line.prefix(60))` is no layer")
        }
        let reads = halves.count == 2 ? halves[1].split(separator: " ") : []
        (self.layer, self.name, inputs) = (layer, name, reads.compactMap { Int($0) })
        guard inputs.count == reads.count else { throw Self.fault(index, "`<` must be followed by numbers of layers") }
    }

    /// The shape of `input 3 32 32`.
    static func input(_ line: Substring) throws(NetworkError) -> Shape {
        let words = line.split(separator: " ")
        guard words.first == "input", let shape = Shape(bounded: words.dropFirst().compactMap { Int($0) }) else {
            throw fault(1, "`input C H W` was expected")
        }
        return shape
    }

    static func fault(_ index: Int, _ problem: String) -> NetworkError {
        NetworkError("line \(index + 1) of the network: \(problem)", try: "take a file that nash has written")
    }

    static func at<Result>(_ index: Int, _ body: () throws(NetworkError) -> Result) throws(NetworkError) -> Result {
        do throws(NetworkError) { return try body() } catch { throw fault(index, error.reason) }
    }
}

extension Shape {
    fileprivate var words: String { "\(channels) \(height) \(width)" }
}

extension Layer.Window {
    fileprivate var words: String { "\(kernel) \(stride) \(padding) \(dilation)" }

    fileprivate init(_ numbers: ArraySlice<Int>) {
        let first = numbers.startIndex
        self.init(
            numbers[first], stride: numbers[first + 1], padding: numbers[first + 2], dilation: numbers[first + 3])
    }
}

extension Layer {
    /// Kind and numbers.
    fileprivate var words: String {
        switch self {
        case .convolution(let c): "convolution \(c.inputs) \(c.outputs) \(c.window.words) \(c.groups) \(c.bias ? 1 : 0)"
        case .linear(let inputs, let outputs, let bias): "linear \(inputs) \(outputs) \(bias ? 1 : 0)"
        case .batchNorm(let channels, let affine): "batchNorm \(channels) \(affine ? 1 : 0)"
        case .activation(let activation): "activation \(activation.rawValue)"
        case .averagePool(let window): "averagePool \(window.words)"
        case .maxPool(let window): "maxPool \(window.words)"
        case .blank(let shape): "blank \(shape.words)"
        case .channelShuffle(let groups): "channelShuffle \(groups)"
        default: plainName
        }
    }

    /// The name of a layer without numbers.
    private var plainName: String { Self.plain.first { $0.value == self }?.key ?? "" }

    private static let plain: [String: Layer] = [
        "input": .input, "globalAveragePool": .globalAveragePool, "identity": .identity, "zero": .zero, "add": .add,
        "multiply": .multiply, "concatenate": .concatenate, "flatten": .flatten, "shift": .shift,
    ]

    /// The layer of these words; nil where they are none, or a number is out of all proportion.
    fileprivate init?(words: [Substring]) {
        guard let kind = words.first else { return nil }
        if words.count == 1 {
            guard let plain = Self.plain[String(kind)], plain != .input else { return nil }
            self = plain
            return
        }
        if kind == "activation", words.count == 2, let activation = Activation(rawValue: String(words[1])) {
            self = .activation(activation)
            return
        }
        let numbers = words.dropFirst().compactMap { Int($0) }
        guard numbers.count == words.count - 1, numbers.allSatisfy((0...1 << 24).contains) else { return nil }
        self.init(kind, numbers)
    }

    private init?(_ kind: Substring, _ n: [Int]) {
        switch (kind, n.count) {
        case ("convolution", 8) where Self.isWindow(n[2...5]) && n[6] > 0 && n[7] <= 1:
            self = .convolution(
                .init(inputs: n[0], outputs: n[1], window: Window(n[2...5]), groups: n[6], bias: n[7] == 1))
        case ("linear", 3) where n[2] <= 1: self = .linear(inputs: n[0], outputs: n[1], bias: n[2] == 1)
        case ("batchNorm", 2) where n[1] <= 1: self = .batchNorm(channels: n[0], affine: n[1] == 1)
        case ("averagePool", 4) where Self.isWindow(n[...]): self = .averagePool(Window(n[...]))
        case ("maxPool", 4) where Self.isWindow(n[...]): self = .maxPool(Window(n[...]))
        case ("blank", 3):
            guard let shape = Shape(bounded: n) else { return nil }
            self = .blank(shape)
        case ("channelShuffle", 1) where n[0] > 0: self = .channelShuffle(groups: n[0])
        default: return nil
        }
    }

    private static func isWindow(_ numbers: ArraySlice<Int>) -> Bool { numbers.allSatisfy { $0 <= 1 << 10 } }
}
