import Networks
import Spaces
import Statistics
import Tensors

/// Progressive shrinking: the largest network first, then in stages smaller kernels, depths and widths beside it, all
/// of which learn from the classes and from the first.
///
/// H. Cai, C. Gan, T. Wang, Z. Zhang and S. Han: Once-for-All: Train One Network and Specialize it for Efficient
/// Deployment. ICLR 2020, section 3.3 and appendix B.
///
/// The loss is the cross-entropy against the classes plus that against the teacher's soft answer, and the gradients of 1,
/// 2 or 4 networks a step are summed, as in the authors' code (`train_ofa_net.py`); the teacher normalises by the batch,
/// as theirs does.
///
/// Departures. The authors shrink a teacher that is given for 125 epochs of kernels and, of depths and widths alike, 25
/// and 125, at learning rates of 0.03, 0.0025 and 0.0075 for each 64 images. Those are stages of hundreds of thousands of
/// steps; in a training of a few dozen epochs in all, the teacher's among them, the smallest networks then hardly learn.
/// Here every stage has the recipe's rate, and the widths, in which all networks are trained, about half of the epochs: on
/// digits in 12 epochs the smallest network then has 97.2 % instead of 91.0 % (held-out samples, seed 1). Dropout before
/// the classifier is left out.
struct Progressive: SupernetProcedure {
    static let summary = "the largest network first, then smaller kernels, depths and widths in stages (Once-for-All)"
    let valueLimit: Double? = nil

    init(_ supernet: Supernet, seed: Seed) {}

    func accumulate(_ step: SupernetStep) throws -> [Outcome] {
        var outcomes: [Outcome] = []
        let first = try step.sample(0)
        let soft = try softAnswer(step, at: first)
        for number in 0..<step.stage.networks {
            let genes = try number == 0 ? first : step.sample(number, like: (.resolution, first))
            let logits = try step.logits(genes)
            let hard = try step.loss(logits, genes)
            outcomes.append(try step.outcome(logits, genes, loss: hard))
            try (soft.map { try hard + logits.crossEntropy($0) } ?? hard).backward()
        }
        return outcomes
    }

    /// The teacher's probabilities `[N, classes]` at the resolution of `genes`.
    private func softAnswer(_ step: SupernetStep, at genes: [UInt8]) throws -> Tensor? {
        guard let teacher = step.teacher else { return nil }
        let space = teacher.space
        let largest = zip(space.dimensions, zip(space.largest, genes)).map { dimension, pair in
            dimension == .resolution ? pair.1 : pair.0
        }
        return try noGrad { try step.logits(largest, of: teacher).softmax() }
    }
}

extension Progressive {
    /// Its stages: `teacher`, `kernel`, `depth 1`… and `width 1`…, without those that the space does not have.
    ///
    /// - Throws: `TrainingError` where the space has nothing to shrink, or there are more stages than epochs.
    static func stages(of space: any ElasticSpace, epochs: Int) throws(TrainingError) -> [SupernetStage] {
        let drafts = drafts(of: space)
        guard space.hasSizes else {
            throw .recipe(
                "\(space.name) has no kernels, depths or widths to shrink: take the method sandwich or single_path")
        }
        guard epochs >= drafts.count else {
            throw .recipe(
                "progressive shrinking of \(space.name) has \(drafts.count) stages, and \(epochs) epochs do not give "
                    + "each one: train for \(drafts.count) epochs or more")
        }
        let shares = shares(of: epochs, among: drafts.map(\.share))
        return zip(drafts, shares).map { draft, epochs in
            SupernetStage(
                draft.name, epochs: epochs, course: .recipe(warmUp: draft.isWarmed ? 1.0 / 25 : nil),
                networks: draft.networks,
                choices: space.choices(draft.kernels, draft.depths, draft.widths), takesTeacher: draft.takesTeacher,
                sortsAtWidths: draft.sortsAtWidths)
        }
    }

    /// A stage before it is known how many epochs there are.
    private struct Draft {
        var name: String
        var share: Double
        var networks: Int
        var isWarmed = false
        var takesTeacher = false
        var sortsAtWidths: Int?
        /// How many of the choices, from the greatest on, are drawn from.
        var kernels = 1, depths = 1, widths = 1
    }

    private static func drafts(of space: any ElasticSpace) -> [Draft] {
        func choices(_ dimension: ElasticDimension) -> Int {
            zip(space.dimensions, space.genes).filter { $0.0 == dimension }.map { $0.1.choices.count }.max() ?? 1
        }
        let (kernels, depths, widths) = (choices(.kernel), choices(.depth), choices(.width))
        var drafts = [Draft(name: "teacher", share: 90, networks: 1)]
        if kernels > 1 {
            drafts.append(Draft(name: "kernel", share: 60, networks: 1, isWarmed: true, kernels: kernels))
        }
        for step in 1..<max(depths, 1) {
            drafts.append(shrinking("depth", step, of: depths - 1, share: 125, networks: 2))
            drafts[drafts.count - 1].kernels = kernels
            drafts[drafts.count - 1].depths = step + 1
        }
        for step in 1..<max(widths, 1) {
            var draft = shrinking("width", step, of: widths - 1, share: 375, networks: 4)
            (draft.kernels, draft.depths, draft.widths) = (kernels, depths, step + 1)
            draft.sortsAtWidths = step
            drafts.append(draft)
        }
        if drafts.count > 1 { drafts[1].takesTeacher = true }
        return drafts
    }

    private static func shrinking(_ name: String, _ step: Int, of steps: Int, share: Double, networks: Int) -> Draft {
        let isLast = step == steps
        return Draft(name: "\(name) \(step)", share: isLast ? share : 25, networks: networks, isWarmed: isLast)
    }

    /// `total` divided as `weights` are, each at least 1: what is left goes one by one to who lacks most.
    static func shares(of total: Int, among weights: [Double]) -> [Int] {
        var shares = weights.map { _ in 1 }
        let sum = weights.reduce(0, +)
        for _ in 0..<max(0, total - weights.count) {
            let lacks = zip(shares, weights).map { Double(total) * $1 / sum - Double($0) }
            let place = lacks.indices.max { lacks[$0] < lacks[$1] } ?? 0
            shares[place] += 1
        }
        return shares
    }
}

extension ElasticSpace {
    /// For each gene the greatest so many of its choices; all of resolutions and operations.
    fileprivate func choices(_ kernels: Int, _ depths: Int, _ widths: Int) -> [[UInt8]] {
        zip(dimensions, allChoices).map { dimension, choices in
            switch dimension {
            case .kernel: Array(choices.suffix(kernels))
            case .depth: Array(choices.suffix(depths))
            case .width: Array(choices.suffix(widths))
            case .resolution, .operation: choices
            }
        }
    }
}
