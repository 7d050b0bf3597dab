import Glibc
import Statistics

/// A perceptron of ten hidden layers of 20 rectified units and one output, trained by Adam on the mean absolute error.
///
/// Everything runs on batches of 32 rows side by side, a unit's values of a batch being one vector: `[unit][32]`.
struct TinyNetwork: Sendable {
    typealias Batch = SIMD32<Float>

    /// Units of each layer, inputs first.
    private let widths: [Int]
    /// Of each layer [outputs, inputs] weights, then [outputs] biases, one layer after another.
    private var parameters: [Float]
    /// Where the parameters of each layer begin.
    private let starts: [Int]

    /// Weights drawn as H. He et al. have it (Delving Deep into Rectifiers. ICCV 2015): normal of variance 2/inputs.
    init(inputs: Int, layers: Int = 10, units: Int = 20, using generator: inout Random) {
        let widths = [inputs] + [Int](repeating: units, count: layers) + [1]
        var (parameters, starts): ([Float], [Int]) = ([], [])
        for (input, output) in zip(widths, widths.dropFirst()) {
            starts.append(parameters.count)
            let deviation = (2 / Double(max(1, input))).squareRoot()
            for _ in 0..<input * output { parameters.append(Float(generator.normal(deviation: deviation))) }
            parameters += [Float](repeating: 0, count: output)
        }
        (self.widths, self.parameters, self.starts) = (widths, parameters, starts)
    }

    /// Where the units of each layer begin among all.
    private var offsets: [Int] {
        widths.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
    }

    /// The outputs for rows, `[M, inputs]` row by row.
    func values(of rows: [Float]) -> [Float] {
        let count = rows.count / max(1, widths[0])
        var units = [Batch](repeating: .zero, count: widths.reduce(0, +))
        return stride(from: 0, to: count, by: 32).flatMap { start in
            let lanes = min(32, count - start)
            Self.load(rows, Array(start..<start + lanes), widths[0], into: &units)
            forward(&units)
            let output = units[units.count - 1]
            return (0..<lanes).map { output[$0] }
        }
    }

    /// Puts rows side by side: lane l of unit f is feature f of the l-th of them; lanes that are left over are 0.
    private static func load(_ rows: [Float], _ chosen: [Int], _ width: Int, into units: inout [Batch]) {
        rows.withUnsafeBufferPointer { rows in
            units.withUnsafeMutableBytes { units in
                let lanes = units.bindMemory(to: Float.self)
                for f in 0..<width {
                    for (lane, row) in chosen.enumerated() { lanes[f * 32 + lane] = rows[row * width + f] }
                    for lane in chosen.count..<32 { lanes[f * 32 + lane] = 0 }
                }
            }
        }
    }

    private func forward(_ units: inout [Batch]) {
        let offsets = offsets
        units.withUnsafeMutableBufferPointer { units in
            parameters.withUnsafeBufferPointer { parameters in
                for layer in starts.indices {
                    let (inputs, outputs) = (widths[layer], widths[layer + 1])
                    let (source, target) = (
                        units.baseAddress! + offsets[layer], units.baseAddress! + offsets[layer + 1]
                    )
                    let weights = parameters.baseAddress! + starts[layer]
                    for output in 0..<outputs {
                        var sum = Batch(repeating: weights[inputs * outputs + output])
                        for input in 0..<inputs { sum += weights[output * inputs + input] * source[input] }
                        let isHidden = layer + 1 < starts.count
                        target[output] = isHidden ? pointwiseMax(sum, .zero) : sum
                    }
                }
            }
        }
    }

    /// The slope of the loss by each parameter, from the slope by each output.
    private func backward(_ units: [Batch], _ slope: Batch, _ slopes: inout [Batch], _ gradient: inout [Float]) {
        let offsets = offsets
        slopes[slopes.count - 1] = slope
        slopes.withUnsafeMutableBufferPointer { slopes in
            units.withUnsafeBufferPointer { units in
                parameters.withUnsafeBufferPointer { parameters in
                    gradient.withUnsafeMutableBufferPointer { gradient in
                        for layer in starts.indices.reversed() {
                            let (inputs, outputs) = (widths[layer], widths[layer + 1])
                            let source = units.baseAddress! + offsets[layer]
                            let above = slopes.baseAddress! + offsets[layer + 1]
                            let below = slopes.baseAddress! + offsets[layer]
                            let weights = parameters.baseAddress! + starts[layer]
                            let own = gradient.baseAddress! + starts[layer]
                            for output in 0..<outputs {
                                own[inputs * outputs + output] = above[output].sum()
                                for input in 0..<inputs {
                                    own[output * inputs + input] = Self.sum(above[output] * source[input])
                                }
                            }
                            guard layer > 0 else { continue }
                            for input in 0..<inputs {
                                var sum = Batch.zero
                                for output in 0..<outputs { sum += weights[output * inputs + input] * above[output] }
                                below[input] = sum.replacing(with: 0, where: source[input] .<= 0)
                            }
                        }
                    }
                }
            }
        }
    }

    @inline(__always)
    private static func sum(_ batch: Batch) -> Float {
        let sixteen = batch.lowHalf + batch.highHalf
        let eight = sixteen.lowHalf + sixteen.highHalf
        return (eight.lowHalf + eight.highHalf).sum()
    }

    /// Adam (D. P. Kingma and J. Ba. ICLR 2015) with β = (0.9, 0.99), as in BANANAS's code.
    mutating func learn(
        _ rows: [Float], targets: [Float], epochs: Int, rate: Float, using generator: inout Random
    ) {
        var (units, slopes) = ([Batch](repeating: .zero, count: widths.reduce(0, +)), [Batch]())
        slopes = units
        var gradient = [Float](repeating: 0, count: parameters.count)
        var adam = Adam(count: parameters.count, rate: rate)
        var order = Array(targets.indices)
        for _ in 0..<epochs {
            generator.shuffle(&order)
            for start in stride(from: 0, to: order.count, by: 32) {
                let chosen = Array(order[start..<min(order.count, start + 32)])
                Self.load(rows, chosen, widths[0], into: &units)
                forward(&units)
                var slope = Batch.zero
                for (lane, row) in chosen.enumerated() {
                    let off = units[units.count - 1][lane] - targets[row]
                    slope[lane] = (off > 0 ? 1 : off < 0 ? -1 : 0) / Float(chosen.count)
                }
                backward(units, slope, &slopes, &gradient)
                adam.step(&parameters, gradient)
            }
        }
    }

    private struct Adam {
        private var first: [Float]
        private var second: [Float]
        private var powers: (Float, Float) = (1, 1)
        private let rate: Float

        init(count: Int, rate: Float) {
            (first, self.rate) = ([Float](repeating: 0, count: count), rate)
            second = first
        }

        mutating func step(_ parameters: inout [Float], _ gradient: [Float]) {
            powers = (powers.0 * 0.9, powers.1 * 0.99)
            let size = rate / (1 - powers.0)
            let correction = 1 / (1 - powers.1)
            parameters.withUnsafeMutableBufferPointer { parameters in
                first.withUnsafeMutableBufferPointer { first in
                    second.withUnsafeMutableBufferPointer { second in
                        gradient.withUnsafeBufferPointer { gradient in
                            for k in 0..<gradient.count {
                                first[k] = 0.9 * first[k] + 0.1 * gradient[k]
                                second[k] = 0.99 * second[k] + 0.01 * gradient[k] * gradient[k]
                                parameters[k] -= size * first[k] / ((second[k] * correction).squareRoot() + 1e-8)
                            }
                        }
                    }
                }
            }
        }
    }
}
