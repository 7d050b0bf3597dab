import Networks
import Testing

@testable import Spaces

/// Figures that the papers and tables of the benchmarks state.
@Suite struct PublishedFigures {
    @Test func topologyHasAsManyArchitecturesAndClassesAsPublished() throws {
        let space = NATSTopology()
        #expect(space.count() == 15_625)
        #expect(try Set(space.architectures.map(space.canonicalForm)).count == 6_466)
    }

    @Test(arguments: [
        (Shape(3, 32, 32), 10, 129_306, 15_647_370), (Shape(3, 16, 16), 120, 136_456, 3_919_480),
    ])
    func topologyCostsAsNATSBenchStates(input: Shape, classes: Int, parameters: Int, macs: Int) throws {
        let space = NATSTopology()
        let architecture = try space.parse(
            "|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_1x1~0|skip_connect~1|skip_connect~2|")
        let cost = try space.network(for: architecture, input: input, classes: classes).cost
        #expect(cost.parameters == parameters)
        #expect(cost.macs == macs)
    }

    /// Closed forms of every cell's parameters and multiply-adds on CIFAR-10.
    @Test func topologyCostsFollowTheirClosedForm() throws {
        let space = NATSTopology()
        let model = try space.costModel(input: space.input, classes: space.classes)
        for architecture in space.architectures {
            let raw = try model.cost(of: architecture.genes).raw
            let n3 = architecture.genes.count { $0 == 3 }
            let n1 = architecture.genes.count { $0 == 2 }
            try #require(raw.parameters == 73_306 + 243_040 * n3 + 28_000 * n1)
            try #require(raw.macs == 7_783_050 + 35_389_440 * n3 + 3_932_160 * n1)
        }
    }

    @Test func sizeCostsAsNATSBenchStates() throws {
        let space = NATSSize()
        let cost = try space.network(for: space.parse("8:8:8:16:32")).cost
        #expect(space.count() == 32_768)
        #expect(cost.parameters == 49_202)
        #expect(cost.macs == 6_840_650)
    }

    @Test func macroHasAsManyArchitecturesAndClassesAsPublished() throws {
        let space = NASBenchMacro()
        #expect(space.count() == 6_561)
        #expect(try Set(space.architectures.map(space.canonicalForm)).count == 3_969)
    }

    /// DARTS's second-order cells, as the authors' `genotypes.py` gives them; its training log states 3.349342 M.
    @Test func dartsCostsAsItsAuthorsState() throws {
        let space = DARTS()
        let text = """
            Genotype(normal=[('sep_conv_3x3', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 0), ('sep_conv_3x3', 1), \
            ('sep_conv_3x3', 1), ('skip_connect', 0), ('skip_connect', 0), ('dil_conv_3x3', 2)], \
            normal_concat=[2, 3, 4, 5], reduce=[('max_pool_3x3', 0), ('max_pool_3x3', 1), ('skip_connect', 2), \
            ('max_pool_3x3', 1), ('max_pool_3x3', 0), ('skip_connect', 2), ('skip_connect', 2), \
            ('max_pool_3x3', 1)], reduce_concat=[2, 3, 4, 5])
            """
        #expect(try space.network(for: space.parse(text)).cost.parameters == 3_349_342)
        #expect(space.indexCount == 1_037_664_180 * 1_037_664_180)
    }

    /// The live part of a cell without path is what surrounds the cells.
    @Test func deadTopologyCellsKeepTheSkeleton() throws {
        let space = NATSTopology()
        let dead = try space.cost(of: space.architecture(at: 0)).live
        #expect(dead.parameters == 73_306)
        #expect(dead.macs == 7_783_050)
        #expect(try !space.network(for: space.architecture(at: 0)).isConnected)
    }

    /// The first architecture of the latency table, counted from HW-NAS-Bench's tables of strides and channels.
    @Test(arguments: [
        (Shape(3, 224, 224), 1_000, 3_794_920, 272_388_736), (Shape(3, 32, 32), 100, 1_790_500, 67_605_376),
    ])
    func fbnetCostsAsItsLayersAddUp(input: Shape, classes: Int, parameters: Int, macs: Int) throws {
        let space = FBNet()
        let architecture = try space.parse("7_8_1_8_4_8_8_8_7_4_1_4_7_3_2_7_3_2_4_2_4_5")
        let cost = try space.network(for: architecture, input: input, classes: classes).cost
        #expect(cost.parameters == parameters)
        #expect(cost.macs == macs)
    }
}
