import Foundation
import Networks
import Spaces
import Statistics
import Tensors
import Testing

@testable import Training

@Suite struct StateTests {
    let network: Network
    let other: Network

    init() throws {
        try Torch.setThreads(1)
        let space = NATSTopology(channels: 4, cells: 1)
        network = try space.network(for: Architecture(space: space.name, genes: [3, 2, 0, 1, 0, 3]))
        other = try space.network(for: Architecture(space: space.name, genes: [3, 3, 3, 3, 3, 3]))
    }

    @Test func aStateComesBackFromAFile() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).safetensors").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let model = try Model(network, seed: Seed(7), options: .init(dead: .keep))
        let images = try Tensor.randn([4, 3, 32, 32], using: Generator(seed: 2))
        _ = try model.forward(images, mode: .training)
        try model.state().write(to: path)

        let read = try ModelState(contentsOf: path)
        #expect(read.entries.count == model.parameters.count + 3 * model.runningVariances.count)
        let copy = try Model(network, state: read)
        let logits = try noGrad { try model.forward(images, mode: .evaluation) }
        try expect(copy.forward(images, mode: .evaluation), isCloseTo: logits.to(.float64).array(), tolerance: 1e-6)
        guard case .whole(let batches) = read["stem.1.num_batches_tracked"]?.values else {
            Issue.record("no count of batches")
            return
        }
        #expect(batches == [1])

        let late = try Model(network, options: .init(dead: .keep))
        try late.load(read)
        try expect(late.weights[0], isCloseTo: model.weights[0].to(.float64).array())
    }

    @Test func weightsOfAnotherNetworkAreNamed() throws {
        let state = try Model(network, options: .init(dead: .keep)).state()
        let error = #expect(throws: StateError.self) { try state.check(against: other) }
        #expect(error?.missing.first == "cells.0.layers.2.op.1.weight")
        #expect(error?.superfluous.isEmpty == true)
        #expect(error?.misshapen.first == "cells.0.layers.1.op.1.weight: [4, 4, 1, 1], not [4, 4, 3, 3]")
        #expect(error.map { "\($0)".contains("missing (cells.0.layers.2.op.1.weight; ") } == true)
        let whole = try Model(other, options: .init(dead: .keep)).state()
        let reverse = #expect(throws: StateError.self) { try whole.check(against: network) }
        #expect(reverse?.superfluous.contains("cells.0.layers.2.op.1.weight") == true)
    }

    @Test func aBlueprintKeepsItsWeights() throws {
        let state = try Model(network, seed: Seed(9), options: .init(dead: .keep)).state()
        let blueprint = try Blueprint(network).with(state)
        let model = try blueprint.model(dtype: .float64)
        #expect(model.weights[0].dtype == .float64)
        #expect(try blueprint.wholeState().entries.map(\.name) == state.entries.map(\.name))
        #expect(throws: StateError.self) { try Blueprint(other).with(state) }
    }
}
