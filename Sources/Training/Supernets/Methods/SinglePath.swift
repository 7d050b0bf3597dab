import Spaces
import Statistics
import Tensors

/// Uniform single-path training: in each step one network, drawn uniformly, learns from the classes.
///
/// Z. Guo, X. Zhang, H. Mu, W. Heng, Z. Liu, Y. Wei and J. Sun: Single Path One-Shot Neural Architecture Search with
/// Uniform Sampling. ECCV 2020, section 3.2.
struct SinglePath: SupernetProcedure {
    static let summary = "one random network a step"
    let valueLimit: Double? = nil

    init(_ supernet: Supernet, seed: Seed) {}

    static func stages(of space: any ElasticSpace, epochs: Int) -> [SupernetStage] {
        [SupernetStage("single_path", epochs: epochs, networks: 1, choices: space.allChoices)]
    }

    func accumulate(_ step: SupernetStep) throws -> [Outcome] {
        let genes = try step.sample(0)
        let logits = try step.logits(genes)
        let loss = try step.loss(logits, genes)
        try loss.backward()
        return [try step.outcome(logits, genes, loss: loss)]
    }
}
