import Networks
import Search
import Spaces
import Statistics
import Testing

/// A space of a few genes, in which the order of the genes does not matter if `isSymmetric`.
private struct SmallSpace: Space {
    let name = "small"
    let summary = "a small space for tests"
    let citation = ""
    let input = Shape(1)
    let classes = 2
    var choices = [3, 3]
    var isSymmetric = false
    var isConstrained = false

    var genes: [Gene] { choices.indices.map { Gene("g\($0)", (0..<choices[$0]).map(String.init)) } }
    func genes(from text: String) throws -> [UInt8] { text.utf8.map { $0 - 48 } }
    func text(of genes: [UInt8]) -> String { genes.map(String.init).joined() }
    func canonicalText(of genes: [UInt8]) -> String { text(of: isSymmetric ? genes.sorted() : genes) }
    func admits(_ genes: [UInt8]) -> Bool { genes.reduce(0) { $0 + Int($1) } % 2 == 0 }
    func network(of genes: [UInt8], input: Shape, classes: Int) throws -> Network { throw CancellationError() }
}

/// Asks until nothing is left.
private func all(_ strategy: some Strategy, seed: UInt64, limit: Int = 1000) throws -> [Architecture] {
    var (strategy, generator) = (strategy, Random(seed: seed))
    var drawn: [Architecture] = []
    while drawn.count < limit, let next = try strategy.ask(using: &generator) { drawn.append(next) }
    return drawn
}

@Suite struct ProposerTests {
    @Test func `A finite space is drawn to its end without repetition`() throws {
        for seed in 0..<2 {
            #expect(Set(try all(RandomStrategy(space: SmallSpace()), seed: UInt64(seed))).count == 9)
            let symmetric = SmallSpace(choices: [3, 3], isSymmetric: true)
            #expect(try all(RandomStrategy(space: symmetric), seed: UInt64(seed)).count == 6)
            let even = SmallSpace(choices: [3, 3], isConstrained: true)
            #expect(try all(RandomStrategy(space: even), seed: UInt64(seed)).count == 5)
            #expect(try all(RandomStrategy(space: SmallSpace(choices: [1])), seed: UInt64(seed)).count == 1)
            #expect(try all(KernelDensity(space: symmetric), seed: UInt64(seed)).count == 6)
        }
    }

    @Test func `What was told of is not proposed again`() throws {
        var strategy = RandomStrategy(space: SmallSpace(choices: [2]))
        strategy.tell(Observation(Architecture(space: "small", genes: [1]), values: [1]))
        #expect(try all(strategy, seed: 1).map(\.genes) == [[0]])
        strategy.tell(Observation(Architecture(space: "another", genes: [1]), values: [1]))
    }

    @Test func `Draws are uniform`() throws {
        var counts = [Int](repeating: 0, count: 9)
        for seed in 0..<900 {
            var (strategy, generator) = (RandomStrategy(space: SmallSpace()), Random(seed: UInt64(seed)))
            let genes = try #require(try strategy.ask(using: &generator)).genes
            counts[Int(genes[0]) * 3 + Int(genes[1])] += 1
        }
        // χ² with 8 degrees of freedom exceeds 26 with probability 0.001; the seeds are fixed.
        #expect(counts.reduce(0.0) { $0 + (Double($1) - 100) * (Double($1) - 100) / 100 } < 26)
    }

    @Test func `The model of the largest number of epochs with points enough is used`() throws {
        let space = SmallSpace(choices: [4, 4, 4])
        var strategy = KernelDensity(space: space)
        for index in 0..<7 {
            strategy.tell(Observation(space.architecture(at: index), epochs: 1, values: [Double(index)]))
        }
        #expect(strategy.modelEpochs == nil)
        strategy.tell(Observation(space.architecture(at: 7), epochs: 1, values: []))
        // Two times d + 1 points.
        #expect(strategy.modelEpochs == 1)
        for index in 0..<7 { strategy.tell(Observation(space.architecture(at: index), epochs: 3, values: [1])) }
        #expect(strategy.modelEpochs == 1)
        strategy.tell(Observation(space.architecture(at: 8), epochs: 3, values: [.nan]))
        #expect(strategy.modelEpochs == 3)
    }

    /// How many of the proposals have a first gene of 3, where that is what makes architectures good.
    private func goodProposals(_ settings: KernelDensity.Settings, failing: Bool) throws -> Int {
        let space = SmallSpace(choices: [4, 4, 4, 4])
        var strategy = KernelDensity(space: space, settings: settings)
        var generator = Random(seed: 4)
        for architecture in try space.sampleDistinct(count: 60, using: &generator) {
            let isGood = architecture.genes[0] == 3
            strategy.tell(Observation(architecture, epochs: 9, values: failing && !isGood ? [] : [isGood ? 1 : 0]))
        }
        return try (0..<15).count { _ in try #require(try strategy.ask(using: &generator)).genes[0] == 3 }
    }

    @Test func `Proposals resemble the good ones, and failures count as bad`() throws {
        var settings = KernelDensity.Settings()
        settings.randomShare = 0
        #expect(try goodProposals(settings, failing: false) >= 12)
        #expect(try goodProposals(settings, failing: true) >= 12)
        settings.randomShare = 1
        #expect(try goodProposals(settings, failing: false) <= 8)
    }

    @Test func `Equal generators give equal proposals in a real space`() throws {
        func proposals() throws -> [Architecture] {
            var bohb = try BOHB(space: NATSTopology(), max: 27)
            var generator = Random(seed: 8)
            var drawn: [Architecture] = []
            while case .run(let stretch) = bohb.schedule.ask() {
                if stretch.from == 0 { drawn.append(try #require(try bohb.proposer.ask(using: &generator))) }
                let value = drawn[stretch.trial].genes.reduce(0) { $0 + Double($1) }
                bohb.proposer.tell(Observation(drawn[stretch.trial], epochs: stretch.to, values: [value]))
                bohb.schedule.tell(stretch, .reached([value]))
            }
            #expect(bohb.proposer.modelEpochs != nil)
            return drawn
        }
        let drawn = try proposals()
        #expect(drawn == (try proposals()))
        #expect(Set(try drawn.map { try NATSTopology().canonicalForm(of: $0) }).count == drawn.count)
    }
}
