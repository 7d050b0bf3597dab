import Foundation
import Networks
import Testing

@testable import Spaces

/// A space as a test's argument, shown by its name.
struct Subject: Sendable, CustomTestStringConvertible {
    let space: any Space
    var testDescription: String { space.name }

    /// The built-in spaces, and two as a user would define them: one free, one under a constraint.
    static let all = (Spaces.all + [userDefined, constrained]).map(Subject.init)

    static let userDefined: any Space = makeUserDefined(nil)
    static let constrained: any Space = makeUserDefined { $0.cost.raw.macs < 12_000_000 && $0.stages[0].kernel == 3 }

    private static func makeUserDefined(_ constraint: (@Sendable (ChainSpace.Candidate) -> Bool)?) -> any Space {
        do {
            return try ChainSpace(
                name: constraint == nil ? "mine" : "mine_small", input: Shape(3, 32, 32), classes: 10, stem: 16,
                stages: [
                    ChainStage(
                        [.mbconv, .mbconvSE], kernels: [3, 5], expansions: [3, 6], channels: [16, 24],
                        depths: [1, 2, 3]),
                    ChainStage([.conv, .dsconv, .residual], channels: [32, 48], depths: [1, 2], stride: 2),
                ],
                head: 128, constraint: constraint)
        } catch {
            preconditionFailure("the tests' own space must build: \(error)")
        }
    }
}

/// What every space promises, checked on each of them.
@Suite struct Conformance {
    @Test(arguments: Subject.all)
    func textAndIndexComeBack(subject: Subject) throws {
        let space = subject.space
        var generator = SplitMix(seed: 3)
        for architecture in try space.sample(count: 200, using: &generator) {
            let text = space.describe(architecture)
            #expect(try space.parse(text) == architecture)
            #expect(!text.contains("\n"))
            #expect(Architecture(architecture.description) == architecture)
            #expect(
                try JSONDecoder().decode(Architecture.self, from: JSONEncoder().encode(architecture)) == architecture)
            if let index = space.index(of: architecture) { #expect(space.architecture(at: index) == architecture) }
        }
    }

    @Test(arguments: Subject.all)
    func mutationChangesOneGeneAndStaysInside(subject: Subject) throws {
        let space = subject.space
        var generator = SplitMix(seed: 4)
        for architecture in try space.sample(count: 100, using: &generator) {
            let mutant = try space.mutate(architecture, using: &generator)
            #expect(space.isValid(mutant))
            #expect(zip(architecture.genes, mutant.genes).count { $0 != $1 } == 1)
        }
    }

    @Test(arguments: Subject.all)
    func neighboursAreAllOneGeneChanges(subject: Subject) throws {
        let space = subject.space
        var generator = SplitMix(seed: 5)
        let architecture = try space.sample(using: &generator)
        let neighbours = try space.neighbours(of: architecture)
        #expect(Set(neighbours).count == neighbours.count)
        for neighbour in neighbours {
            #expect(space.isValid(neighbour))
            #expect(zip(architecture.genes, neighbour.genes).count { $0 != $1 } == 1)
        }
        let changes = space.genes.reduce(0) { $0 + $1.choices.count - 1 }
        #expect(space.isConstrained ? neighbours.count < changes : neighbours.count == changes)
    }

    @Test(arguments: Subject.all)
    func childrenTakeEachGeneFromAParent(subject: Subject) throws {
        let space = subject.space
        var generator = SplitMix(seed: 6)
        for _ in 0..<50 {
            let parents = (try space.sample(using: &generator), try space.sample(using: &generator))
            let child = try space.cross(parents.0, parents.1, using: &generator)
            #expect(space.isValid(child))
            for place in child.genes.indices {
                #expect([parents.0.genes[place], parents.1.genes[place]].contains(child.genes[place]))
            }
        }
    }

    /// Pearson's χ² of each gene over 20,000 draws, against its 99.99 % quantile (Wilson and Hilferty's approximation).
    @Test(arguments: Subject.all.filter { !$0.space.isConstrained })
    func samplesAreUniform(subject: Subject) throws {
        let space = subject.space
        var generator = SplitMix(seed: 7)
        let sample = try space.sample(count: 20_000, using: &generator)
        for (place, gene) in space.genes.enumerated() {
            var counts = [Double](repeating: 0, count: gene.choices.count)
            for row in sample.indices { counts[Int(sample[row, place])] += 1 }
            let expected = 20_000 / Double(counts.count)
            let statistic = counts.reduce(0) { $0 + ($1 - expected) * ($1 - expected) / expected }
            let freedom = Double(counts.count - 1)
            let root = 1 - 2 / (9 * freedom) + 3.719 * (2 / (9 * freedom)).squareRoot()
            #expect(statistic < freedom * root * root * root, "gene \(gene.name)")
        }
    }

    @Test(arguments: Subject.all)
    func sampleDependsOnTheSeedAlone(subject: Subject) throws {
        var (first, second, other) = (SplitMix(seed: 8), SplitMix(seed: 8), SplitMix(seed: 9))
        let sample = try subject.space.sample(count: 50, using: &first)
        #expect(try subject.space.sample(count: 50, using: &second) == sample)
        #expect(try subject.space.sample(count: 50, using: &other) != sample)
        #expect(sample.allSatisfy(subject.space.isValid))
    }

    @Test(arguments: Subject.all)
    func distinctSamplesAreDistinct(subject: Subject) throws {
        var generator = SplitMix(seed: 10)
        let sample = try subject.space.sampleDistinct(count: 40, using: &generator)
        #expect(sample.count == 40)
        #expect(Set(sample).count == 40)
        #expect(sample.allSatisfy(subject.space.isValid))
    }

    @Test(arguments: Subject.all)
    func encodingsTellArchitecturesApart(subject: Subject) throws {
        let space = subject.space
        var generator = SplitMix(seed: 11)
        let sample = Set(try space.sample(count: 300, using: &generator))
        let places = space.genes.reduce(0) { $0 + $1.choices.count }
        for (encoding, length) in [(Encoding.adjacency, places), (.categorical, space.genes.count)] {
            let features = try sample.map { try space.encode($0, as: encoding) }
            #expect(features.allSatisfy { $0.count == length })
            #expect(Set(features).count == sample.count)
        }
    }

    @Test(arguments: Subject.all)
    func costModelEqualsTheGraph(subject: Subject) throws {
        let space = subject.space
        var generator = SplitMix(seed: 1)
        for (input, classes) in [(space.input, space.classes), (Shape(1, 48, 40), 7)] {
            let model = try space.costModel(input: input, classes: classes)
            for architecture in try space.sample(count: 25, using: &generator) {
                let network = try space.network(for: architecture, input: input, classes: classes)
                let cost = try model.cost(of: architecture.genes)
                #expect(cost.raw == network.cost, "\(space.describe(architecture))")
                if network.isConnected { #expect(cost.live == network.liveCost, "\(space.describe(architecture))") }
            }
        }
    }

    @Test(arguments: Subject.all)
    func liveCostsAreAtMostWholeCosts(subject: Subject) throws {
        let space = subject.space
        var generator = SplitMix(seed: 2)
        let model = try space.costModel(input: space.input, classes: space.classes)
        for cost in try model.costs(of: space.sample(count: 200, using: &generator)) {
            #expect(cost.live.parameters <= cost.raw.parameters)
            #expect(cost.live.macs <= cost.raw.macs)
            #expect(cost.live.activationBytes <= cost.raw.activationBytes)
            #expect(cost.live.peakBytes <= cost.raw.peakBytes)
            #expect(cost.live.depth <= cost.raw.depth)
        }
    }

    /// Equal canonical forms must at least mean equal live parameters and multiply-adds. (The expressions of `nb201`
    /// do not tell one result read twice from two results of equal form, as its paper counts them.)
    @Test(arguments: Subject.all.filter { $0.space.name != "nb201" })
    func canonicalFormsAgreeOnCosts(subject: Subject) throws {
        let space = subject.space
        var generator = SplitMix(seed: 12)
        let model = try space.costModel(input: space.input, classes: space.classes)
        var seen: [String: ArchitectureCost] = [:]
        for architecture in try space.sample(count: 3_000, using: &generator) {
            let cost = try model.cost(of: architecture.genes)
            let known = seen.updateValue(cost, forKey: try space.canonicalForm(of: architecture)) ?? cost
            #expect(known.live.parameters == cost.live.parameters)
            #expect(known.live.macs == cost.live.macs)
        }
    }

    @Test(arguments: Subject.all)
    func namesOfParametersAreUnique(subject: Subject) throws {
        var generator = SplitMix(seed: 13)
        let network = try subject.space.network(for: try subject.space.sample(using: &generator))
        let names = network.parameters.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(network.parameters.reduce(0) { $0 + $1.count } == network.cost.parameters)
    }

    @Test(arguments: Subject.all)
    func strangersAreRefused(subject: Subject) throws {
        let space = subject.space
        let wrong = [
            Architecture(space: "other", genes: space.genes.map { _ in 0 }),
            Architecture(space: space.name, genes: []),
            Architecture(space: space.name, genes: space.genes.map { _ in 200 }),
        ]
        for architecture in wrong {
            #expect(throws: SpaceError.self) { try space.check(architecture) }
            #expect(throws: SpaceError.self) { try space.network(for: architecture) }
            #expect(space.describe(architecture) == architecture.description)
        }
    }

    /// Every text that breaks off in the middle is refused at its end.
    @Test(arguments: Subject.all)
    func brokenTextsNameTheirPlace(subject: Subject) throws {
        let space = subject.space
        var generator = SplitMix(seed: 14)
        let text = space.describe(try space.sample(using: &generator))
        for length in 0..<text.utf8.count - 1 {
            let broken = String(text.prefix(length))
            do {
                // A number may lose a digit and stay one.
                if try space.describe(space.parse(broken)) != broken { Issue.record("accepted \(broken)") }
            } catch let error as SpaceError {
                let offset = try #require(error.offset)
                #expect(offset <= length)
                #expect(error.description.contains("expected"))
                #expect(!error.hint.isEmpty)
            }
        }
        #expect(throws: SpaceError.self) { try space.parse(text + "x") }
    }

    /// Texts with a few bytes replaced either name their fault or stand for an architecture of the space.
    @Test(arguments: Subject.all)
    func scrambledTextsAreReadOrRefused(subject: Subject) throws {
        let space = subject.space
        var generator = SplitMix(seed: 15)
        for architecture in try space.sample(count: 300, using: &generator) {
            var bytes = Array(space.describe(architecture).utf8)
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(in: 32...126, using: &generator)
            }
            let text = String(decoding: bytes, as: UTF8.self)
            do { #expect(space.isValid(try space.parse(text))) } catch { #expect(error is SpaceError, "\(text)") }
        }
    }
}
