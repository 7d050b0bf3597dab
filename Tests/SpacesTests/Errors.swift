import Networks
import Testing

@testable import Spaces

/// What the spaces answer to bad input.
@Suite struct Errors {
    @Test func misspeltOperationIsNamedWithItsPlace() throws {
        let text = "|nor_conv_3x3~0|+|nor_conv_33~0|nor_conv_3x3~1|+|skip_connect~0|nor_conv_3x3~1|nor_conv_1x1~2|"
        let error = try #require(throws: SpaceError.self) { try NATSTopology().parse(text) }
        #expect(error.offset == 18)
        #expect(error.hint == "did you mean nor_conv_3x3?")
    }

    @Test func channelsOutsideOfTheSizeSpaceAreNamed() throws {
        let error = try #require(throws: SpaceError.self) { try NATSSize().parse("8:8:9:16:32") }
        #expect(error.offset == 4)
        #expect(error.reason.contains("one of 8, 16, 24, 32, 40, 48, 56, 64"))
    }

    @Test func digitOutOfRangeIsNamed() throws {
        #expect(try #require(throws: SpaceError.self) { try NASBenchMacro().parse("01230000") }.offset == 3)
    }

    @Test func equalSourcesAreRefused() throws {
        let cell = "[('sep_conv_3x3', 0), ('sep_conv_3x3', 0), "
        let error = try #require(throws: SpaceError.self) { try DARTS().parse("Genotype(normal=" + cell) }
        #expect(error.reason.contains("one of 1"))
    }

    @Test func noneIsNoChoiceOfDARTS() throws {
        #expect(throws: SpaceError.self) { try DARTS().parse("Genotype(normal=[('none', 0), ") }
    }

    @Test func tooSmallAnInputIsAnErrorOfTheNetwork() throws {
        let error = try #require(throws: NetworkError.self) {
            try NATSTopology().network(for: NATSTopology().architecture(at: 0), input: Shape(3, 1, 1))
        }
        #expect(error.reason.contains("a 2×2 window does not fit into 1×1"))
    }

    @Test func moreDistinctSamplesThanThereAreIsRefused() {
        var generator = SplitMix(seed: 1)
        #expect(throws: SpaceError.self) { try NASBenchMacro().sampleDistinct(count: 6_562, using: &generator) }
    }

    @Test func allOfASpaceCanBeDrawn() throws {
        var generator = SplitMix(seed: 2)
        let all = try NASBenchMacro().sampleDistinct(count: 6_561, using: &generator)
        #expect(Set(all).count == 6_561)
    }

    @Test func pathEncodingBelongsToCells() throws {
        let space = NASBenchMacro()
        #expect(throws: SpaceError.self) { try space.encode(space.architecture(at: 0), as: .path) }
        let topology = NATSTopology()
        let bits = try topology.encode(topology.architecture(at: 15_624), as: .path)
        #expect(bits.count == 155)
        #expect(bits.reduce(0, +) == 3)
        #expect(bits[4] == 1 && bits[29] == 1 && bits[154] == 1)
    }

    @Test(arguments: [
        [], [ChainStage([.conv], channels: [8])], [ChainStage([.conv], kernels: [2, 3], channels: [8])],
        [ChainStage([.conv], channels: [8, 8])], [ChainStage([], channels: [8, 16])],
        [ChainStage([.conv], channels: [0, 16])], [ChainStage([.conv], channels: [8, .max])],
        [ChainStage([.conv], channels: Array(1...200), depths: Array(1...100))],
    ])
    func senselessStagesAreRefused(stages: [ChainStage]) {
        #expect(throws: SpaceError.self) {
            try ChainSpace(name: "bad", input: Shape(3, 32, 32), classes: 10, stem: 8, stages: stages)
        }
    }

    @Test func impossibleConstraintGivesUp() throws {
        let space = try ChainSpace(
            name: "never", input: Shape(1, 8, 8), classes: 2, stem: 4,
            stages: [ChainStage([.conv], channels: [4, 8])], constraint: { _ in false })
        var generator = SplitMix(seed: 3)
        let error = try #require(throws: SpaceError.self) { try space.sample(using: &generator) }
        #expect(error.reason.contains("100,000 draws"))
        #expect(space.count() == 0)
    }

    @Test func absurdSizesAreErrors() throws {
        let stage = ChainStage([.conv], kernels: [999_999], channels: [1_000_000, 999_999])
        #expect(throws: NetworkError.self) {
            try ChainSpace(name: "huge", input: Shape(3, 32, 32), classes: 10, stem: 1_000_000, stages: [stage])
        }
        let space = NATSTopology()
        for input in [Shape(.max, .max, .max), Shape(0, 32, 32), Shape(3, -1, 32), Shape(3, 1 << 40, 1 << 40)] {
            #expect(throws: NetworkError.self) { try space.network(for: space.architecture(at: 7), input: input) }
            #expect(throws: NetworkError.self) { try space.costModel(input: input, classes: 10) }
        }
    }

    @Test func namesOfSpacesAreWords() {
        #expect(throws: SpaceError.self) {
            try ChainSpace(
                name: "a:b", input: Shape(3, 8, 8), classes: 2, stem: 4,
                stages: [ChainStage([.conv], channels: [4, 8])])
        }
    }
}
