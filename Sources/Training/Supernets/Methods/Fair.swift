import Spaces
import Statistics
import Tensors

/// Strict fairness: in each step as many networks as a gene has choices, so drawn that together they take every choice
/// of every gene once, each learning from the classes. Their gradients are summed, and the weights move once.
///
/// X. Chu, B. Zhang and R. Xu: FairNAS: Rethinking Evaluation Fairness of Weight Sharing Neural Architecture Search.
/// ICCV 2021, section 3.3 and algorithm 1.
///
/// Departures. Where genes have different numbers of choices, the networks are as many as the most; a gene with fewer
/// takes all of its choices before one comes again. A draw in which no path leads through one of the networks, which
/// the authors' space does not know, is drawn again as a whole.
struct Fair: SupernetProcedure {
    static let summary = "in each step networks that together take every choice once (FairNAS)"
    let valueLimit: Double? = nil

    init(_ supernet: Supernet, seed: Seed) {}

    static func stages(of space: any ElasticSpace, epochs: Int) -> [SupernetStage] {
        let choices = space.allChoices
        let networks = choices.map(\.count).max() ?? 1
        return [SupernetStage("fair", epochs: epochs, networks: networks, choices: choices)]
    }

    func accumulate(_ step: SupernetStep) throws -> [Outcome] {
        try networks(step).map { genes in
            let logits = try step.logits(genes)
            let loss = try step.loss(logits, genes)
            try loss.backward()
            return try step.outcome(logits, genes, loss: loss)
        }
    }

    /// The networks of a step.
    ///
    /// - Throws: `TrainingError` where 1,000 draws in a row hold a network through which no path leads.
    func networks(_ step: SupernetStep) throws -> [[UInt8]] {
        var random = Random(step.seed.derived("networks"))
        for _ in 0..<1_000 {
            let genes = step.stage.choices.map { Self.turns(of: $0, step.stage.networks, using: &random) }
            let networks = (0..<step.stage.networks).map { number in genes.map { $0[number] } }
            if networks.allSatisfy(step.supernet.isConnected) { return networks }
        }
        throw TrainingError.unfit(
            "of \(step.supernet.space.name), 1,000 fair draws in a row hold a network without a path")
    }

    /// `choices` in random order, and again in another, until there are `count`.
    static func turns(of choices: [UInt8], _ count: Int, using random: inout Random) -> [UInt8] {
        var turns: [UInt8] = []
        while turns.count < count {
            var order = choices
            random.shuffle(&order)
            turns += order
        }
        return Array(turns.prefix(count))
    }
}
