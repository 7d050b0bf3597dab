import Foundation
import Networks
import Spaces
import Tensors
import Testing

@testable import Training

/// States and batches of PyTorch with what the reference code computes from them, where the shared data are at hand.
private let parity = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared/parity")

private struct References: Decodable, Sendable {
    struct Reference: Decodable, Sendable {
        struct Forward: Decodable, Sendable {
            let logits_row0: [Double]
            let loss_ce: Double
            let logit_sum: Double
            let input_grad_row_l2: [Double]
        }
        let file: String
        let arch: String
        let C: Int
        let N: Int
        let forward: Forward
    }
    let networks: [String: Reference]
}

private struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let dtype: DType
    let dead: Model.Dead
    var testDescription: String { "\(name), \(dtype), dead: \(dead.rawValue)" }

    static let all = ["conv3x3", "skip", "many-none", "all-none", "mixed-full"].flatMap { name in
        [DType.float64, .float32].flatMap { dtype in
            Model.Dead.allCases.map { Case(name: name, dtype: dtype, dead: $0) }
        }
    }.filter { $0.name != "all-none" || $0.dead == .keep }
}

@Suite(.enabled(if: FileManager.default.fileExists(atPath: parity.path), "needs ../shared/parity"))
struct ParityTests {
    @Test(arguments: Case.all)
    fileprivate func forwardAndInputGradient(_ one: Case) throws {
        try Torch.setThreads(1)
        let json = try Data(contentsOf: parity.appending(path: "expected.json"))
        let reference = try #require(try JSONDecoder().decode(References.self, from: json).networks[one.name])
        let space = NATSTopology(channels: reference.C, cells: reference.N)
        let network = try space.network(for: space.parse(reference.arch))
        let state = try ModelState(contentsOf: parity.appending(path: reference.file).path)
        let model = try Model(network, state: state, options: .init(dtype: one.dtype, dead: one.dead))
        let batch = try SafetensorsFile(parity.appending(path: "batch8.safetensors").path)
        let input = try batch.tensor("input").to(one.dtype).clone().requireGrad()

        let logits = try model.forward(input, mode: .training)
        let gradient = try grad([logits.sum()], [input])[0]

        let tolerance = one.dtype == .float64 ? 1e-9 : 1e-4
        let expected = reference.forward
        try expect(logits.picked(0), isCloseTo: expected.logits_row0, tolerance: tolerance)
        try expect(logits.crossEntropy(batch.tensor("target")), isCloseTo: [expected.loss_ce], tolerance: tolerance)
        try expect(logits.sum(), isCloseTo: [expected.logit_sum], tolerance: tolerance)
        try expect(gradient.norm(1, 2, 3), isCloseTo: expected.input_grad_row_l2, tolerance: tolerance)
    }
}
