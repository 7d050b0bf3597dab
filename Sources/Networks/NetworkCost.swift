/// What a network costs, counted on its graph for one sample in 32-bit floats.
public struct NetworkCost: Hashable, Codable, Sendable {
    /// Trainable scalars.
    public var parameters: Int
    /// Multiply-adds of convolutions and linear layers (biases: see ``MultiplyAdds``).
    public var macs: Int
    /// Bytes of all results that layers write, summed; the input and views (identity, flatten) write nothing.
    public var activationBytes: Int
    /// The most bytes alive at once during inference in execution order, the input included: a result is freed after
    /// its last reader, and no layer works in place.
    public var peakBytes: Int
    /// Convolutions and linear layers on the longest path.
    public var depth: Int

    /// A cost, by default none.
    public init(parameters: Int = 0, macs: Int = 0, activationBytes: Int = 0, peakBytes: Int = 0, depth: Int = 0) {
        self.parameters = parameters
        self.macs = macs
        self.activationBytes = activationBytes
        self.peakBytes = peakBytes
        self.depth = depth
    }
}

extension Network {
    /// The cost of the whole graph, dead parts included.
    public var cost: NetworkCost {
        let reading = pathDepths
        return NetworkCost(
            parameters: nodes.reduce(0) { $0 + $1.layer.parameterCount },
            macs: nodes.reduce(0) { $0 + $1.layer.macs(output: $1.shape, counting: counting) },
            activationBytes: nodes.dropFirst().reduce(0) { $0 + ($1.isView ? 0 : $1.shape.bytes) },
            peakBytes: peak(),
            depth: reading[output])
    }

    /// The cost of the live part; nothing at all where no path leads from input to output.
    public var liveCost: NetworkCost { (try? live().cost) ?? NetworkCost() }

    /// For each node, the weighted layers on the longest path that ends with it.
    var pathDepths: [Int] {
        var depths: [Int] = []
        for node in nodes {
            let before = node.inputs.map { depths[$0] }.max() ?? 0
            depths.append(before + (node.layer.isWeighted ? 1 : 0))
        }
        return depths
    }

    /// The most bytes alive at once in execution order. With `holdingInput` the input stays to the end.
    func peak(holdingInput: Bool = false) -> Int {
        let owners = storageOwners
        var lastUse = Array(0..<nodes.count)
        for (index, node) in nodes.enumerated() {
            for input in node.inputs { lastUse[owners[input]] = index }
        }
        lastUse[owners[output]] = nodes.count
        if holdingInput { lastUse[0] = nodes.count }
        var dying = [[Int]](repeating: [], count: nodes.count + 1)
        for (index, last) in lastUse.enumerated() where owners[index] == index { dying[last].append(index) }
        var alive = 0
        var peak = 0
        for (index, node) in nodes.enumerated() {
            if owners[index] == index { alive += node.shape.bytes }
            peak = max(peak, alive)
            for dead in dying[index] { alive -= nodes[dead].shape.bytes }
        }
        return peak
    }

    /// For each node, the node whose storage holds its result: a view's is its source's.
    var storageOwners: [Int] {
        var owners: [Int] = []
        for (index, node) in nodes.enumerated() { owners.append(node.isView ? owners[node.inputs[0]] : index) }
        return owners
    }
}
