@testable import Estimation
import Glibc
import Networks
import Spaces
import Statistics
import Testing

@Suite struct GaussianProcessTests {
    /// A random symmetric positive definite matrix, [n, n].
    private static func matrix(_ size: Int, seed: UInt64) -> [Double] {
        var generator = Random(seed: seed)
        let root = (0..<size * size).map { _ in generator.normal() }
        return (0..<size * size).map { place in
            let (row, column) = (place / size, place % size)
            let sum = (0..<size).reduce(0) { $0 + root[row * size + $1] * root[column * size + $1] }
            return sum + (row == column ? 0.1 : 0)
        }
    }

    @Test(arguments: [1, 2, 3, 4, 5, 7, 8, 13, 32, 61])
    func `the factor solves, inverts and measures`(_ size: Int) throws {
        let matrix = Self.matrix(size, seed: 7)
        let factor = try #require(GaussianProcessFactor(matrix, size: size))
        let b = (0..<size).map { Double($0 + 1) }
        let x = factor.backward(factor.forward(b))
        for row in 0..<size {
            let product = (0..<size).reduce(0) { $0 + matrix[row * size + $1] * x[$1] }
            #expect((product - b[row]).magnitude < 1e-8 * Double(size))
        }
        let inverse = factor.inverse
        for row in 0..<size {
            let product = (0..<size).reduce(0) { $0 + matrix[row * size + $1] * inverse[$1 * size + row] }
            #expect((product - 1).magnitude < 1e-8)
        }
        let diagonal = factor.multiplied(factor.forward(b))
        #expect(zip(diagonal, b).allSatisfy { ($0 - $1).magnitude < 1e-9 * Double(size) })
        let logarithms = (0..<size).reduce(0) { $0 + 2 * log(factor.row($1).last ?? 1) }
        #expect((factor.logDeterminant - logarithms).magnitude < 1e-9)
    }

    @Test func `a matrix that is not definite is refused`() {
        #expect(GaussianProcessFactor([1, 2, 2, 1], size: 2) == nil)
        #expect(GaussianProcessFactor([1, 0, 0, 4], size: 2)?.logDeterminant == log(4))
    }

    @Test func `the exponential is exact to seven figures`() {
        for step in 0..<2_000 {
            let x = -Float(step) * 0.043
            let exact = exp(Double(x))
            #expect((Double(exponential(SIMD8(repeating: x))[3]) - exact).magnitude <= 3e-7 * exact + 1e-37)
        }
        #expect(exponential(SIMD8(repeating: -1_000))[0] == 0)
    }

    /// Points of three blocks, and targets.
    private static func sample(_ count: Int) -> (features: GaussianProcessFeatures, targets: [Double]) {
        var generator = Random(seed: 11)
        let rows = (0..<count * 5).map { _ in Float(generator.normal()) }
        let targets = (0..<count).map { Double(rows[$0 * 5]) + 0.3 * generator.normal() }
        return (GaussianProcessFeatures(rows, blocks: [0..<1, 1..<3, 3..<5]), targets)
    }

    private static let kernel = GaussianProcessKernel([
        .init(.rbf, blocks: [0, 1], share: 0.5), .init(.matern52, blocks: [1, 2], share: 0.4),
        .init(.linear, blocks: [0], share: 0.3),
    ])

    @Test func `the slope of the likelihood is that of its differences`() throws {
        let (features, targets) = Self.sample(24)
        let points = (0..<24).map { features.row($0) }
        let likelihood = GaussianProcessLikelihood(Self.kernel, points, blocks: features.blocks, targets: targets)
        let place = Self.kernel.prior.enumerated().map { $1 + 0.1 * Double($0 % 3) }
        let slope = try #require(likelihood.evaluate(place)).slope
        for index in place.indices {
            var (above, below) = (place, place)
            above[index] += 1e-5
            below[index] -= 1e-5
            let difference = try #require(likelihood.evaluate(above)).value - #require(likelihood.evaluate(below)).value
            #expect((slope[index] - difference / 2e-5).magnitude < 1e-4 * max(1, slope[index].magnitude))
        }
    }

    @Test func `learning climbs`() throws {
        let (features, targets) = Self.sample(40)
        let points = (0..<40).map { features.row($0) }
        let likelihood = GaussianProcessLikelihood(Self.kernel, points, blocks: features.blocks, targets: targets)
        let learned = likelihood.climbed(from: Self.kernel.prior, steps: 30)
        let (before, after) = (likelihood.evaluate(Self.kernel.prior), likelihood.evaluate(learned))
        #expect(try #require(after).value > #require(before).value + 1)
    }

    /// Rasmussen and Williams 2006, equations 2.25 and 2.26, with the inverse written out.
    @Test func `a field agrees with the equations`() throws {
        let (features, targets) = Self.sample(12)
        let blocks = features.blocks
        var field = GaussianProcessField(GaussianProcessPosterior(Self.kernel, blocks: blocks), over: features)
        let seen = [1, 4, 5, 9]
        for row in seen { field.observe(row) }
        let similarity = field.posterior.similarity
        let gram = seen.flatMap { a in
            seen.map { b in
                similarity.value(features.row(a), features.row(b), blocks) + (a == b ? similarity.noise : 0)
            }
        }
        let inverse = try #require(GaussianProcessFactor(gram, size: 4)).inverse
        let means = field.means(seen.map { targets[$0] })
        for row in 0..<12 {
            let near = seen.map { similarity.value(features.row(row), features.row($0), blocks) }
            var (mean, variance) = (0.0, similarity.value(features.row(row), features.row(row), blocks))
            for i in 0..<4 {
                for j in 0..<4 {
                    mean += near[i] * inverse[i * 4 + j] * targets[seen[j]]
                    variance -= near[i] * inverse[i * 4 + j] * near[j]
                }
            }
            #expect((Double(means[row]) - mean).magnitude < 1e-5)
            #expect((Double(field.variances[row]) - variance).magnitude < 1e-5)
        }
    }

    @Test func `functions drawn have the posterior's mean and deviation`() {
        let (features, targets) = Self.sample(12)
        var field = GaussianProcessField(
            GaussianProcessPosterior(Self.kernel, blocks: features.blocks), over: features)
        for row in [0, 3, 8] { field.observe(row) }
        let means = field.means([targets[0], targets[3], targets[8]])
        var generator = Random(seed: 2)
        let draws = (0..<4_000).map { _ in field.draw(at: [5, 6], means: means, using: &generator)[1] }
        let mean = draws.reduce(0, +) / 4_000
        let square = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4_000
        #expect((mean - Double(means[6])).magnitude < 0.1)
        #expect((square / Double(field.variances[6]) - 1).magnitude < 0.15)
    }

    /// Rows of cells with their accuracy on CIFAR-10, one-hot genes and the logarithm of live parameters.
    private static func cells(_ count: Int, seed: UInt64) throws -> (inputs: PredictorInputs, targets: [Double]) {
        let space = NATSTopology()
        let column = try Tables.shipped.accuracy(space: "nb201", data: "cifar10")
        var generator = Random(seed: seed)
        let matrix = try space.sampleDistinct(count: count, using: &generator)
        let model = try space.costModel(input: space.input, classes: 10)
        let rows = try matrix.flatMap { cell in
            space.features(of: cell.genes, as: .adjacency)
                + [Float(log(Double(try model.cost(of: cell.genes).live.parameters)))]
        }
        let names = (0..<6).flatMap { gene in (0..<5).map { "gene\(gene).\($0)" } } + ["log_params"]
        let inputs = PredictorInputs(names: names, values: rows, architectures: matrix, space: space)
        return (inputs, matrix.map { column.value(for: $0.genes) ?? .nan })
    }

    @Test(arguments: [
        (GaussianProcess.Kernel.rbf, 80), (.matern, 80), (.sum, 80), (.weisfeilerLehman(1), 30),
    ])
    func `it ranks unseen cells, and knows how sure it is`(_ kernel: GaussianProcess.Kernel, _ count: Int) throws {
        let (train, targets) = try Self.cells(count, seed: 1)
        let (test, truth) = try Self.cells(100, seed: 2)
        var generator = Random(seed: 0)
        let model = GaussianProcess(kernel: kernel, steps: 5)
        let predictions = try model.fitted(to: train, targets: targets, using: &generator).predictions(for: test)
        let kendall = try #require(try Correlation(.kendall, predictions.map(\.mean), truth).coefficient)
        #expect(kendall > (count < 80 ? 0.4 : 0.5))
        let covered = zip(predictions, truth).filter { ($0.mean - $1).magnitude < 1.96 * $0.deviation }.count
        #expect(covered > 85, "about 95 % of the values lie within 1.96 deviations")
    }

    @Test func `equal generators give equal processes`() throws {
        let (train, targets) = try Self.cells(210, seed: 1)
        let (test, _) = try Self.cells(5, seed: 2)
        func predictions(_ seed: UInt64) throws -> [Prediction] {
            var generator = Random(seed: seed)
            let model = GaussianProcess(kernel: .rbf, steps: 1)
            return try model.fitted(to: train, targets: targets, using: &generator).predictions(for: test)
        }
        #expect(try predictions(3) == predictions(3))
    }

    @Test func `bad input is named`() throws {
        var generator = Random(seed: 0)
        let (inputs, targets) = try Self.cells(4, seed: 1)
        let one = PredictorInputs(names: ["a"], values: [1])
        let columns = PredictorInputs(names: inputs.names, values: inputs.values)
        let bare = PredictorInputs(names: [], values: [], architectures: inputs.architectures, space: inputs.space)
        let graphs = GaussianProcess(kernel: .weisfeilerLehman(1))
        func part(_ body: () throws -> Void) -> PredictorError.Part? {
            do { try body() } catch { return (error as? PredictorError)?.part }
            return nil
        }
        #expect(part { _ = try GaussianProcess().fitted(to: one, targets: [1], using: &generator) } == .rows)
        #expect(part { _ = try GaussianProcess().fitted(to: bare, targets: targets, using: &generator) } == .features)
        #expect(part { _ = try graphs.fitted(to: columns, targets: targets, using: &generator) } == .features)
        let process = try GaussianProcess().fitted(to: inputs, targets: targets, using: &generator)
        #expect(part { _ = try process.predictions(for: one) } == .features)
        let fitted = try graphs.fitted(to: bare, targets: targets, using: &generator)
        #expect(part { _ = try fitted.predictions(for: columns) } == .features)
        #expect(try fitted.predictions(for: inputs).count == 4)
    }

    @Test func `a row left out is guessed as by a process that never saw it`() throws {
        let (inputs, targets) = try Self.cells(12, seed: 1)
        let (reader, scale) = (try GaussianProcessReader(.sum, fitting: inputs), GaussianProcessScale(targets))
        let rows = try reader.rows(of: inputs, 0..<12)
        let model = FittedGaussianProcess(
            reader: reader, rows: rows, targets: targets.map(scale.scaled), scale: scale,
            parameters: reader.kernel.prior)
        let features = GaussianProcessFeatures(rows, blocks: reader.blocks)
        var posterior = GaussianProcessPosterior(reader.kernel, blocks: reader.blocks)
        for row in 0..<11 { posterior.observe(features.row(row)) }
        let field = GaussianProcessField(posterior, over: features)
        let mean = Double(field.means(targets.dropLast().map(scale.scaled))[11])
        let expected = scale.unscaled(mean, variance: Double(field.variances[11]) + posterior.noise)
        #expect((model.leftOut[11].mean - expected.mean).magnitude < 1e-3)
        #expect((model.leftOut[11].deviation / expected.deviation - 1).magnitude < 1e-3)
    }

    @Test func `a process on graphs is stored and restored bit by bit`() throws {
        var generator = Random(seed: 0)
        let (inputs, targets) = try Self.cells(12, seed: 1)
        let predictor = GaussianProcess(kernel: .weisfeilerLehman(2), steps: 2)
        let model = try predictor.fitted(to: inputs, targets: targets, using: &generator)
        let state = try #require(model.state)
        let restored = try GaussianProcess().restored(from: state)
        let questions = try Self.cells(20, seed: 2).inputs
        #expect(try restored.predictions(for: questions) == model.predictions(for: questions))
        #expect(restored.state == state)
        for row in state.rows.keys.sorted() {
            var damaged = state
            damaged[row] = []
            #expect(throws: PredictorError.self, "without \(row)") { try predictor.restored(from: damaged) }
        }
    }

    @Test func `counts in wide blocks are compared as their definition says`() {
        var generator = Random(seed: 5)
        let rows = (0..<20 * 100).map { _ in generator.uniform() < 0.1 ? Float(generator.below(4)) : 0 }
        let features = GaussianProcessFeatures(rows, blocks: [0..<100])
        for isLinear in [true, false] {
            let shape: GaussianProcessKernel.Shape = isLinear ? .linear : .rbf
            var sums = [Float](repeating: 1, count: 20)
            features.accumulate(0, of: features.row(3), weight: 2, isLinear: isLinear, into: &sums)
            for row in 0..<20 {
                let expected = 1 + 2 * shape.measure(features.row(row), features.row(3), 0..<100)
                #expect((Double(sums[row]) - expected).magnitude < 1e-5)
            }
        }
    }

    @Test func `the networks of BANANAS learn a line`() throws {
        var generator = Random(seed: 9)
        let rows = (0..<32 * 2).map { _ in Float(generator.uniform()) }
        let targets = (0..<32).map { rows[$0 * 2] - 2 * rows[$0 * 2 + 1] }
        var network = TinyNetwork(inputs: 2, layers: 1, units: 8, using: &generator)
        func error(_ network: TinyNetwork) -> Float {
            zip(network.values(of: rows), targets).reduce(0) { $0 + ($1.0 - $1.1).magnitude } / 32
        }
        let before = error(network)
        network.learn(rows, targets: targets, epochs: 60, rate: 0.03, using: &generator)
        #expect(error(network) < 0.15 && error(network) < 0.5 * before)
        let ensemble = try BananasEnsemble(
            rows, width: 2, targets: targets.map(Double.init), members: 2, epochs: 1, using: &generator)
        #expect(ensemble.predictions(for: rows).allSatisfy { $0.deviation > 0 })
    }

    /// A batch of fewer rows than lanes, and several batches, give what each row alone gives.
    @Test func `rows do not mix`() {
        var generator = Random(seed: 9)
        let network = TinyNetwork(inputs: 3, layers: 2, units: 5, using: &generator)
        let rows = (0..<40 * 3).map { _ in Float(generator.normal()) }
        let alone = (0..<40).map { network.values(of: Array(rows[$0 * 3..<$0 * 3 + 3]))[0] }
        #expect(network.values(of: rows) == alone)
    }
}
