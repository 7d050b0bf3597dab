import Networks
import Spaces
import Statistics
import Tensors
import Testing
import Training

@testable import Estimation

/// What every proxy of the list promises.
@Suite(.serialized)
struct ProxyConformance {
    static let space = NATSTopology(channels: 4, cells: 1)
    static let names = Proxies.all.map(\.name)

    /// 8 images of 3×32×32 in four classes.
    static let examples: Examples = {
        var random = Random(seed: 3)
        return Examples(
            shape: [8, 3, 32, 32], images: (0..<8 * 3072).map { _ in Float(random.uniform() * 2 - 1) },
            targets: [0, 0, 1, 1, 1, 2, 3, 3])
    }()

    static func matrix(_ cells: [String]) throws -> GeneMatrix {
        GeneMatrix(space: space.name, length: 6, try cells.map { try space.parse($0) })
    }

    static let lively = [
        "|nor_conv_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|avg_pool_3x3~0|none~1|nor_conv_3x3~2|",
        "|skip_connect~0|+|none~0|nor_conv_3x3~1|+|nor_conv_1x1~0|avg_pool_3x3~1|skip_connect~2|",
        "|none~0|+|none~0|nor_conv_3x3~1|+|nor_conv_3x3~0|nor_conv_1x1~1|none~2|",
    ]
    static let dead = "|none~0|+|none~0|nor_conv_3x3~1|+|none~0|nor_conv_3x3~1|nor_conv_1x1~2|"

    static func scorer(_ proxy: String, seed: UInt64 = 0) throws -> Scorer {
        var options = Scorer.Options()
        options.dtype = .float64
        options.seed = Seed(seed)
        return Scorer([try #require(Proxies.named(proxy))], examples: examples, options: options)
    }

    @Test(arguments: names)
    func aNetworkHasAFiniteScore(_ proxy: String) throws {
        let scores = try Self.scorer(proxy).scores(of: Self.matrix(Self.lively), in: Self.space)
        for row in scores { #expect(try #require(row[0].number).isFinite) }
        #expect(Set(scores.map { $0[0] }).count > 1)
    }

    @Test(arguments: names)
    func theSameSeedGivesTheSameScore(_ proxy: String) throws {
        let matrix = try Self.matrix(Self.lively)
        let first = try Self.scorer(proxy).scores(of: matrix, in: Self.space)
        #expect(try Self.scorer(proxy).scores(of: matrix, in: Self.space) == first)
        // One network at a time, on whatever thread: the same.
        for row in matrix.indices {
            let alone = try Self.scorer(proxy).scores(of: matrix.gather([row]), in: Self.space)
            #expect(alone == [first[row]])
        }
    }

    @Test(arguments: names)
    func anotherSeedGivesAnotherScore(_ proxy: String) throws {
        let counts = try #require(Proxies.named(proxy)).needs == .graph
        let matrix = try Self.matrix(Self.lively)
        let (first, second) = (
            try Self.scorer(proxy).scores(of: matrix, in: Self.space),
            try Self.scorer(proxy, seed: 1).scores(of: matrix, in: Self.space)
        )
        #expect((first == second) == counts)
    }

    @Test(arguments: names)
    func aNetworkWithoutPathHasNoScore(_ name: String) throws {
        let proxy = try #require(Proxies.named(name))
        let score = try Self.scorer(name).scores(of: Self.matrix([Self.dead]), in: Self.space)[0][0]
        if proxy.needs == .graph && proxy.countsDeadParts {
            #expect(try #require(score.number) > 0)
        } else {
            #expect(score == .none("no path leads from the input to the output"))
        }
    }

    @Test(arguments: names)
    func weightsStayAsTheyAre(_ name: String) throws {
        try Torch.setThreads(1)
        let network = try Self.space.network(for: Self.space.parse(Self.lively[0]))
        let model = try Model(network, options: .init(dtype: .float64, channelsLast: true))
        let before = try model.state().entries.map(\.values).map(String.init(describing:))
        let proxy = try #require(Proxies.named(name))
        let first = try Scorer([proxy], examples: Self.examples).scores(of: model)
        #expect(try Scorer([proxy], examples: Self.examples).scores(of: model) == first)
        #expect(try model.state().entries.map(\.values).map(String.init(describing:)) == before)
        #expect(model.parameters.allSatisfy { $0.grad == nil })
    }

    @Test func sharedPassesGiveTheScoresOfSinglePasses() throws {
        let matrix = try Self.matrix(Self.lively)
        var options = Scorer.Options()
        options.dtype = .float64
        let together = try Scorer(Proxies.all, examples: Self.examples, options: options)
            .scores(of: matrix, in: Self.space)
        for (place, name) in Self.names.enumerated() {
            let alone = try Self.scorer(name).scores(of: matrix, in: Self.space)
            for row in matrix.indices {
                let (a, b) = (try #require(together[row][place].number), try #require(alone[row][0].number))
                // A gradient that can be differentiated again is computed by other kernels.
                #expect(abs(a - b) <= 1e-7 * (abs(b) + 1), "\(name): \(a) and \(b)")
            }
        }
    }

    @Test func repeatsAreMeans() throws {
        let matrix = try Self.matrix([Self.lively[0]])
        var options = Scorer.Options()
        options.repeats = 2
        let proxy = SynFlow()
        let mean = try Scorer([proxy], options: options).scores(of: matrix, in: Self.space)[0][0].number
        options.repeats = 1
        let first = try Scorer([proxy], options: options).scores(of: matrix, in: Self.space)[0][0].number
        options.seed = Seed(0).derived("repeat", 1)
        let second = try Scorer([proxy], options: options).scores(of: matrix, in: Self.space)[0][0].number
        #expect(try #require(mean) == (#require(first) + #require(second)) / 2)
    }

    @Test func aFailureStaysInItsOwnRow() throws {
        // Two reductions of a 1×1 image leave nothing: every network fails, and says why.
        let scores = try Scorer([SynFlow()]).scores(
            of: Self.matrix(Self.lively), in: Self.space, input: Shape(3, 1, 1))
        for row in scores { #expect(row[0].number == nil) }
        let wrong = Examples(shape: [2, 3, 32, 32], images: Array(repeating: 0.5, count: 6144), targets: [0, 99])
        let mixed = try Scorer([SNIP(), SynFlow()], examples: wrong).scores(
            of: Self.matrix(Self.lively), in: Self.space)
        for row in mixed {
            #expect(row[0].number == nil)
            #expect(row[1].number != nil)
        }
    }

    @Test func cancellationEndsIt() throws {
        #expect(throws: CancellationError.self) {
            try Self.scorer("snip").scores(of: Self.matrix(Self.lively), in: Self.space, cancelled: { true })
        }
        let model = try Model(Self.space.network(for: Self.space.parse(Self.lively[0])))
        var calls = 0
        #expect(throws: CancellationError.self) {
            try Scorer([SNIP()], examples: Self.examples).scores(of: model) {
                calls += 1
                return calls > 5
            }
        }
    }
}
