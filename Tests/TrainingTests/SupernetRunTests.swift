import Foundation
import Networks
import Spaces
import Statistics
import Tensors
import Testing

@testable import Training

/// Sorting channels before widths shrink.
@Suite struct SupernetSortingTests {
    /// Double precision, so that only the order of sums differs.
    private static func net(_ squeezes: Bool) throws -> Supernet {
        try Supernet(
            Elastic.space(squeezes: squeezes), initialization: .normal, seed: Seed(1),
            options: .init(dtype: .float64))
    }

    @Test(arguments: [false, true])
    func `the largest network computes the same as before`(squeezes: Bool) throws {
        let net = try Self.net(squeezes)
        let input = try Dataset.digits().batch(size: 16, dtype: .float64).input
        try noGrad {
            let before: [Double] = try net.subnet(net.space.largest).forward(input, mode: .batch).array()
            try net.sortChannels()
            let after = try net.subnet(net.space.largest).forward(input, mode: .batch)
            try expect(after, isCloseTo: before, tolerance: 1e-9)
        }
    }

    /// The L1 norms of what reads the channels fall from the first to the last.
    @Test func `channels stand by their importance`() throws {
        let net = try Self.net(false)
        let name = "blocks.0.layers.1.project.conv.weight"
        let before = try net.importance(name)
        try net.sortChannels()
        #expect(try net.importance(name) == before.sorted(by: >))
    }

    /// With widths 3 and 2 (24 and 16 channels) selectable, the first 16 channels stay the first 16.
    @Test func `widths that can be chosen keep their channels`() throws {
        let net = try Self.net(false)
        let name = "blocks.1.layers.0.project.conv.weight"
        let before = try net.importance(name)
        try net.sortChannels(selectable: 2)
        #expect(
            try net.importance(name) == before[..<16].sorted(by: >) + before[16...].sorted(by: >))
    }

    @Test func `to sort twice is to sort once`() throws {
        let net = try Self.net(true)
        try net.sortChannels(selectable: 2)
        let once = try net.copy()
        try net.sortChannels(selectable: 2)
        for (one, two) in zip(once.tensors, net.tensors) { #expect(try one.isEqual(to: two)) }
    }
}

extension Supernet {
    /// The L1 norm of what a pointwise weight `[O, I, 1, 1]` multiplies each of its I inputs with, to 12 digits.
    fileprivate func importance(_ name: String) throws -> [Double] {
        let norms: [Double] = try tensor(named: name)!.detached().flattened(1).abs().sum(0).array()
        return norms.map { ($0 * 1e12).rounded() / 1e12 }
    }
}

/// The stages of the methods, and what their steps do.
@Suite struct SupernetMethodTests {
    @Test func `twelve epochs are shared as the reference's are`() throws {
        let space = try OFASpace(blocks: 3, depths: [1, 2, 3], widths: [2, 3, 4], kernels: [3, 5, 7])
        let stages = try SupernetMethod.progressive.plan(of: space, epochs: 12)
        #expect(stages.map(\.name) == ["teacher", "kernel", "depth 1", "depth 2", "width 1", "width 2"])
        #expect(stages.map(\.epochs).reduce(0, +) == 12)
        #expect(stages.map(\.networks) == [1, 1, 2, 2, 4, 4])
        #expect(stages.map(\.sortsAtWidths) == [nil, nil, nil, nil, 1, 2])
        // Depth 1 draws from the two greatest depths, width 1 from the two greatest widths, all kernels from then on.
        let (depth, kernel, width) = (0, 1, 2)
        #expect(stages.map { $0.choices[kernel] } == [[2], [0, 1, 2]] + Array(repeating: [0, 1, 2], count: 4))
        #expect(stages.map { $0.choices[depth] } == [[2], [2], [1, 2], [0, 1, 2], [0, 1, 2], [0, 1, 2]])
        #expect(stages.map { $0.choices[width] } == [[2], [2], [2], [2], [1, 2], [0, 1, 2]])
    }

    @Test func `epochs go where they lack`() {
        #expect(Progressive.shares(of: 605, among: [180, 125, 25, 125, 25, 125]) == [180, 125, 25, 125, 25, 125])
        #expect(Progressive.shares(of: 12, among: [180, 125, 25, 125, 25, 125]) == [4, 2, 1, 2, 1, 2])
        #expect(Progressive.shares(of: 6, among: [180, 125, 25, 125, 25, 125]) == [1, 1, 1, 1, 1, 1])
    }

    @Test func `too few epochs and spaces without sizes are refused`() throws {
        let error = try #require(throws: TrainingError.self) {
            try SupernetMethod.progressive.stages(of: Elastic.space(), epochs: 4)
        }
        #expect(error.description.contains("train for 5 epochs or more"))
        let other = try #require(throws: TrainingError.self) {
            try SupernetMethod.progressive.stages(of: NATSTopology(), epochs: 50)
        }
        #expect(other.description.contains("take the method sandwich"))
    }

    /// In a sandwich the others have no target but the largest's answer: with it fixed, classes change nothing.
    @Test func `the sandwich's others learn from the soft answer alone`() throws {
        let space = try Elastic.space()
        func gradient(_ classes: [Int]) throws -> Tensor {
            let net = try Supernet(space, seed: Seed(2))
            let stage = Sandwich.stages(of: space, epochs: 1)[0]
            let input = try Dataset.digits().batch(size: 8).input
            let step = SupernetStep(net, teacher: nil, stage, Recipe(epochs: 1), seed: Seed(0)) { _ in
                Batch(input: input, target: try Tensor(classes))
            }
            let outcomes = try Sandwich(net, seed: Seed(0)).accumulate(step)
            #expect(outcomes.count == 4)
            // The gradient that came of the three others: the sum less the largest's own.
            let all = try #require(net.tensor(named: "stem.conv.weight")?.grad).clone()
            for tensor in net.tensors { try tensor.setGrad(nil) }
            try step.loss(step.logits(space.largest), space.largest).backward()
            return try all - #require(net.tensor(named: "stem.conv.weight")?.grad)
        }
        let expected: [Float] = try gradient([0, 1, 2, 3, 4, 5, 6, 7]).array()
        try expect(gradient([7, 7, 7, 7, 7, 7, 7, 7]), isCloseTo: expected.map(Double.init), tolerance: 1e-5)
    }

    @Test func `fair networks take every choice once`() throws {
        let space = NATSTopology(channels: 4, cells: 1)
        let (net, stage) = (try Supernet(space), try #require(Fair.stages(of: space, epochs: 1).first))
        #expect(stage.networks == 5)
        var seen: Set<[[UInt8]]> = []
        for number in 0..<20 {
            let step = SupernetStep(
                net, teacher: nil, stage, SupernetMethod.fair.recipe(epochs: 1), seed: Seed(UInt64(number))
            ) { _ in throw TrainingError.unfit("no images") }
            let networks = try Fair(net, seed: Seed(0)).networks(step)
            for gene in space.genes.indices { #expect(networks.map { $0[gene] }.sorted() == [0, 1, 2, 3, 4]) }
            seen.insert(networks)
        }
        #expect(seen.count == 20)
    }

    @Test func `a gene of fewer choices takes all before one comes again`() {
        var random = Random(seed: 1)
        for _ in 0..<50 {
            let turns = Fair.turns(of: [3, 7], 5, using: &random)
            #expect(Set(turns[0..<2]) == [3, 7] && Set(turns[2..<4]) == [3, 7] && turns.count == 5)
        }
    }

    @Test func `networks of a cost bin have that cost`() throws {
        let net = try Supernet(Elastic.space())
        let bins = try CostBins(net, seed: Seed(3))
        var random = Random(seed: 4)
        var hits = 0
        for _ in 0..<200 {
            let bin = bins.draw(using: &random)
            if bins.bin(of: bins.network(in: bin, using: &random)) == bin { hits += 1 }
        }
        #expect(hits == 200)
    }
}

/// A supernet's training, and its checkpoints.
@Suite struct SupernetRunTests {
    private static let few = Recalibration(samples: 64, batchSize: 32)

    private static func recipe(_ method: SupernetMethod, epochs: Int) -> Recipe {
        var recipe = method.recipe(epochs: epochs)
        recipe.batchSize = 256
        return recipe
    }

    private static func run(
        _ method: SupernetMethod, epochs: Int = 5, seed: UInt64 = 0, space: (any ElasticSpace)? = nil
    ) throws -> SupernetRun {
        try SupernetRun(
            space ?? Elastic.space(), Dataset.digits(), method, recipe(method, epochs: epochs), seed: Seed(seed),
            recalibration: few)
    }

    @Test(arguments: SupernetMethod.allCases.filter { $0 != .progressive })
    func `every method learns`(method: SupernetMethod) throws {
        let run = try Self.run(method, epochs: 3)
        while !run.isFinished { _ = try run.epoch() }
        #expect(run.metrics[2].trainLoss < run.metrics[0].trainLoss)
        #expect(run.metrics[2].trainAccuracy > run.metrics[0].trainAccuracy)
        // Without the largest in each step, 18 are few.
        if ![.singlePath, .fair].contains(method) { #expect(run.metrics[2].largestAccuracy > 0.5) }
        #expect(throws: TrainingError.self) { try run.epoch() }
    }

    @Test func `a cell supernet learns`() throws {
        let run = try Self.run(.singlePath, epochs: 2, space: NATSTopology(channels: 4, cells: 1))
        while !run.isFinished { _ = try run.epoch() }
        #expect(run.metrics[1].trainLoss < run.metrics[0].trainLoss)
    }

    /// Interrupted in every epoch, and so in every stage, after as many steps as the number of the epoch.
    @Test(arguments: [SupernetMethod.progressive, .attentive])
    func `a training goes on bit by bit where it was interrupted`(method: SupernetMethod) throws {
        let epochs = method == .progressive ? 5 : 2
        let data = try Dataset(DataFixtures.images(192, size: 8))
        var recipe = Self.recipe(method, epochs: epochs)
        recipe.batchSize = 32
        let whole = try SupernetRun(Elastic.space(), data, method, recipe, seed: Seed(0), recalibration: Self.few)
        while !whole.isFinished { _ = try whole.epoch() }
        try DataFixtures.withFolder { folder in
            func open() throws -> SupernetRun {
                try SupernetRun.open(
                    folder + "/run", Elastic.space(), data, method, recipe, seed: Seed(0), recalibration: Self.few)
            }
            for epoch in 0..<epochs {
                let run = try open()
                #expect(run.finished == epoch && run.stage == whole.metrics[epoch].stage)
                var asked = 0
                #expect(throws: TrainingError.self) {
                    try run.epoch {
                        asked += 1
                        return asked > epoch
                    }
                }
                #expect(run.stepsTaken == epoch)
                try run.save(to: folder + "/run")
                let resumed = try open()
                #expect(resumed.stepsTaken == epoch)
                _ = try resumed.epoch()
                try resumed.save(to: folder + "/run")
            }
            let last = try open()
            #expect(last.isFinished)
            #expect(zip(last.metrics, whole.metrics).allSatisfy { $0.isEqualInResults(to: $1) })
            for (one, two) in zip(last.supernet.tensors, whole.supernet.tensors) {
                #expect(try one.isEqual(to: two))
            }
        }
    }

    @Test func `checkpoints of other trainings are refused`() throws {
        try DataFixtures.withFolder { folder in
            let (data, recipe) = (try Dataset.digits(), Self.recipe(.singlePath, epochs: 5))
            try Self.run(.singlePath).save(to: folder)
            func refused(
                _ space: any ElasticSpace, _ data: Dataset, _ method: SupernetMethod, seed: UInt64 = 0
            ) throws -> String {
                let error = try #require(throws: CheckpointError.self) {
                    try SupernetRun.open(
                        folder, space, data, method, recipe, seed: Seed(seed), recalibration: Self.few)
                }
                #expect(error.kind == .foreign)
                return error.problem
            }
            #expect(try refused(Elastic.space(kernels: [3, 5]), data, .singlePath).contains("supernet elastic"))
            #expect(try refused(Elastic.space(), data, .sandwich).contains("training method single_path"))
            #expect(try refused(Elastic.space(), data, .singlePath, seed: 7).contains("seed 0 where"))
            let other = try Dataset.digits(.init(seed: 5))
            #expect(try refused(Elastic.space(), other, .singlePath).contains("opening of the data"))
        }
    }

    @Test func `damaged checkpoints are told from whole ones`() throws {
        try DataFixtures.withFolder { folder in
            let recipe = Self.recipe(.singlePath, epochs: 5)
            try Self.run(.singlePath).save(to: folder)
            let file = folder + "/epoch-0/weights.safetensors"
            var bytes = try Data(contentsOf: URL(filePath: file))
            bytes[bytes.count - 9] ^= 1
            try bytes.write(to: URL(filePath: file))
            let run = try SupernetRun.open(
                folder, Elastic.space(), Dataset.digits(), .singlePath, recipe, seed: Seed(0),
                recalibration: Self.few)
            #expect(run.finished == 0 && run.rejected.map(\.kind) == [.damaged])
            #expect(throws: CheckpointError.self) {
                try SupernetRun(
                    resuming: folder + "/none", Elastic.space(), Dataset.digits(), .singlePath, recipe, seed: Seed(0))
            }
        }
    }
}
