import Statistics
import Testing

@testable import Estimation

/// The slopes of the networks of BANANAS.
@Suite struct TinyNetworkTests {
    @Test(arguments: [1, 7, 32])
    func `slopes are those of finite differences`(_ rows: Int) {
        var generator = Random(seed: 5)
        let fresh = TinyNetwork(inputs: 3, layers: 2, units: 4, using: &generator)
        // Biases of exactly 0 put units that see nothing on the kink itself.
        let network = fresh.with(fresh.parameters.map { $0 + Float(generator.normal(deviation: 0.3)) })
        let inputs = (0..<rows * 3).map { _ in Float(generator.normal(deviation: 1)) }
        let targets = (0..<rows).map { _ in Float(generator.normal(deviation: 1)) }
        func loss(_ parameters: [Float]) -> Double {
            let values = network.with(parameters).values(of: inputs)
            return zip(values, targets).reduce(0) { $0 + abs(Double($1.0) - Double($1.1)) } / Double(rows)
        }
        let slopes = network.gradient(inputs, targets: targets)
        let step: Float = 1e-3
        let near = network.parameters.indices.count { place in
            var (above, below) = (network.parameters, network.parameters)
            above[place] += step
            below[place] -= step
            let difference = (loss(above) - loss(below)) / Double(2 * step)
            return abs(difference - Double(slopes[place])) < 5e-3
        }
        // A difference that steps over a kink of the network or of the error is no slope: two may.
        #expect(near >= network.parameters.count - 2)
        #expect(slopes.contains { $0 != 0 })
    }
}
