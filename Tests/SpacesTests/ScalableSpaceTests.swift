import Networks
import Spaces
import Testing

@Test func cellSpacesAreBuiltInOtherSizes() throws {
    let small = try NATSTopology.scaled(channels: 4, cells: 1)
    let all3x3: [UInt8] = [3, 3, 3, 3, 3, 3]
    let architecture = Architecture(space: small.name, genes: all3x3)
    // The parameters of the same network in PyTorch.
    #expect(try small.network(for: architecture).cost.parameters == 23_374)
    let usual = try NATSTopology.scaled(channels: nil, cells: nil)
    #expect(try usual.network(for: architecture) == NATSTopology().network(for: architecture))
    #expect(throws: SpaceError.self) { try NATSTopology.scaled(channels: 0, cells: nil) }
    #expect(throws: SpaceError.self) { try DARTS.scaled(channels: nil, cells: 2) }
    let darts = try DARTS.scaled(channels: 8, cells: nil)
    var generator = SplitMix(seed: 1)
    let genotype = try darts.sample(count: 1, using: &generator)[0]
    let (narrow, wide) = (try darts.network(for: genotype), try DARTS().network(for: genotype))
    #expect(narrow.nodes.count == wide.nodes.count && narrow.cost.parameters < wide.cost.parameters)
}
