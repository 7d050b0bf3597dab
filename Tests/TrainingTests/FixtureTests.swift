import Foundation
import Networks
import Spaces
import Tensors
import Testing

@testable import Training

private let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

private struct Expected: Decodable {
    let architecture: String
    let logits: [Double]
    let evaluated: [Double]
    let input_gradient_norms: [Double]
    let gradient_norms: [String: Double]
}

/// A tiny network of PyTorch's: `Fixtures/make-tiny-cell.py` writes its weights and what it computes.
@Suite struct FixtureTests {
    @Test(arguments: [DType.float64, .float32])
    func tinyNetworkComputesAsInPyTorch(_ dtype: DType) throws {
        try Torch.setThreads(1)
        let file = try SafetensorsFile(folder.appending(path: "tiny-cell.safetensors").path)
        let names = file.entries.map(\.name).filter { $0.hasPrefix("state.") }
        let state = try ModelState(names.map { (String($0.dropFirst(6)), try file.tensor($0)) })
        let json = try Data(contentsOf: folder.appending(path: "tiny-cell.json"))
        let expected = try JSONDecoder().decode(Expected.self, from: json)
        let space = NATSTopology(channels: 2, cells: 1)
        let network = try space.network(for: space.parse(expected.architecture), input: Shape(3, 8, 8), classes: 3)

        let model = try Model(network, state: state, options: .init(dtype: dtype, dead: .keep))
        let images = try file.tensor("images").to(dtype).clone().requireGrad()
        let tolerance = dtype == .float64 ? 1e-10 : 1e-4
        let logits = try model.forward(images, mode: .training)
        try expect(logits, isCloseTo: expected.logits, tolerance: tolerance)
        try logits.sum().backward()
        let gradient = try #require(images.grad)
        try expect(gradient.norm(1, 2, 3), isCloseTo: expected.input_gradient_norms, tolerance: tolerance)
        #expect(Set(model.parameterNames) == Set(expected.gradient_norms.keys))
        for (name, parameter) in zip(model.parameterNames, model.parameters) {
            let norm = try #require(expected.gradient_norms[name])
            try expect(#require(parameter.grad).norm(), isCloseTo: [norm], tolerance: tolerance)
        }
        try expect(model.forward(images, mode: .evaluation), isCloseTo: expected.evaluated, tolerance: tolerance)
    }
}
