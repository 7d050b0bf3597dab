import Spaces
import Statistics
import Tensors

/// The sandwich rule with in-place distillation: in each step the largest network learns from the classes, and the
/// smallest and two random ones from its soft answer alone. Gradients are summed, and their elements cut at 1.
///
/// J. Yu, P. Jin, H. Liu, G. Bender, P.-J. Kindermans, M. Tan, T. Huang, X. Song, R. Pang and Q. Le: BigNAS: Scaling Up
/// Neural Architecture Search with Big Single-Stage Models. ECCV 2020, section 3.1.
///
/// The learning rate decays exponentially to a twentieth and stays there. In the paper (0.97 every 2.4 epochs) that is
/// after ln 0.05 / ln 0.97 · 2.4 = 236 epochs, of 360 as AttentiveNAS counts them; here it is the same part of the
/// training. Of the largest network's regularisation only label smoothing is kept: there is no dropout.
struct Sandwich: SupernetProcedure {
    static let summary = "the largest, the smallest and two random networks in each step (BigNAS)"
    let valueLimit: Double? = 1

    init(_ supernet: Supernet, seed: Seed) {}

    static func stages(of space: any ElasticSpace, epochs: Int) -> [SupernetStage] {
        let course = SupernetStage.Course.decay(until: 236.0 / 360)
        return [
            SupernetStage("sandwich", epochs: epochs, course: course, networks: 4, choices: space.allChoices)
        ]
    }

    func accumulate(_ step: SupernetStep) throws -> [Outcome] {
        let space = step.supernet.space
        let others = try [space.smallest, step.sample(1), step.sample(2)]
        return try step.distil(from: space.largest, to: others)
    }
}

extension SupernetStep {
    /// Adds the gradients of `largest` against the classes and of the others against its soft answer.
    func distil(from largest: [UInt8], to others: [[UInt8]]) throws -> [Outcome] {
        let logits = try logits(largest)
        let hard = try loss(logits, largest)
        var outcomes = [try outcome(logits, largest, loss: hard)]
        try hard.backward()
        let soft = try noGrad { try logits.detached().softmax() }
        for genes in others {
            let logits = try self.logits(genes)
            try logits.crossEntropy(soft).backward()
            outcomes.append(try outcome(logits, genes))
        }
        return outcomes
    }
}
