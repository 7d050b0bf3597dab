/// Neighbouring modules of a network that end in activations of one shape.
public struct Block: Hashable, Sendable {
    /// The authors' name of the module, or of the first and last, such as `cells.0–4`.
    public let name: String
    /// The shape of the last result that has a name in it, `[C, H, W]`.
    public let output: Shape
    /// Trainable scalars.
    public let parameters: Int
}

extension Network {
    /// The network in short: its modules in order, by the first part of their name and a number behind it, those of one
    /// name and output shape together. Modules without a named layer are left out.
    public var blocks: [Block] {
        var modules: [(path: [Substring], output: Shape, parameters: Int)] = []
        for node in nodes where !node.name.isEmpty {
            let path = node.modulePath
            let before = modules.last?.path == path ? modules.removeLast().parameters : 0
            modules.append((path, node.shape, before + node.parameters.reduce(0) { $0 + $1.count }))
        }
        var blocks: [(first: [Substring], last: [Substring], output: Shape, parameters: Int)] = []
        for module in modules {
            if let block = blocks.last, block.first[0] == module.path[0], block.output == module.output {
                blocks[blocks.count - 1].last = module.path
                blocks[blocks.count - 1].parameters += module.parameters
            } else {
                blocks.append((module.path, module.path, module.output, module.parameters))
            }
        }
        return blocks.map { block in
            let name = block.first.joined(separator: ".")
            let range = block.first == block.last ? name : "\(name)–\(block.last.last ?? "")"
            return Block(name: range, output: block.output, parameters: block.parameters)
        }
    }
}

extension Network.Node {
    /// `cells.3.layers.1.op.1` → `cells`, `3`; `stem.0` → `stem`.
    fileprivate var modulePath: [Substring] {
        let parts = name.split(separator: ".")
        let isNumbered = parts.count > 2 && parts[1].allSatisfy(\.isNumber)
        return Array(parts.prefix(isNumbered ? 2 : 1))
    }
}
