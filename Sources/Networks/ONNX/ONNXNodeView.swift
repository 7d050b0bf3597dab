/// A node with its place, as the reader of a graph looks at it: settings that must have a value, and errors that name it.
struct ONNXNodeView {
    let node: ONNXModel.Node
    private let place: Int

    init(_ node: ONNXModel.Node, _ place: Int) { (self.node, self.place) = (node, place) }

    /// The greatest number of channels, groups and the like that is read.
    static let most = 1 << 24
    /// The greatest extent of a window that is read.
    private static let widest = 1 << 10

    /// The name of what it computes.
    var result: String { node.outputs[0] }

    /// The name of input `place`.
    func input(_ place: Int) throws -> String {
        guard has(place) else { throw fault("input \(place) is missing") }
        return node.inputs[place]
    }

    /// Whether there is an input `place`.
    func has(_ place: Int) -> Bool { node.inputs.count > place && !node.inputs[place].isEmpty }

    /// An error that names the node.
    func fault(_ problem: String) -> ONNXError {
        let name = node.name.isEmpty ? "\(place), which gives '\(node.outputs.first ?? "")'" : "'\(node.name)'"
        return ONNXError("node \(name) (\(node.type))", problem)
    }

    private subscript(name: String) -> ONNXModel.Attribute.Value? {
        node.attributes.first { $0.name == name }?.value
    }

    /// A whole number.
    func int(_ name: String, otherwise usual: Int) throws -> Int {
        guard let value = self[name] else { return usual }
        guard case .int(let int) = value else { throw fault("\(name) must be a whole number") }
        return int
    }

    /// Whole numbers; nil where there are none.
    func ints(_ name: String) -> [Int]? { if case .ints(let ints) = self[name] { ints } else { nil } }

    /// Throws unless a setting, or what goes without it, has a value.
    func expect(_ name: String, _ value: Int, otherwise usual: Int? = nil) throws {
        guard let found = try? int(name, otherwise: usual ?? value - 1), found == value else {
            throw fault("\(name) must be \(value)")
        }
    }

    /// Throws unless a setting, or what goes without it, has a value, to rounding.
    func expect(_ name: String, _ value: Float, otherwise usual: Float) throws {
        var found: Float? = usual
        if let given = self[name] { if case .float(let float) = given { found = float } else { found = nil } }
        guard let found, (found - value).magnitude <= 1e-5 * value.magnitude else {
            throw fault("\(name) must be \(value)")
        }
    }

    /// The constant that a node without inputs stands for.
    func constant() throws -> ONNXModel.Tensor {
        guard case .tensor(let tensor) = self["value"] else {
            throw fault("a tensor of 32-bit floats or 64-bit whole numbers was expected as value")
        }
        return ONNXModel.Tensor(name: result, extents: tensor.extents, values: tensor.values)
    }

    /// The window of a convolution or pool, whose kernel may follow from the weights.
    func window(kernel: Int? = nil, average: Bool = false) throws -> Layer.Window {
        if let padding = self["auto_pad"], padding != .text("NOTSET") { throw fault("auto_pad must be NOTSET") }
        try expect("ceil_mode", 0, otherwise: 0)
        let pads = try square("pads", count: 4, otherwise: 0, from: 0)
        if average, pads > 0 { try expect("count_include_pad", 0, otherwise: 0) }
        let size = try square("kernel_shape", count: 2, otherwise: kernel, from: 1)
        return Layer.Window(
            size, stride: try square("strides", count: 2, otherwise: 1, from: 1), padding: pads,
            dilation: try square("dilations", count: 2, otherwise: 1, from: 1))
    }

    /// The number that all of a setting's numbers must be.
    private func square(_ name: String, count: Int, otherwise usual: Int?, from least: Int) throws -> Int {
        let numbers = self[name] == nil ? usual.map { [$0] } : ints(name)
        guard let numbers, let first = numbers.first, numbers.allSatisfy({ $0 == first }),
            self[name] == nil || numbers.count == count, (least...Self.widest).contains(first)
        else {
            throw fault("\(name) must be \(count) equal numbers from \(least) to \(Self.widest)")
        }
        return first
    }
}

extension Shape {
    /// The shape `[C, H, W]` of a file; nil where it is none, or one of more than 2³¹ elements.
    init?(bounded extents: [Int]) {
        guard extents.count == 3, extents.allSatisfy((1...1 << 31).contains) else { return nil }
        self.init(extents[0], extents[1], extents[2])
        guard isBounded else { return nil }
    }

    /// Whether one sample has at most 2³¹ elements: counting costs cannot overflow then.
    var isBounded: Bool { Double(channels) * Double(height) * Double(width) <= 0x1p31 }
}
