import Tensors

/// Uniform single-path training: in each step one network, drawn uniformly, learns from the classes.
///
/// Z. Guo et al.: Single Path One-Shot Neural Architecture Search with Uniform Sampling. ECCV 2020, section 3.2.
struct SinglePath: SupernetProcedure {
    let valueLimit: Double? = nil

    func accumulate(_ step: SupernetStep) throws -> [Outcome] {
        let genes = try step.sample(0)
        let logits = try step.logits(genes)
        let loss = try step.loss(logits, genes)
        try loss.backward()
        return [try step.outcome(logits, genes, loss: loss)]
    }
}
