import Networks
import Spaces
import Statistics
import Tensors
import Testing

@testable import Training

/// Small elastic networks for the tests.
enum Elastic {
    /// Two stages over digits: depth, width and kernel can each shrink.
    static func space(
        resolutions: [Int] = [], squeezes: Bool = false, kernels: [Int] = [3, 5, 7]
    ) throws -> OFASpace {
        let stages = [
            OFASpace.Stage(8, squeezes: squeezes),
            OFASpace.Stage(8, stride: 2, squeezes: squeezes, activation: .hardSwish),
        ]
        return try OFASpace(
            depths: [1, 2], widths: [1, 2, 3], kernels: kernels, resolutions: resolutions,
            frame: .init(stem: 8, stages: stages), input: Shape(1, 8, 8), classes: 10, name: "elastic")
    }

    static func sample(_ space: any ElasticSpace, _ count: Int, seed: UInt64 = 0) throws -> [[UInt8]] {
        var generator = Random(seed: seed)
        return try space.sample(count: count, using: &generator).map(\.genes)
    }
}

/// The networks of a supernet: parts of shared tensors.
@Suite struct SupernetTests {
    /// The centre of 1…25 in rows of 5 is 7 8 9 12 13 14 17 18 19; row r of the result is Σ_c M[r, c]·centre[c].
    @Test func `a kernel shrinks through its matrix`() throws {
        let kernel = try Tensor((1...25).map(Float.init), shape: [1, 1, 5, 5])
        let same = try kernel.shrunk(to: 3, through: .eye(9))
        #expect(same.shape == [1, 1, 3, 3])
        try expect(same, isCloseTo: [7, 8, 9, 12, 13, 14, 17, 18, 19])
        var matrix = [Float](repeating: 0, count: 81)
        for row in 0..<9 { matrix[row * 9 + (row + 1) % 9] = Float(row + 1) }
        matrix[0] = 0.5
        let mixed = try kernel.shrunk(to: 3, through: Tensor(matrix, shape: [9, 9]))
        try expect(mixed, isCloseTo: [8 + 3.5, 18, 36, 52, 70, 102, 126, 152, 63], tolerance: 1e-6)
    }

    @Test func `kernels of 7 shrink step by step to 3`() throws {
        let space = try Elastic.space()
        let net = try Supernet(space, seed: Seed(1))
        let name = "blocks.0.layers.0.depthwise.conv.weight"
        let names = net.names.filter { $0.hasPrefix(name) }
        #expect(names == [name, name + ".7to5", name + ".5to3"])
        _ = try noGrad { try net.tensors[net.names.firstIndex(of: name + ".7to5")!].multiply(by: 2) }
        _ = try noGrad { try net.tensors[net.names.firstIndex(of: name + ".5to3")!].multiply(by: 3) }
        let whole: [Float] = try net.tensors[net.names.firstIndex(of: name)!].array()
        let model = try net.subnet(space.smallest)
        let place = try #require(model.parameterNames.firstIndex(of: name))
        #expect(model.parameters[place].shape == [8, 1, 3, 3])
        let centre = (0..<8).flatMap { channel in
            (2...4).flatMap { y in (2...4).map { x in 6 * Double(whole[channel * 49 + y * 7 + x]) } }
        }
        try expect(model.parameters[place], isCloseTo: centre, tolerance: 1e-6)
    }

    @Test func `parameters are leading parts`() throws {
        let space = try Elastic.space(squeezes: true)
        let net = try Supernet(space, seed: Seed(2))
        for genes in try Elastic.sample(space, 20) {
            let model = try net.subnet(genes)
            for (name, parameter) in zip(model.parameterNames, model.parameters) {
                guard parameter.rank < 4 || parameter.shape[3] == 1 else { continue }
                let whole = net.tensors[try #require(net.names.firstIndex(of: name))]
                var part = whole
                for (dim, size) in parameter.shape.enumerated() { part = try part.sliced(0..<size, dim: dim) }
                #expect(try part.isEqual(to: parameter))
            }
        }
    }

    @Test func `gradients flow back to the part that was used`() throws {
        let space = try Elastic.space()
        let net = try Supernet(space, seed: Seed(3))
        let input = try Tensor.ones([4, 1, 8, 8])
        let model = try net.subnet(space.smallest)
        try model.forward(input, mode: .batch).square().sum().backward()
        func gradient(_ name: String) -> Tensor? { net.tensors[net.names.firstIndex(of: name)!].grad }
        // 8 of 24 channels of the first layer take part; the second layer of a stage takes none.
        let expand = try #require(gradient("blocks.0.layers.0.expand.conv.weight"))
        #expect(expand.shape == [24, 8, 1, 1])
        #expect(try expand.sliced(8..<24).abs().sum().item() == 0)
        #expect(gradient("blocks.0.layers.1.expand.conv.weight") == nil)
        #expect(gradient("blocks.0.layers.0.depthwise.conv.weight.7to5") != nil)
        #expect(gradient("blocks.0.layers.0.depthwise.conv.weight.5to3") != nil)
    }

    @Test func `gradients of several networks add up`() throws {
        let space = try Elastic.space()
        let input = try Tensor.ones([4, 1, 8, 8])
        func gradients(_ all: [[UInt8]]) throws -> [Tensor] {
            let net = try Supernet(space, seed: Seed(3), options: .init(dtype: .float64))
            for genes in all {
                try net.subnet(genes).forward(input.to(.float64), mode: .batch).square().sum().backward()
            }
            return try net.tensors.map { try $0.grad ?? $0.zerosLike() }
        }
        let (one, other) = (try gradients([space.smallest]), try gradients([space.largest]))
        for (place, sum) in try gradients([space.smallest, space.largest]).enumerated() {
            let expected: [Double] = try (one[place] + other[place]).array()
            try expect(sum, isCloseTo: expected, tolerance: 1e-12)
        }
    }

    /// A cell supernet holds one tensor an operation and edge; those of a cell are what its operations hold.
    @Test func `cells share by operation`() throws {
        let space = NATSTopology(channels: 4, cells: 1)
        let net = try Supernet(space, input: Shape(1, 8, 8), seed: Seed(4))
        let model = try net.subnet([2, 3, 0, 1, 4, 3])
        let place = try #require(model.parameterNames.firstIndex(of: "cells.0.layers.0.op.1.weight"))
        let shared = try #require(net.names.firstIndex(of: "cells.0.layers.0.nor_conv_1x1.op.1.weight"))
        #expect(try model.parameters[place].isEqual(to: net.tensors[shared]))
        #expect(throws: NetworkError.self) { try net.subnet([0, 0, 0, 0, 0, 0]) }
    }

    @Test func `genes outside of the space are refused`() throws {
        let net = try Supernet(Elastic.space())
        #expect(throws: SpaceError.self) { try net.subnet([9]) }
        #expect(throws: SpaceError.self) { try net.subnet(net.space.largest.map { $0 + 1 }) }
    }

    @Test func `the state comes back and no other's is taken`() throws {
        let (space, other) = (try Elastic.space(), try Elastic.space(kernels: [3, 5]))
        let (one, two) = (try Supernet(space, seed: Seed(1)), try Supernet(space, seed: Seed(2)))
        #expect(one.fingerprint == two.fingerprint)
        try two.load(one.state())
        for (a, b) in zip(one.tensors, two.tensors) { #expect(try a.isEqual(to: b)) }
        let foreign = try Supernet(other, seed: Seed(1))
        #expect(foreign.fingerprint != one.fingerprint)
        let error = try #require(throws: StateError.self) { try one.load(foreign.state()) }
        #expect(error.misshapen.contains { $0.contains("[24, 1, 5, 5], not [24, 1, 7, 7]") })
    }
}

/// Batch normalisation measured anew, and networks taken out.
@Suite struct SupernetExtractionTests {
    /// One channel of weight 1 over the batches {1, 3} (mean 2, variance 1) and {5, 7, 9, 11} (8, 5) of images with one
    /// pixel: the means, weighted by 2 and 4, are (2·2 + 4·8)/6 = 6 and (2·1 + 4·5)/6 = 11/3.
    @Test func `statistics are means over batches`() throws {
        var builder = NetworkBuilder(input: Shape(1, 1, 1))
        let x = try builder.convolution(builder.input, "conv", to: 1, .init(1))
        let network = builder.finish(try builder.batchNorm(x, "bn"))
        let model = try Model(network, options: .init()) { parameter, _ in try Tensor.ones(parameter.extents) }
        try model.recalibrate(on: [
            Tensor([1, 3] as [Float], shape: [2, 1, 1, 1]), Tensor([5, 7, 9, 11] as [Float], shape: [4, 1, 1, 1]),
        ])
        let state = try model.state()
        try expect(try #require(state["bn.running_mean"]).tensor(), isCloseTo: [6], tolerance: 1e-6)
        try expect(try #require(state["bn.running_var"]).tensor(), isCloseTo: [11.0 / 3], tolerance: 1e-6)
    }

    /// Behind the first normalisation the second sees what is normalised by the batch: mean 0, variance 1 − ε/(v + ε).
    @Test func `every batch is normalised by its own`() throws {
        var builder = NetworkBuilder(input: Shape(1, 1, 1))
        let x = try builder.batchNorm(builder.input, "first")
        let network = builder.finish(try builder.batchNorm(x, "second"))
        let model = try Model(network, options: .init(dtype: .float64)) { parameter, _ in
            try parameter.name.hasSuffix("weight") ? Tensor.ones(parameter.extents) : Tensor.zeros(parameter.extents)
        }
        try model.recalibrate(on: [
            Tensor([1, 3] as [Double], shape: [2, 1, 1, 1]), Tensor([5, 9] as [Double], shape: [2, 1, 1, 1]),
        ])
        let state = try model.state()
        let expected = (1 / (1 + 1e-5) + 4 / (4 + 1e-5)) / 2
        try expect(try #require(state["second.running_mean"]).tensor(), isCloseTo: [0])
        try expect(try #require(state["second.running_var"]).tensor(), isCloseTo: [expected], tolerance: 1e-9)
    }

    @Test(arguments: [false, true])
    func `a network taken out answers as it did inside`(channelsLast: Bool) throws {
        let digits = try Dataset.digits()
        let space = try Elastic.space(resolutions: [6, 8], squeezes: true)
        let net = try Supernet(space, seed: Seed(5), options: .init(channelsLast: channelsLast))
        let judge = try SubnetJudge(net, digits, recalibration: .init(samples: 200, batchSize: 100))
        for genes in try Elastic.sample(space, 6) + [space.largest, space.smallest] {
            let inside = try judge.calibrated(genes, in: net)
            let blueprint = try net.extract(genes, calibratedOn: digits, .init(samples: 200, batchSize: 100))
            let outside = try blueprint.model(channelsLast: channelsLast)
            let shape = net.input(of: genes)
            let input = try digits.fitted(to: [1, shape.height, shape.width]).batch(size: 64, split: .test).input
            let answers = try noGrad {
                (try inside.forward(input, mode: .evaluation), try outside.forward(input, mode: .evaluation))
            }
            #expect(try answers.0.isEqual(to: answers.1))
            for name in outside.parameterNames { #expect(blueprint.state?[name] != nil) }
        }
    }

    @Test func `cells are taken out with their dead parts`() throws {
        let digits = try Dataset.digits()
        let net = try Supernet(NATSTopology(channels: 4, cells: 1), input: Shape(1, 8, 8), seed: Seed(6))
        let genes: [UInt8] = [2, 3, 0, 0, 4, 3]
        let judge = try SubnetJudge(net, digits, recalibration: .init(samples: 100, batchSize: 50))
        let inside = try judge.calibrated(genes, in: net)
        let outside = try net.extract(genes, calibratedOn: digits, .init(samples: 100, batchSize: 50)).model()
        let input = try digits.batch(size: 32, split: .test).input
        #expect(
            try inside.forward(input, mode: .evaluation).isEqual(to: outside.forward(input, mode: .evaluation)))
        // Without a path every image gets the same answer: one class, about a tenth of the samples.
        let blind = try judge.evaluate([0, 0, 0, 0, 0, 0])
        #expect(blind.accuracy < 0.2)
    }

    @Test func `many networks are judged as one by one`() throws {
        let digits = try Dataset.digits()
        let net = try Supernet(Elastic.space(), seed: Seed(7))
        let judge = try SubnetJudge(net, digits, recalibration: .init(samples: 200, batchSize: 100))
        let all = try Elastic.sample(net.space, 4)
        var told: [Int] = []
        let many = try judge.evaluate(all + [all[0]], progress: { told.append($0) })
        #expect(try many == (all + [all[0]]).map { try judge.evaluate($0) })
        #expect(told == [1, 2, 3, 4, 5])
    }

    @Test func `data of another shape are refused`() throws {
        let digits = try Dataset.digits()
        let net = try Supernet(Elastic.space(), input: Shape(1, 16, 16))
        #expect(throws: TrainingError.self) { try SubnetJudge(net, digits) }
        let few = try Supernet(Elastic.space(), classes: 3)
        #expect(throws: TrainingError.self) { try SubnetJudge(few, digits) }
    }
}
