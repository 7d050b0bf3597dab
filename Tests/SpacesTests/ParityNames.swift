import Foundation
import Networks
import Testing

@testable import Spaces

/// Reference states of NATS-Bench networks as PyTorch names them, where the shared data are at hand.
private let parity = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared/parity")

private struct Reference: Decodable {
    struct Network: Decodable {
        let file: String
        let arch: String
        let C: Int
        let N: Int
        let params: Int
        let macs: Int
    }
    let networks: [String: Network]
}

private struct Tensor: Decodable {
    let shape: [Int]
}

@Test(.enabled(if: FileManager.default.fileExists(atPath: parity.path), "needs ../shared/parity"))
func parametersAreNamedAndShapedAsInPyTorch() throws {
    let json = try Data(contentsOf: parity.appending(path: "expected.json"))
    for (name, reference) in try JSONDecoder().decode(Reference.self, from: json).networks {
        let space = NATSTopology(channels: reference.C, cells: reference.N)
        let network = try space.network(for: space.parse(reference.arch))
        #expect(network.cost.parameters == reference.params, "\(name)")
        // The reference leaves out the classifier's biases, which the benchmark's own figures count.
        #expect(network.cost.macs == reference.macs + space.classes, "\(name)")
        let ours = Dictionary(uniqueKeysWithValues: network.parameters.map { ($0.name, $0.extents) })
        #expect(try ours == tensors(in: parity.appending(path: reference.file)), "\(name)")
    }
}

/// The trainable tensors of a safetensors file: a length in eight bytes, then a header in JSON.
private func tensors(in file: URL) throws -> [String: [Int]] {
    let data = try Data(contentsOf: file)
    let length = data.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    let header = try JSONDecoder().decode([String: Tensor].self, from: data.dropFirst(8).prefix(length))
    return header.mapValues(\.shape).filter { $0.key.hasSuffix("weight") || $0.key.hasSuffix(".bias") }
}
