import Networks
import Spaces
import Statistics
import Tensors

/// The sandwich rule in which the random networks are chosen with attention to the Pareto front: of three networks of
/// about one cost, the one that does best on the batch is trained.
///
/// D. Wang, M. Li, C. Gong and V. Chandra: AttentiveNAS: Improving Neural Architecture Search via Attentive Sampling.
/// CVPR 2021, section 3: BestUp-3 with the batch's loss as the measure.
struct Attentive: AttentiveProcedure {
    static let summary = "as sandwich, with the best of three random networks of drawn cost (AttentiveNAS)"
    let bins: CostBins

    static func comesFirst(_ loss: Double, _ other: Double) -> Bool { loss < other }
}

/// The same with the worst of three networks: WorstUp-3.
struct AttentiveWorst: AttentiveProcedure {
    static let summary = "as attentive, with the worst of three"
    let bins: CostBins

    static func comesFirst(_ loss: Double, _ other: Double) -> Bool { loss > other }
}

/// What both have in common.
protocol AttentiveProcedure: SupernetProcedure {
    var bins: CostBins { get }
    init(bins: CostBins)
    /// Whether a network with the one loss on the batch is trained rather than one with the other.
    static func comesFirst(_ loss: Double, _ other: Double) -> Bool
}

extension AttentiveProcedure {
    var valueLimit: Double? { 1 }

    init(_ supernet: Supernet, seed: Seed) throws { self.init(bins: try CostBins(supernet, seed: seed)) }

    static func stages(of space: any ElasticSpace, epochs: Int) -> [SupernetStage] {
        [SupernetStage("attentive", epochs: epochs, networks: 4, choices: space.allChoices)]
    }

    func accumulate(_ step: SupernetStep) throws -> [Outcome] {
        let space = step.supernet.space
        let others = try [space.smallest, choose(1, step), choose(2, step)]
        return try step.distil(from: space.largest, to: others)
    }

    private func choose(_ number: Int, _ step: SupernetStep) throws -> [UInt8] {
        var random = Random(step.seed.derived("attention", .number(number)))
        let bin = bins.draw(using: &random)
        let candidates = (0..<3).map { _ in bins.network(in: bin, using: &random) }
        let losses = try noGrad { try candidates.map { try step.loss(step.logits($0), $0).item() } }
        return candidates[losses.indices.min { Self.comesFirst(losses[$0], losses[$1]) } ?? 0]
    }
}

/// The networks of a space by their multiply-adds, in bins of equal width.
///
/// The prior of a bin is the part of uniformly drawn networks that fall into it; within a bin each decision has the
/// probabilities that it has among those (AttentiveNAS, section 3.2). The paper's bins are 25 million wide, over about
/// 600 million; here there are 24 over whatever range the space has.
struct CostBins {
    private let supernet: Supernet
    private let model: any CostModel
    private let least: Double
    private let width: Double
    /// For each bin the networks that were drawn in it.
    private let members: [[[UInt8]]]
    private let drawn: Int

    private static let count = 24

    /// Bins filled with 5,000 networks drawn uniformly among those through which a path leads.
    init(_ supernet: Supernet, seed: Seed) throws {
        let space = supernet.space
        let model = try space.costModel(input: supernet.input, classes: supernet.classes)
        var random = Random(seed.derived("cost bins"))
        let networks = try space.sample(count: 5_000, using: &random).map(\.genes)
        let costs = try networks.map { Double(try model.cost(of: $0).live.macs) }
        let least = costs.min() ?? 0
        let width = max(1, ((costs.max() ?? 0) - least) / Double(Self.count))
        var members = [[[UInt8]]](repeating: [], count: Self.count)
        for (genes, cost) in zip(networks, costs) where space.isConnected(genes, supernet) {
            members[min(Self.count - 1, Int((cost - least) / width))].append(genes)
        }
        (self.supernet, self.model, self.least, self.width, self.members) = (supernet, model, least, width, members)
        drawn = members.reduce(0) { $0 + $1.count }
    }

    /// A bin, as likely as uniformly drawn networks fall into it.
    func draw(using random: inout Random) -> Int {
        var rest = random.below(max(1, drawn))
        for (bin, networks) in members.enumerated() {
            if rest < networks.count { return bin }
            rest -= networks.count
        }
        return members.count - 1
    }

    /// A network of a bin: each gene as it is in a member drawn for it alone, until the cost falls into the bin; after
    /// 100 failures a member.
    func network(in bin: Int, using random: inout Random) -> [UInt8] {
        let members = members[bin]
        for _ in 0..<100 {
            let genes = members[0].indices.map { members[random.below(members.count)][$0] }
            if self.bin(of: genes) == bin, supernet.isConnected(genes) { return genes }
        }
        return members[random.below(members.count)]
    }

    /// The bin into which the cost of `genes` falls.
    func bin(of genes: [UInt8]) -> Int? {
        guard let cost = try? model.cost(of: genes) else { return nil }
        let place = Int(((Double(cost.live.macs) - least) / width).rounded(.down))
        return place == Self.count ? Self.count - 1 : place
    }
}

extension ElasticSpace {
    /// Whether a path leads through the network of `genes`; only where operations are chosen can there be none.
    fileprivate func isConnected(_ genes: [UInt8], _ supernet: Supernet) -> Bool {
        !dimensions.contains(.operation) || supernet.isConnected(genes)
    }
}
