extension Network {
    /// The network without the nodes that lie on no path from input to output.
    ///
    /// A `zero` carries no path, nor does a product with a dead factor. Sums lose their dead terms; a concatenation
    /// keeps a blank in place of a dead part, so that shapes stay. Names are kept. Throws ``NetworkError`` when no
    /// path is left.
    public func live() throws -> Network {
        let live = liveNodes
        guard live[output] else { throw NetworkError.disconnected }
        var kept: [Node] = []
        var places: [Int: Int] = [:]
        for (index, node) in nodes.enumerated() where live[index] {
            let inputs = node.inputs.compactMap { input in
                live[input] ? places[input] : blank(for: input, under: node.layer, in: &kept)
            }
            places[index] = kept.count
            kept.append(Node(name: node.name, layer: node.layer, inputs: inputs, shape: node.shape))
        }
        return Network(nodes: kept, output: places[output] ?? 0, counting: counting)
    }

    /// Whether some path leads from input to output.
    public var isConnected: Bool { liveNodes[output] }

    private func blank(for dead: Int, under layer: Layer, in kept: inout [Node]) -> Int? {
        guard layer == .concatenate else { return nil }
        kept.append(Node(name: "", layer: .blank(nodes[dead].shape), inputs: [], shape: nodes[dead].shape))
        return kept.count - 1
    }

    /// Whether each node lies on a path from input to output.
    private var liveNodes: [Bool] {
        var reached: [Bool] = []
        for node in nodes { reached.append(node.isReached(from: reached)) }
        var needed = [Bool](repeating: false, count: nodes.count)
        needed[output] = true
        for index in nodes.indices.reversed() where needed[index] && reached[index] {
            for input in nodes[index].inputs { needed[input] = true }
        }
        return zip(reached, needed).map { $0 && $1 }
    }
}

extension Network.Node {
    fileprivate func isReached(from reached: [Bool]) -> Bool {
        switch layer {
        case .input: true
        case .zero, .blank: false
        case .multiply: inputs.allSatisfy { reached[$0] }
        default: inputs.contains { reached[$0] }
        }
    }
}
