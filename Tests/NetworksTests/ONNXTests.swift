import Foundation
import Testing

@testable import Networks

/// Networks as ONNX models, as bytes, as text, and back.
@Suite struct ONNXTests {
    /// A network with every layer that there is, twice where it has two forms.
    static let everything: Network = {
        do {
            var net = NetworkBuilder(input: Shape(3, 9, 9))
            var x = try net.convolution(net.input, "stem.0", to: 8, .init(3), bias: true)
            x = try net.batchNorm(x, "stem.1")
            for activation in Layer.Activation.allCases { x = try net.activation(x, activation) }
            let first = try net.depthwise(x, "depthwise", .init(3, dilation: 2))
            let plain = try net.add(.batchNorm(channels: 8, affine: false), first, "plain")
            let pooled = try net.add(.averagePool(.init(3)), plain)
            let most = try net.add(.maxPool(.init(3)), pooled, "most")
            x = try net.add(.add, [pooled, most, x])
            x = try net.add(.add, [x, try net.add(.zero, most)])
            let gate = try net.add(.activation(.hardSigmoid), try net.add(.globalAveragePool, x))
            x = try net.add(.multiply, [x, gate])
            x = try net.add(.channelShuffle(groups: 4), x)
            let shifted = try net.convolution(try net.add(.shift, x), "half", to: 4, .init(1, stride: 2, padding: 0))
            let blank = try net.add(.blank(net.shape(of: shifted)), [])
            x = try net.add(.identity, try net.add(.concatenate, [shifted, blank, shifted]))
            return net.finish(try net.classifier(x, "head", classes: 5), counting: .weightsAndBiases)
        } catch { preconditionFailure("\(error)") }
    }()

    /// `model` with numbers of its own in each open constant.
    private func filled(_ model: ONNXModel) -> ONNXModel {
        var model = model
        model.tensors = model.tensors.enumerated().map { place, tensor in
            guard tensor.values == .open else { return tensor }
            return tensor.filled((0..<tensor.extents.reduce(1, *)).map { Float(place) + Float($0) / 7 })
        }
        return model
    }

    private func bytes() throws -> [UInt8] { try filled(ONNXModel(Self.everything)).encoded() }

    @Test func `every layer comes back`() throws {
        let model = filled(try ONNXModel(Self.everything))
        let read = try ONNXModel(model.encoded())
        #expect(read == model)
        let network = try ONNXNetwork(read)
        #expect(network.network == Self.everything)
        #expect(network.network.nodes.map(\.name) == Self.everything.nodes.map(\.name))
        let names = Self.everything.parameters.map(\.name)
        #expect(names.allSatisfy { name in network.weights.contains { $0.name == name } })
        #expect(network.weights.count == names.count + 2 * 2)
    }

    @Test func `a network comes back from its text`() throws {
        #expect(try Network(text: Self.everything.text) == Self.everything)
    }

    @Test(arguments: [
        ("", "line 1 of the network: `network … output …` was expected"),
        ("network weights output 1\ninput 3 8", "line 2 of the network: `input C H W` was expected"),
        ("network weights output 1\ninput 3 8 8\nidentity < 1", "line 3 of the network: it reads a layer"),
        ("network weights output 1\ninput 3 8 8\nidentity < -1", "line 3 of the network: it reads a layer"),
        ("network weights output 1\ninput 3 8 8\nidentity", "line 3 of the network: expects one input, not 0"),
        ("network weights output 1\ninput 3 8 8\nwhat 1 < 0", "line 3 of the network: `what 1 < 0` is no layer"),
        ("network weights output 1\ninput 3 8 8\nchannelShuffle 0 < 0", "is no layer"),
        (
            "network weights output 1\ninput 3 8 8\nmaxPool 3 0 1 1 < 0",
            "kernel, stride and dilation must be at least 1"
        ),
        ("network weights output 9\ninput 3 8 8\nidentity < 0", "there is no layer 9"),
        ("network weights output 1\ninput 3 8 8\nblank 99999999 99999999 9999999", "is no layer"),
    ])
    func `a damaged text names the line`(_ text: String, _ problem: String) throws {
        let error = try #require(throws: NetworkError.self) { try Network(text: text) }
        #expect(error.reason.contains(problem), "\(error)")
    }

    @Test func `texts with changed bytes are errors or other networks`() throws {
        var generator = SystemRandomNumberGenerator()
        let text = Array(Self.everything.text.utf8)
        for _ in 0..<300 {
            var changed = text
            changed[Int.random(in: changed.indices, using: &generator)] = UInt8.random(in: 32...126, using: &generator)
            _ = try? Network(text: String(decoding: changed, as: UTF8.self)).cost
        }
    }

    @Test func `a file cut short names the byte`() throws {
        let whole = try bytes()
        for length in stride(from: 0, to: whole.count, by: 97) {
            let error = #expect(throws: ONNXError.self, "\(length) of \(whole.count) bytes") {
                _ = try ONNXNetwork(ONNXModel(Array(whole[..<length])))
            }
            #expect(try #require(error?.byte) <= length)
        }
    }

    @Test func `a damaged file is an error or another network`() throws {
        let whole = try bytes()
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<600 {
            var damaged = whole
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                damaged[Int.random(in: damaged.indices, using: &generator)] ^=
                    1
                    << UInt8.random(
                        in: 0...7, using: &generator)
            }
            _ = try? ONNXNetwork(ONNXModel(damaged)).network.cost
        }
    }

    @Test(arguments: [
        ("", "byte 0: graph: the file ends without it"),
        ("PK\u{3}\u{4}", "byte 2: model: a field's key was expected"),
        ("hello, this is text", "byte 2: model: wire type 4 is none of ONNX's"),
    ])
    func `other files are told`(_ text: String, _ problem: String) throws {
        let error = try #require(throws: ONNXError.self) { try ONNXModel(Array(text.utf8)) }
        #expect("\(error)".hasPrefix(problem), "\(error)")
    }

    /// A model as another program would write it: one node over the input.
    private func foreign(_ node: ONNXModel.Node, _ tensors: [ONNXModel.Tensor] = []) -> ONNXModel {
        var model = ONNXModel()
        model.inputs = [.init(name: "x", extents: [.free("batch"), .fixed(4), .fixed(8), .fixed(8)])]
        model.outputs = [.init(name: "y", extents: [])]
        model.nodes = [node]
        model.tensors = tensors
        return model
    }

    @Test(
        arguments: [
            ("Softmax", [], "node '/last' (Softmax): nash has no layer for this operator; it reads Add, AveragePool, "),
            ("Conv", [], "node '/last' (Conv): input 1 is missing"),
            ("Clip", [], "node '/last' (Clip): bounds of 0 and 6 were expected"),
            (
                "MaxPool", [.init(name: "kernel_shape", value: .ints([3, 2]))],
                "node '/last' (MaxPool): kernel_shape must be 2 equal numbers from 1 to 1024"
            ),
            (
                "AveragePool",
                [
                    .init(name: "kernel_shape", value: .ints([3, 3])), .init(name: "pads", value: .ints([1, 1, 1, 1])),
                    .init(name: "count_include_pad", value: .int(1)),
                ], "node '/last' (AveragePool): count_include_pad must be 0"
            ),
            ("Flatten", [.init(name: "axis", value: .int(2))], "node '/last' (Flatten): axis must be 1"),
            (
                "MaxPool", [.init(name: "kernel_shape", value: .ints([9, 9]))],
                "node '/last' (MaxPool): a 9×9 window does not fit into 8×8"
            ),
            (
                "MaxPool", [.init(name: "auto_pad", value: .text("SAME_UPPER"))],
                "node '/last' (MaxPool): auto_pad must be NOTSET"
            ),
        ] as [(String, [ONNXModel.Attribute], String)])
    func `operators of others that nash has not name the node`(
        _ type: String, _ attributes: [ONNXModel.Attribute], _ problem: String
    ) throws {
        let node = ONNXModel.Node(
            name: "/last", type: type, inputs: ["x"], outputs: ["y"], attributes: attributes)
        let error = try #require(throws: ONNXError.self) { _ = try ONNXNetwork(foreign(node)) }
        #expect("\(error)".hasPrefix(problem), "\(error)")
    }

    @Test func `a convolution of others takes its name from the weights`() throws {
        let weight = ONNXModel.Tensor(
            name: "backbone.0.weight", extents: [2, 4, 1, 1], values: .floats([1, 2, 3, 4, 5, 6, 7, 8]))
        let node = ONNXModel.Node(name: "/0/Conv", type: "Conv", inputs: ["x", weight.name], outputs: ["y"])
        let read = try ONNXNetwork(foreign(node, [weight]))
        #expect(read.network.nodes[1].name == "backbone.0")
        #expect(read.weights.map(\.name) == ["backbone.0.weight"])
        #expect(read.network.nodes[1].shape == Shape(2, 8, 8))
    }

    /// PyTorch's exporter writes one of two equal constants, and the other as its `Identity`.
    @Test func `constants come from nodes too`() throws {
        let ones = ONNXModel.Tensor(name: "", extents: [4], values: .floats([1, 1, 1, 1]))
        var model = foreign(
            .init(
                type: "Constant", inputs: [], outputs: ["n.weight"],
                attributes: [.init(name: "value", value: .tensor(ones))]))
        model.nodes += ["n.bias", "n.running_mean", "n.running_var"].map {
            .init(type: "Identity", inputs: ["n.weight"], outputs: [$0])
        }
        let inputs = ["x", "n.weight", "n.bias", "n.running_mean", "n.running_var"]
        model.nodes.append(.init(type: "BatchNormalization", inputs: inputs, outputs: ["y"]))
        let read = try ONNXNetwork(ONNXModel(model.encoded()))
        #expect(read.network.nodes.map(\.layer) == [.input, .batchNorm(channels: 4, affine: true)])
        #expect(read.weights.map(\.name) == Array(inputs[1...]))
    }

    @Test func `layers that ONNX cannot express are named`() throws {
        var net = NetworkBuilder(input: Shape(4, 8, 8))
        let pooled = try net.add(.averagePool(.init(3, dilation: 2)), net.input, "cell.pool")
        let dilated = try #require(throws: NetworkError.self) { try ONNXModel(net.finish(pooled)) }
        #expect("\(dilated)" == "layer 'cell.pool': ONNX has no dilated average pool in opset 17; use a dilation of 1")
        let product = try net.add(.multiply, [net.input, net.input, net.input], "gate")
        let three = try #require(throws: NetworkError.self) { try ONNXModel(net.finish(product)) }
        #expect(three.layer == "gate")
        #expect(throws: NetworkError.self) { try ONNXModel(net.finish(net.input)) }
    }

    @Test func `a constant without elements is not written`() throws {
        let error = try #require(throws: ONNXError.self) { try ONNXModel(Self.everything).encoded() }
        #expect("\(error)" == "initializer 'stem.0.weight': its elements are not given")
    }
}
