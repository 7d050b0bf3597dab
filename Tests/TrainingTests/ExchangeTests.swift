import Foundation
import Networks
import Spaces
import Statistics
import Tensors
import Testing

@testable import Training

/// Networks with their weights in ONNX and safetensors files, and back.
@Suite struct ExchangeTests {
    init() throws { try Torch.setThreads(1) }

    @Test(arguments: ExchangeCase.all)
    fileprivate func `an ONNX file gives the same network`(_ one: ExchangeCase) throws {
        let blueprint = one.blueprint
        let model = try ONNXModel(blueprint.onnx(version: "1", metadata: [.init("text", "é|+")]).encoded())
        let read = try Blueprint(model)
        #expect(model["text"] == "é|+" && model.producer == "nash" && model.opset == 17)
        #expect(try read.network == (one.dead == .drop ? blueprint.network.live() : blueprint.network))
        #expect(read.dead == one.dead)
        let images = try one.images(3)
        let (before, after) = (try blueprint.model(), try read.model())
        #expect(try before.state().elements == after.state().elements)
        let logits = try noGrad { try before.forward(images, mode: .evaluation) }
        #expect(try noGrad { try after.forward(images, mode: .evaluation) }.isEqual(to: logits))
    }

    @Test(arguments: ExchangeCase.all)
    fileprivate func `a safetensors file gives the same network`(_ one: ExchangeCase) throws {
        let folder = try Folder()
        let blueprint = one.blueprint
        try blueprint.write(safetensors: folder.path("a.safetensors"), version: "1", metadata: ["text": "é|+"])
        let (read, metadata) = try #require(try Blueprint.read(safetensors: folder.path("a.safetensors")))
        #expect(metadata["text"] == "é|+" && metadata["format"] == "pt" && metadata[ExchangeKey.version] == "1")
        #expect(read.network == blueprint.network && read.dead == one.dead)
        #expect(try read.wholeState().elements == blueprint.wholeState().elements)
    }

    @Test func `a safetensors file of others carries no network`() throws {
        let folder = try Folder()
        try ExchangeCase.all[0].blueprint.wholeState().write(to: folder.path("a.safetensors"))
        #expect(try Blueprint.read(safetensors: folder.path("a.safetensors")) == nil)
    }

    @Test func `weights of another network are refused`() throws {
        let folder = try Folder()
        let (one, other) = (ExchangeCase.all[0].blueprint, ExchangeCase.all[2].blueprint)
        try one.wholeState().write(
            to: folder.path("a.safetensors"), metadata: [ExchangeKey.network: other.network.text])
        #expect(throws: StateError.self) { _ = try Blueprint.read(safetensors: folder.path("a.safetensors")) }
        try one.wholeState().write(to: folder.path("a.safetensors"), metadata: [ExchangeKey.network: "network"])
        #expect(throws: NetworkError.self) { _ = try Blueprint.read(safetensors: folder.path("a.safetensors")) }
    }

    @Test func `a network without a path is not written`() throws {
        let space = NATSTopology(channels: 4, cells: 1)
        let network = try space.network(for: Architecture(space: space.name, genes: [0, 0, 0, 0, 0, 0]))
        #expect(throws: NetworkError.self) { _ = try Blueprint(network).onnx(version: "1") }
        #expect(try Blueprint(network, dead: .keep).onnx(version: "1").nodes.isEmpty == false)
    }

    /// onnxruntime against libtorch on the files that nash writes, with batches of 1 and 7.
    @Test(.enabled("needs the Python packages onnx and onnxruntime, or NASH_ONNX_PYTHON") { Python.path != nil })
    func `onnxruntime computes what libtorch does`() throws {
        let folder = try Folder()
        var ours: [[Float]] = []
        for (place, one) in ExchangeCase.all.enumerated() {
            try FileManager.default.createDirectory(atPath: folder.path("\(place)"), withIntermediateDirectories: true)
            let blueprint = one.blueprint
            let model = try blueprint.model()
            let file = try blueprint.onnx(version: "1").encoded()
            try Data(file).write(to: URL(filePath: folder.path("\(place)/model.onnx")))
            for batch in Self.batches {
                let images = try one.images(batch)
                let values: [Float] = try images.array()
                try values.withUnsafeBytes { Data($0) }.write(to: URL(filePath: folder.path("\(place)/\(batch).input")))
                ours.append(try noGrad { try model.forward(images, mode: .evaluation) }.array())
            }
        }
        let (status, text) = try Python.run(ExchangeCase.all.indices.map { folder.path("\($0)") })
        try #require(status == 0, "\(text)")
        for (place, one) in ExchangeCase.all.enumerated() {
            for (index, batch) in Self.batches.enumerated() {
                let data = try Data(contentsOf: URL(filePath: folder.path("\(place)/\(batch).output")))
                let theirs = data.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
                try compare(theirs, ours[place * Self.batches.count + index], one, batch)
            }
        }
    }

    private static let batches = [1, 7]

    /// Expects logits that differ by at most 10⁻⁴ of how far they are apart from class to class and image to image.
    private func compare(_ theirs: [Float], _ ours: [Float], _ one: ExchangeCase, _ batch: Int) throws {
        try #require(theirs.count == ours.count)
        let spread = try #require(ours.max()) - #require(ours.min())
        let worst = zip(theirs, ours).map { ($0 - $1).magnitude }.max() ?? 0
        if ProcessInfo.processInfo.environment["NASH_ONNX_REPORT"] != nil {
            print("\(one.testDescription.prefix(40)), batch \(batch): spread \(spread), difference \(worst / spread)")
        }
        #expect(spread > 0.01 && worst <= 1e-4 * spread, "\(one.testDescription): \(worst) of \(spread)")
        guard batch > 1 else { return }
        let classes = ours.count / batch
        let apart = zip(ours[..<classes], ours[classes...]).map { ($0 - $1).magnitude }.max() ?? 0
        #expect(apart > 0.001 * spread, "\(one.testDescription): two images give the same logits")
    }
}

/// A network of a space with weights and statistics that are not the initial ones.
private struct ExchangeCase: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let blueprint: Blueprint
    var dead: Model.Dead { blueprint.dead }

    private init(_ name: String, _ network: Network, dead: Model.Dead = .drop) throws {
        testDescription = name
        blueprint = try Self.trained(network, dead)
    }

    static let all: [ExchangeCase] = {
        do { return try make() } catch { preconditionFailure("\(error)") }
    }()

    private static func make() throws -> [ExchangeCase] {
        try Torch.setThreads(1)
        let mixed = Architecture(space: "nb201", genes: [4, 0, 2, 1, 3, 2])
        let nb201 = try NATSTopology(channels: 8, cells: 1).network(for: mixed)
        let stages = [
            ChainStage([.mbconvSE], kernels: [3, 5], expansions: [2, 3], channels: [8, 12], depths: [1, 2]),
            ChainStage([.residual, .conv, .dsconv], channels: [16], depths: [1, 2], stride: 2),
        ]
        let chain = try ChainSpace(name: "mine", input: Shape(3, 20, 20), classes: 7, stem: 8, stages: stages, head: 24)
        let darts = DARTS(channels: 4, cells: 3)
        return [
            try .init("nb201", nb201),
            try .init("nb201 with its dead parts", nb201, dead: .keep),
            try sampled(darts, 1), try sampled(darts, 2), try sampled(FBNet(), 3, input: Shape(3, 64, 64)),
            try sampled(FBNet(), 4, input: Shape(3, 48, 48)), try sampled(NATSSize(), 5),
            try sampled(NASBenchMacro(), 6), try sampled(chain, 7), try sampled(chain, 8),
            try .init("every layer", everyLayer(), dead: .keep),
        ]
    }

    private static func sampled(_ space: some Space, _ seed: UInt64, input: Shape? = nil) throws -> ExchangeCase {
        var random = Random(Seed(seed))
        let architecture = try space.sample(using: &random)
        return try .init(
            "\(space.name) \(space.describe(architecture))",
            space.network(for: architecture, input: input, classes: 10))
    }

    /// The layers that the spaces' networks lack, too.
    private static func everyLayer() throws -> Network {
        var net = NetworkBuilder(input: Shape(3, 9, 9))
        var x = try net.convolution(net.input, "stem.0", to: 8, .init(3), bias: true)
        x = try net.batchNorm(x, "stem.1")
        for activation in Layer.Activation.allCases {
            x = try net.convolution(x, "\(activation)", to: 8, .init(3, dilation: 2))
            x = try net.add(.batchNorm(channels: 8, affine: false), x, "\(activation).norm")
            x = try net.activation(x, activation)
        }
        let pooled = try net.add(.averagePool(.init(3)), x)
        let most = try net.add(.maxPool(.init(3)), x)
        x = try net.add(.add, [pooled, most, try net.add(.zero, x)])
        x = try net.add(.multiply, [x, try net.add(.globalAveragePool, x)])
        x = try net.add(.channelShuffle(groups: 4), x)
        let shifted = try net.convolution(try net.add(.shift, x), "half", to: 4, .init(1, stride: 2, padding: 0))
        let blank = try net.add(.blank(net.shape(of: shifted)), [])
        x = try net.add(.identity, try net.add(.concatenate, [shifted, blank, shifted]))
        let flat = try net.add(.flatten, x)
        return net.finish(
            try net.add(.linear(inputs: net.shape(of: flat).channels, outputs: 5, bias: true), flat, "head"))
    }

    /// The network after it has seen some batches, its scales and shifts drawn anew.
    private static func trained(_ network: Network, _ dead: Model.Dead) throws -> Blueprint {
        let model = try Model(network, seed: Seed(3), options: .init(dead: .keep))
        let generator = try Generator(seed: 4)
        try noGrad {
            for parameter in model.parameters where parameter.rank == 1 {
                try parameter.assign(parameter + Tensor.randn(parameter.shape, using: generator) * 0.2)
            }
            for batch in [5, 6] { _ = try model.forward(images(batch, network.input), mode: .training) }
            // The running statistics without what they began with, which would shrink what flows from layer to layer.
            for seen in model.statistics {
                try seen.mean.assign(seen.mean / 0.19)
                try seen.variance.assign((seen.variance - 0.81) / 0.19 + 0.001)
            }
        }
        return try Blueprint(network, dead: dead).with(model.state())
    }

    func images(_ count: Int) throws -> Tensor { try Self.images(count, blueprint.network.input) }

    private static func images(_ count: Int, _ shape: Shape) throws -> Tensor {
        try Tensor.randn([count, shape.channels, shape.height, shape.width], using: Generator(seed: UInt64(count)))
    }
}

extension ModelState {
    /// Everything in it, comparable bit by bit.
    fileprivate var elements: [String: Data] {
        Dictionary(
            entries.map { entry in
                let shape = entry.shape.withUnsafeBytes { Data($0) }
                return switch entry.values {
                case .float32(let values): (entry.name, shape + values.withUnsafeBytes { Data($0) })
                case .float64(let values): (entry.name, shape + values.withUnsafeBytes { Data($0) })
                case .whole(let values): (entry.name, shape + values.withUnsafeBytes { Data($0) })
                }
            }, uniquingKeysWith: { first, _ in first })
    }
}

/// A folder that is removed at the end.
private final class Folder {
    private let url = FileManager.default.temporaryDirectory.appending(path: "nash-exchange-\(UUID())")

    init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appending(path: name).path }
}

/// A Python with the packages onnx and onnxruntime: that of .venv/onnx, or the one that NASH_ONNX_PYTHON names.
private enum Python {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static let path: String? = {
        let given = ProcessInfo.processInfo.environment["NASH_ONNX_PYTHON"]
        let path = given ?? root.appending(path: ".venv/onnx/bin/python").path
        guard FileManager.default.isExecutableFile(atPath: path),
            (try? start(path, ["-c", "import onnx, onnxruntime, numpy"]))?.status == 0
        else { return nil }
        return path
    }()

    /// The exit status of the script that runs the models of `folders`, and all that was said.
    static func run(_ folders: [String]) throws -> (status: Int32, text: String) {
        let script = root.appending(path: "Tests/scripts/onnx_outputs.py").path
        return try start(try #require(path), ["-B", script] + folders)
    }

    private static func start(_ path: String, _ arguments: [String]) throws -> (status: Int32, text: String) {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        (process.standardOutput, process.standardError) = (pipe, pipe)
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }
}
