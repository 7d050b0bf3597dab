extension Layer {
    /// The shape that comes out when `inputs` go in.
    ///
    /// Throws ``NetworkError`` when their number or shapes do not fit the layer.
    func output(of inputs: [Shape]) throws(NetworkError) -> Shape {
        switch self {
        case .input: throw NetworkError("a network has one input", try: "start a builder with its shape")
        case .blank(let shape): return shape
        case .add, .concatenate, .multiply: return try merge(inputs)
        default:
            guard let input = inputs.first, inputs.count == 1 else {
                throw NetworkError(
                    "expects one input, not \(inputs.count)", try: "merge them by a sum or a concatenation")
            }
            return try output(of: input)
        }
    }

    /// Throws when what comes in is empty, or when the layer's work is so large that counting it could overflow.
    func checkSize(with inputs: [Shape]) throws(NetworkError) {
        for input in inputs {
            guard min(input.channels, input.height, input.width) > 0 else {
                throw NetworkError("the input \(input) is empty", try: "use at least 1 in each direction")
            }
            guard input.volume * workPerElement < 1e15 else {
                throw NetworkError(
                    "more than 10¹⁵ multiply-adds or elements", try: "use a smaller input or fewer channels")
            }
        }
    }

    /// An upper bound of the multiply-adds for each element that comes in.
    private var workPerElement: Double {
        switch self {
        case .convolution(let c):
            Double(c.outputs) / Double(max(1, c.groups)) * Double(c.window.kernel) * Double(c.window.kernel)
        case .linear(_, let outputs, _): Double(outputs)
        default: 1
        }
    }

    private func output(of input: Shape) throws(NetworkError) -> Shape {
        switch self {
        case .convolution(let convolution): return try convolution.output(of: input)
        case .averagePool(let window), .maxPool(let window):
            return try window.output(of: input, channels: input.channels)
        case .linear(let inputs, let outputs, _):
            try expect(input == Shape(inputs), "\(inputs) features", input)
            return Shape(outputs)
        case .batchNorm(let channels, _):
            try expect(input.channels == channels, "\(channels) channels", input)
            return input
        case .channelShuffle(let groups):
            try expect(input.channels % groups == 0, "a multiple of \(groups) channels", input)
            return input
        case .globalAveragePool: return Shape(input.channels)
        case .flatten: return Shape(input.count)
        case .shift:
            try expect(min(input.height, input.width) > 1, "at least 2×2 elements a map", input)
            return Shape(input.channels, input.height - 1, input.width - 1)
        default: return input
        }
    }

    private func merge(_ inputs: [Shape]) throws(NetworkError) -> Shape {
        guard let first = inputs.first else {
            throw NetworkError("expects at least one input", try: "connect it to an earlier layer")
        }
        switch self {
        case .concatenate:
            for other in inputs {
                try expect(other.isMap(like: first), "maps of \(first.height)×\(first.width)", other)
            }
            return Shape(inputs.reduce(0) { $0 + $1.channels }, first.height, first.width)
        case .multiply:
            for other in inputs where other != Shape(first.channels) { try expect(other == first, "\(first)", other) }
        default:
            for other in inputs { try expect(other == first, "\(first)", other) }
        }
        return first
    }
}

extension Layer.Convolution {
    fileprivate func output(of input: Shape) throws(NetworkError) -> Shape {
        try expect(input.channels == inputs, "\(inputs) channels", input)
        guard groups > 0, inputs % groups == 0, outputs % groups == 0, outputs > 0 else {
            throw NetworkError(
                "\(groups) groups do not divide \(inputs) and \(outputs) channels", try: "choose a common divisor")
        }
        return try window.output(of: input, channels: outputs)
    }
}

extension Layer.Window {
    fileprivate func output(of input: Shape, channels: Int) throws(NetworkError) -> Shape {
        guard kernel > 0, stride > 0, dilation > 0, padding >= 0 else {
            throw NetworkError(
                "kernel, stride and dilation must be at least 1", try: "check kernel \(kernel), stride \(stride)")
        }
        let output = Shape(channels, steps(along: input.height), steps(along: input.width))
        guard output.height > 0, output.width > 0 else {
            throw NetworkError(
                "a \(kernel)×\(kernel) window does not fit into \(input.height)×\(input.width)",
                try: "use fewer strides or a larger input")
        }
        return output
    }
}

extension Shape {
    fileprivate var volume: Double { Double(channels) * Double(height) * Double(width) }

    fileprivate func isMap(like other: Shape) -> Bool { height == other.height && width == other.width }
}

private func expect(_ holds: Bool, _ expected: String, _ found: Shape) throws(NetworkError) {
    guard holds else {
        throw NetworkError("expects \(expected), but \(found) comes in", try: "match the layer before it")
    }
}
