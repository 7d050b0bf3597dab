import Glibc
import Statistics

/// A perceptron of ten hidden layers of 20 rectified units and one output, trained by Adam on the mean absolute error.
struct TinyNetwork: Sendable {
    /// The layers and where their weights lie in ``parameters``.
    let shape: TinyNetworkShape
    private(set) var parameters: [Float]

    /// Weights drawn as H. He et al. have it (Delving Deep into Rectifiers. ICCV 2015): normal of variance 2/inputs.
    init(inputs: Int, layers: Int = 10, units: Int = 20, using generator: inout Random) {
        shape = TinyNetworkShape(inputs: inputs, layers: layers, units: units)
        var parameters: [Float] = []
        for layer in shape.layers {
            let deviation = (2 / Double(max(1, layer.inputs))).squareRoot()
            for _ in 0..<layer.inputs * layer.outputs {
                parameters.append(Float(generator.normal(deviation: deviation)))
            }
            parameters += [Float](repeating: 0, count: layer.outputs)
        }
        self.parameters = parameters
    }

    /// A network of given parameters, in the order of ``parameters``; as many as the shape has.
    init(_ shape: TinyNetworkShape, parameters: [Float]) { (self.shape, self.parameters) = (shape, parameters) }

    /// The same network with other parameters, in the order of ``parameters``.
    func with(_ parameters: [Float]) -> TinyNetwork { TinyNetwork(shape, parameters: parameters) }

    /// The outputs for rows, `[M, inputs]` row by row.
    func values(of rows: [Float]) -> [Float] {
        let pass = TinyNetworkPass(shape)
        let order = Array(0..<rows.count / max(1, shape.inputs))
        return parameters.withUnsafeBufferPointer { parameters in
            stride(from: 0, to: order.count, by: 32).flatMap { start in
                let chosen = order[start..<min(order.count, start + 32)]
                pass.load(rows, chosen)
                pass.forward(parameters.baseAddress!)
                return (0..<chosen.count).map { pass.output[$0] }
            }
        }
    }

    /// The slope by each parameter of the mean absolute error of at most 32 rows.
    func gradient(_ rows: [Float], targets: [Float]) -> [Float] {
        let pass = TinyNetworkPass(shape)
        parameters.withUnsafeBufferPointer {
            pass.slope($0.baseAddress!, rows, targets, Array(targets.indices)[...])
        }
        return withExtendedLifetime(pass) { Array(UnsafeBufferPointer(start: pass.gradient, count: shape.count)) }
    }

    /// Descends in batches of 32 rows in a new random order each epoch; the last batch of an epoch may be smaller.
    /// - Parameter lesson: the numbers of the rows to learn from; nil for all.
    mutating func learn(
        _ rows: [Float], targets: [Float], among lesson: [Int]? = nil, epochs: Int, rate: Float,
        using generator: inout Random
    ) {
        let pass = TinyNetworkPass(shape)
        var adam = TinyAdam(count: shape.count, rate: rate)
        var order = lesson ?? Array(targets.indices)
        parameters.withUnsafeMutableBufferPointer { parameters in
            for _ in 0..<epochs {
                generator.shuffle(&order)
                for start in stride(from: 0, to: order.count, by: 32) {
                    pass.slope(parameters.baseAddress!, rows, targets, order[start..<min(order.count, start + 32)])
                    adam.step(parameters.baseAddress!, pass.gradient)
                }
            }
        }
    }
}

/// The layers of a perceptron, one after another.
struct TinyNetworkShape: Sendable {
    /// One layer: `[outputs, inputs]` weights, then `[outputs]` biases.
    struct Layer: Sendable {
        let inputs, outputs: Int
        /// Where its weights begin among all parameters.
        let weights: Int
        /// Where its biases begin among all parameters.
        let biases: Int
        /// Where its inputs begin among the units of all layers, and where its outputs do.
        let source, target: Int
    }

    let inputs: Int
    private(set) var layers: [Layer] = []
    /// How many parameters there are.
    private(set) var count = 0
    /// How many units there are, inputs and output included.
    private(set) var units: Int

    init(inputs: Int, layers: Int, units width: Int) {
        (self.inputs, units) = (inputs, inputs)
        var source = 0
        for outputs in [Int](repeating: width, count: layers) + [1] {
            let inputs = units - source
            let biases = count + inputs * outputs
            self.layers.append(
                Layer(
                    inputs: inputs, outputs: outputs, weights: count, biases: biases, source: source, target: units))
            (source, count) = (units, biases + outputs)
            units += outputs
        }
    }
}
