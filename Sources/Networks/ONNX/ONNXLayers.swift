// What each operator is as a layer, or as a part of one. Every function reads one node.

extension ONNXGraphReader {
    mutating func add(_ layer: Layer, _ view: ONNXNodeView, named name: String? = nil) throws {
        try add(layer, from: [try self.layer(view, 0)], view, named: name)
    }

    mutating func add(_ layer: Layer, reading inputs: [String], _ view: ONNXNodeView) throws {
        try add(layer, from: inputs.indices.map { try self.layer(view, $0) }, view)
    }

    mutating func add(_ layer: Layer, from inputs: [Int], _ view: ONNXNodeView, named name: String? = nil)
        throws
    {
        let index = try builder.add(layer, inputs, name ?? view.node.name)
        guard builder.shape(of: index).isBounded else {
            throw view.fault("a result of more than 2³¹ elements a sample")
        }
        layers[view.result] = index
    }

    mutating func convolution(_ view: ONNXNodeView) throws {
        let kernel = try constant(view, 1)
        let (groups, window) = (try view.int("group", otherwise: 1), try view.window(kernel: kernel.extents.last))
        guard kernel.extents.count == 4, kernel.extents[2...].allSatisfy({ $0 == window.kernel }),
            (1...ONNXNodeView.most).contains(groups), kernel.extents.allSatisfy((1...ONNXNodeView.most).contains)
        else { throw view.fault("weights [Cout, Cin/groups, K, K] were expected, not \(kernel.extents)") }
        let hasBias = view.has(2)
        let name = try bind(view, [("weight", 1, kernel.extents)] + (hasBias ? [("bias", 2, [kernel.extents[0]])] : []))
        let convolution = Layer.Convolution(
            inputs: kernel.extents[1] * groups, outputs: kernel.extents[0], window: window, groups: groups,
            bias: hasBias)
        try add(.convolution(convolution), view, named: name)
    }

    mutating func linear(_ view: ONNXNodeView) throws {
        try view.expect("transB", 1, otherwise: 0)
        try view.expect("transA", 0, otherwise: 0)
        try view.expect("alpha", Float(1), otherwise: 1)
        try view.expect("beta", Float(1), otherwise: 1)
        let extents = try constant(view, 1).extents
        guard extents.count == 2, extents.allSatisfy((1...ONNXNodeView.most).contains) else {
            throw view.fault("weights [out, in] were expected, not \(extents)")
        }
        let hasBias = view.has(2)
        let name = try bind(view, [("weight", 1, extents)] + (hasBias ? [("bias", 2, [extents[0]])] : []))
        try add(.linear(inputs: extents[1], outputs: extents[0], bias: hasBias), view, named: name)
    }

    mutating func batchNorm(_ view: ONNXNodeView) throws {
        try view.expect("epsilon", ONNXGraphWriter.epsilon, otherwise: ONNXGraphWriter.epsilon)
        try view.expect("training_mode", 0, otherwise: 0)
        let channels = builder.shape(of: try layer(view, 0)).channels
        // Written for one without parameters of its own: a scale of 1 and a shift of 0 that have no layer's name.
        let affine = try !(view.input(1).hasPrefix("/ones/") && view.input(2).hasPrefix("/zeros/"))
        let own = affine ? [("weight", 1, [channels]), ("bias", 2, [channels])] : []
        let name = try bind(view, own + [("running_mean", 3, [channels]), ("running_var", 4, [channels])])
        try add(.batchNorm(channels: channels, affine: affine), view, named: name)
    }

    /// Takes constants over as the layer's, and gives the layer's name: that of its first constant without the ending,
    /// else the node's, else its result's; but none under which other constants stand already.
    private mutating func bind(_ view: ONNXNodeView, _ own: [(suffix: String, place: Int, extents: [Int])]) throws
        -> String
    {
        let tensors = try own.map { (suffix: $0.suffix, tensor: try constant(view, $0.place), extents: $0.extents) }
        for (suffix, tensor, extents) in tensors {
            guard tensor.extents == extents, case .floats = tensor.values else {
                throw view.fault("'\(tensor.name)' (\(suffix)) must be 32-bit floats \(extents), not \(tensor.extents)")
            }
        }
        let first = tensors[0]
        let stem =
            first.tensor.name.hasSuffix(".\(first.suffix)")
            ? String(first.tensor.name.dropLast(first.suffix.count + 1)) : ""
        let names = [stem, view.node.name, view.result].filter { !$0.isEmpty }
        let free = names.first { name in
            tensors.allSatisfy { suffix, tensor, _ in
                let other = bound["\(name).\(suffix)"]
                return other == nil || other == tensor.name
            }
        }
        guard let name = free else { throw view.fault("its weights have the names of another layer's") }
        for (suffix, tensor, _) in tensors where bound.updateValue(tensor.name, forKey: "\(name).\(suffix)") == nil {
            weights.append(("\(name).\(suffix)", tensor))
        }
        return name
    }

    /// A layer; or another name of a constant, as PyTorch's exporter writes equal constants.
    mutating func identity(_ view: ONNXNodeView) throws {
        guard let constant = constants[try view.input(0)] else { return try add(.identity, view) }
        constants[view.result] = .init(name: view.result, extents: constant.extents, values: constant.values)
    }

    mutating func hardSigmoid(_ view: ONNXNodeView) throws {
        try view.expect("alpha", ONNXGraphWriter.hardSigmoidSlope, otherwise: 0.2)
        try view.expect("beta", Float(0.5), otherwise: 0.5)
        try add(.activation(.hardSigmoid), view)
    }

    mutating func clip(_ view: ONNXNodeView) throws {
        guard scalar(view, 1) == 0, scalar(view, 2) == 6 else {
            throw view.fault("bounds of 0 and 6 were expected: nash has no other clip than a ReLU6")
        }
        try add(.activation(.relu6), view)
    }

    mutating func sigmoid(_ view: ONNXNodeView) throws {
        if view.result.hasSuffix("/\(ONNXGraphWriter.siluPart)"), view.node.name == view.result {
            parts[view.result] = .sigmoid(of: try layer(view, 0))
        } else {
            try add(.activation(.sigmoid), view)
        }
    }

    mutating func product(_ view: ONNXNodeView) throws {
        guard view.node.inputs.count == 2 else { throw view.fault("two factors were expected") }
        if case .sigmoid(let source) = part(view, 1) {
            guard try layer(view, 0) == source else { throw view.fault("a SiLU of two layers") }
            try add(.activation(.silu), view)
        } else if scalar(view, 1) == 0 {
            try add(.zero, view)
        } else {
            try add(.multiply, reading: view.node.inputs, view)
        }
    }

    mutating func concatenate(_ view: ONNXNodeView) throws {
        if case .batch = part(view, 0), view.node.inputs.count == 2 {
            try view.expect("axis", 0)
            parts[view.result] = .extents(try integers(view, 1))
        } else {
            try view.expect("axis", 1)
            try add(.concatenate, reading: view.node.inputs, view)
        }
    }

    mutating func blank(_ view: ONNXNodeView) throws {
        guard case .extents(let extents) = part(view, 0), let shape = Shape(bounded: extents) else {
            throw view.fault("a shape [N, C, H, W] with the input's N was expected")
        }
        guard view.node.attributes.isEmpty else { throw view.fault("zeros were expected") }
        try add(.blank(shape), from: [], view)
    }

    mutating func reshape(_ view: ONNXNodeView) throws {
        let extents = try integers(view, 1)
        try view.expect("allowzero", 0, otherwise: 0)
        if case .swapped(let groups, let source) = part(view, 0) {
            let shape = builder.shape(of: source)
            guard extents == [0, shape.channels, shape.height, shape.width] else {
                throw view.fault("the shape before the channels were shuffled was expected, not \(extents)")
            }
            return try add(.channelShuffle(groups: groups), from: [source], view)
        }
        let source = try layer(view, 0)
        let shape = builder.shape(of: source)
        guard extents.count == 5, extents[0] == 0, (1...shape.channels).contains(extents[1]),
            shape.channels % extents[1] == 0,
            Array(extents[2...]) == [shape.channels / extents[1], shape.height, shape.width]
        else {
            throw view.fault("[0, g, C/g, H, W] of a channel shuffle was expected, not \(extents) of \(shape)")
        }
        parts[view.result] = .split(groups: extents[1], of: source)
    }

    mutating func transpose(_ view: ONNXNodeView) throws {
        guard case .split(let groups, let source) = part(view, 0), view.ints("perm") == [0, 2, 1, 3, 4] else {
            throw view.fault("a transposition is read as part of a channel shuffle only")
        }
        parts[view.result] = .swapped(groups: groups, of: source)
    }

    mutating func shift(_ view: ONNXNodeView) throws {
        let bounds = try (1...3).map { try integers(view, $0) }
        guard !view.has(4), bounds == [[1, 1], [.max, .max], [2, 3]] else {
            throw view.fault("a slice is read only where it leaves out the first row and column")
        }
        try add(.shift, view)
    }
}
