import Foundation
import Networks
import Spaces
import Statistics
import Tensors
import Testing
import Training

@testable import Estimation

/// Values of the authors' implementations: of one small network always (`Fixtures`), of others and of `zen` where the
/// folder with them stands beside the repository.
@Suite(.serialized)
struct ParityTests {
    @Test(arguments: Parity.networks)
    func valuesOfTheReference(_ name: String) throws {
        try Torch.setThreads(1)
        for dtype in [DType.float64, .float32] {
            let (probe, entry) = try Parity.probe(name, dtype)
            for (proxy, expected) in try Parity.values(entry, dtype) {
                let score = try Parity.score(proxy, probe, name, dtype)
                try Parity.compare(score, expected, "\(name) \(proxy) \(dtype)", Parity.tolerance(proxy, dtype))
            }
        }
    }

    @Test(arguments: Parity.networks)
    func valuesOfEachLayer(_ name: String) throws {
        try Torch.setThreads(1)
        let (probe, entry) = try Parity.probe(name, .float64)
        guard let layers = entry["per_layer"] as? [String: [String: Double]] else { return }
        for (proxyName, expected) in layers {
            let proxy = try #require(Proxies.named(proxyName) as? any LayerwiseProxy)
            let terms = try proxy.terms(of: probe)
            for (layer, term) in zip(try probe.layers, terms) {
                let value = try #require(expected[layer])
                #expect(
                    abs(term - value) <= 1e-4 * abs(value) + 1e-9,
                    "\(name) \(proxyName) \(layer): \(term), not \(value)")
            }
            #expect(terms.count == expected.count)
        }
    }
}

enum Parity {
    static let networks =
        shared == nil ? ["many-none"] : ["conv3x3", "skip", "many-none", "all-none", "mixed-full"]

    private static let folder =
        shared ?? URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Fixtures").standardized

    private static let shared: URL? = {
        var folder = URL(filePath: #filePath)
        while folder.path != "/" {
            folder.deleteLastPathComponent()
            let candidate = folder.appending(path: "../shared/parity/expected.json").standardized
            if FileManager.default.fileExists(atPath: candidate.path) { return candidate.deletingLastPathComponent() }
        }
        return nil
    }()

    static func path(_ file: String) -> String { folder.appending(path: file).path }

    /// The network with its weights and the batch, dead parts kept as the reference keeps them.
    static func probe(_ name: String, _ dtype: DType) throws -> (Probe, [String: Any]) {
        let data = try Data(contentsOf: URL(filePath: path("expected.json")))
        let root = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let entry = try #require((root["networks"] as? [String: Any])?[name] as? [String: Any])
        let model = try model(entry, "\(name).safetensors", dtype)
        let file = try SafetensorsFile(path("batch8.safetensors"))
        let batch = try Examples(images: file.tensor("input"), targets: file.tensor("target"))
        let needs = Proxies.all.reduce(Needs.graph) { $0.union($1.needs) }
        let weights = try Weights(of: model, dtype: dtype)
        return (Probe(model.original, weights: weights, examples: batch, needs: needs, dead: .keep), entry)
    }

    static func model(_ entry: [String: Any], _ file: String, _ dtype: DType) throws -> Model {
        let space = NATSTopology(
            channels: try #require(entry["C"] as? Int), cells: try #require(entry["N"] as? Int))
        let network = try space.network(for: try space.parse(try #require(entry["arch"] as? String)))
        return try Model(
            network, state: ModelState(contentsOf: path(file)),
            options: .init(dtype: dtype, dead: .keep, channelsLast: true))
    }

    static func values(_ entry: [String: Any], _ dtype: DType) throws -> [(String, Double?)] {
        let key = dtype == .float64 ? "expected" : "expected_float32"
        let values = try #require(entry[key] as? [String: Any])
        let counts = [("params", entry["params"]), ("flops", entry["macs"])]
        return (values.map { ($0.key, $0.value) } + counts.map { ($0.0, $0.1 as Any) }).sorted { $0.0 < $1.0 }.map {
            ($0.0, ($0.1 as? NSNumber)?.doubleValue)
        }
    }

    static func score(_ name: String, _ probe: Probe, _ network: String, _ dtype: DType) throws -> Score {
        if name == "zen" {
            let data = try Data(contentsOf: URL(filePath: path("expected.json")))
            let root = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
            let entry = try #require((root["networks"] as? [String: Any])?[network] as? [String: Any])
            let inputs = try SafetensorsFile(path("zen-inputs8.safetensors"))
            let model = try model(entry, "\(network).zen.safetensors", dtype)
            return try Score {
                try Zen.value(
                    of: model, inputs.tensor("input").to(dtype), noise: inputs.tensor("input2").to(dtype))
            }
        }
        let proxy = try #require(Proxies.named(name))
        return try Score { try proxy.value(of: probe) }
    }

    /// In `float32` an input of a ReLU next to zero may get the other sign by rounding, which moves a gradient by a
    /// thousandth and a second derivative by some hundredths; the reference moves as much with its number of threads.
    static func tolerance(_ proxy: String, _ dtype: DType) -> Double {
        if proxy == "synflow" { return 1e-5 }
        return dtype == .float64 ? 1e-4 : ["grasp": 5e-2, "plain": 1e-2][proxy] ?? 2e-3
    }

    static func compare(_ score: Score, _ expected: Double?, _ what: String, _ tolerance: Double) throws {
        guard let expected, expected != 0 else {
            #expect(score.number == nil, "\(what): \(score) where the reference has no number")
            return
        }
        let value = try #require(score.number, "\(what): \(score), not \(expected)")
        #expect(abs(value - expected) <= tolerance * abs(expected), "\(what): \(value), not \(expected)")
    }
}
