import Networks
import Spaces
import Statistics
import Tensors

/// What a step of training has to work with.
final class SupernetStep {
    let supernet: Supernet
    /// The largest network as it was when it was trained alone, where there is one.
    let teacher: Supernet?
    let stage: SupernetStage
    let recipe: Recipe
    /// The seed of this step: of which networks are drawn.
    let seed: Seed
    private let images: (Shape) throws -> Batch
    private var batches: [Shape: Batch] = [:]

    init(
        _ supernet: Supernet, teacher: Supernet?, _ stage: SupernetStage, _ recipe: Recipe, seed: Seed,
        images: @escaping (Shape) throws -> Batch
    ) {
        (self.supernet, self.teacher, self.stage, self.recipe) = (supernet, teacher, stage, recipe)
        (self.seed, self.images) = (seed, images)
    }

    /// The samples of the step at the resolution of `genes`.
    func batch(for genes: [UInt8]) throws -> Batch {
        let shape = supernet.input(of: genes)
        let batch = try batches[shape] ?? images(shape)
        batches[shape] = batch
        return batch
    }

    /// The logits `[N, classes]` of a network, normalised by the batch.
    func logits(_ genes: [UInt8], of supernet: Supernet? = nil) throws -> Tensor {
        try (supernet ?? self.supernet).path(genes).logits(batch(for: genes).input, mode: .batch, recipe.precision)
    }

    /// The mean cross-entropy of logits `[N, classes]` against the classes.
    func loss(_ logits: Tensor, _ genes: [UInt8]) throws -> Tensor {
        try logits.crossEntropy(batch(for: genes).target, smoothing: recipe.labelSmoothing)
    }

    /// What logits came to against the classes; `loss` where it is their cross-entropy.
    func outcome(_ logits: Tensor, _ genes: [UInt8], loss: Tensor? = nil) throws -> Outcome {
        let target = try batch(for: genes).target
        return try noGrad { try Outcome(logits, loss: loss ?? logits.detached().crossEntropy(target), target) }
    }

    /// Genes drawn uniformly from the stage's choices, those at `fixed` places given, until a path leads through their
    /// network.
    ///
    /// - Throws: `TrainingError` where no path leads through 1,000 in a row.
    func sample(_ number: Int, like fixed: (ElasticDimension, [UInt8])? = nil) throws -> [UInt8] {
        var random = Random(seed.derived("network", .number(number)))
        for _ in 0..<1_000 {
            let genes = stage.choices.enumerated().map { place, choices in
                let drawn = choices[random.below(choices.count)]
                guard let fixed, supernet.space.dimensions[place] == fixed.0 else { return drawn }
                return fixed.1[place]
            }
            if supernet.isConnected(genes) { return genes }
        }
        throw TrainingError.unfit("no path leads through 1,000 networks of \(supernet.space.name) in a row")
    }
}
