public import Networks
import Tensors

// Networks with their weights in files of other programs' formats, and back.

/// The keys of what nash writes into the metadata of such files.
public enum ExchangeKey {
    /// The version of nash.
    public static let version = "nash.version"
    /// The network as text (`NetworkText.swift`), in a safetensors file.
    public static let network = "nash.network"
    /// What is done with nodes on no path.
    public static let dead = "nash.dead"
    /// How many batches each batch normalisation has seen, in the order of the layers; ONNX has no place for it.
    public static let batches = "nash.batches"
}

extension Blueprint {
    /// The network with its weights and statistics as an ONNX model for evaluation, of what is computed: without its
    /// dead parts where these are dropped.
    ///
    /// Weights are 32-bit floats. `ONNXNetwork` reads it back.
    ///
    /// - Throws: `NetworkError` for a layer that ONNX cannot express, or where no path is left.
    public func onnx(version: String, metadata: [ONNXModel.Pair] = []) throws -> ONNXModel {
        let computed = dead == .drop ? try network.live() : network
        var model = try ONNXModel(computed)
        let state = try wholeState()
        model.producer = "nash"
        model.producerVersion = version
        model.tensors = model.tensors.map { tensor in
            guard tensor.values == .open, let entry = state[tensor.name] else { return tensor }
            return tensor.filled(entry.values.floats)
        }
        model.metadata += [
            .init(ExchangeKey.dead, dead.rawValue),
            .init(ExchangeKey.batches, state.batches(of: computed).map(String.init).joined(separator: " ")),
        ]
        model.metadata += metadata
        return model
    }

    /// The network of an ONNX model with its weights and statistics.
    ///
    /// - Throws: `ONNXError`, which names the node that is no layer's.
    public init(_ model: ONNXModel) throws {
        let read = try ONNXNetwork(model)
        var entries = read.weights.compactMap { name, tensor -> ModelState.Entry? in
            guard case .floats(let values) = tensor.values else { return nil }
            return ModelState.Entry(name, shape: tensor.extents, .float32(values))
        }
        let names = read.network.nodes.filter { $0.layer.isBatchNorm }.map(\.name)
        let counts = (model[ExchangeKey.batches] ?? "").split(separator: " ").compactMap { Int($0) }
        if counts.count == names.count {
            entries += zip(names, counts).map { .init("\($0).num_batches_tracked", shape: [], .whole([$1])) }
        }
        let dead = model[ExchangeKey.dead].flatMap { Model.Dead(rawValue: $0) } ?? .drop
        self = try Blueprint(read.network, dead: dead).with(ModelState(entries))
    }

    /// Writes weights and statistics of the whole network, dead parts included, as a safetensors file, with the network
    /// itself in the file's metadata.
    ///
    /// - Throws: `SafetensorsError` where the system refuses.
    public func write(safetensors path: String, version: String, metadata: [String: String] = [:]) throws {
        let own = [ExchangeKey.version: version, ExchangeKey.network: network.text, ExchangeKey.dead: dead.rawValue]
        try wholeState().write(to: path, metadata: own.merging(metadata) { own, _ in own })
    }

    /// The network of a safetensors file with its weights, and the file's metadata; nil where it carries no network.
    ///
    /// - Throws: `SafetensorsError` where the file cannot be read or is none; `NetworkError` where the network in it is
    ///   damaged, ``StateError`` where the weights are not its own.
    public static func read(safetensors path: String) throws -> (blueprint: Blueprint, metadata: [String: String])? {
        let metadata = try SafetensorsFile(path).metadata
        guard let text = metadata[ExchangeKey.network] else { return nil }
        let dead = metadata[ExchangeKey.dead].flatMap { Model.Dead(rawValue: $0) } ?? .drop
        let blueprint = Blueprint(try Network(text: text), dead: dead)
        return (try blueprint.with(ModelState(contentsOf: path)), metadata)
    }
}

extension ModelState {
    /// How many batches each batch normalisation of `network` has seen.
    fileprivate func batches(of network: Network) -> [Int] {
        network.nodes.filter { $0.layer.isBatchNorm }.map { node in
            guard case .whole(let counts) = self["\(node.name).num_batches_tracked"]?.values else { return 0 }
            return counts.first ?? 0
        }
    }
}

extension ModelState.Values {
    /// The elements as 32-bit floats.
    fileprivate var floats: [Float] {
        switch self {
        case .float32(let values): values
        case .float64(let values): values.map { Float($0) }
        case .whole(let values): values.map { Float($0) }
        }
    }
}

extension Layer {
    fileprivate var isBatchNorm: Bool { if case .batchNorm = self { true } else { false } }
}
