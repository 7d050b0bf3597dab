import Networks
import Tensors
import Training

/// One forward pass and at most two backward ones, from which every gradient proxy takes what it needs.
///
/// The loss is differentiated once, for weights and activations together, and the sum of the logits once, for the images
/// alone. What no proxy needs is not computed: libtorch leaves out the gradients of tensors that are not asked for.
struct Passes {
    /// The weights W of the layers.
    let weights: [Tensor]
    /// ∂L/∂W of each layer, `nil` where L does not depend on it.
    private(set) var weightGradients: [Tensor?] = []
    /// The results a of the layers, `[B, C, H, W]`, or `[B, C]` of a linear one.
    private(set) var outputs: [Tensor] = []
    /// ∂L/∂a of each layer.
    private(set) var outputGradients: [Tensor?] = []
    /// ∂(Σ logits)/∂x, `[B, C·H·W]`.
    private(set) var jacobian: Tensor?
    /// For each two images in how many places of all ReLUs both or neither are positive, `[B, B]` of `float64`.
    private(set) var agreement: Tensor?
    /// The classes of the images.
    let targets: [Int]

    init(_ model: Model, _ batch: Examples, needs: Needs, checkpoint: @escaping () throws -> Void) throws {
        weights = model.weights
        targets = batch.targets
        let images = try batch.imageTensor(model.options.dtype)
        try Passes.record(needs, model, images)
        var outputs: [Tensor] = []
        var patterns = ActivationPatterns()
        let isDifferentiated = !needs.isDisjoint(with: [.lossGradients, .inputGradient])
        func run() throws -> Tensor {
            try model.forward(images, mode: .batch) { flow in
                try checkpoint()
                if needs.contains(.activationPatterns), case .activation = flow.node.layer {
                    try patterns.add(flow.input, from: flow.node.inputs[0])
                }
                guard needs.contains(.outputGradients), flow.node.layer.isWeighted else { return nil }
                if !flow.output.requiresGrad { try flow.output.requireGrad() }
                outputs.append(flow.output)
                return nil
            }
        }
        let logits = try isDifferentiated ? run() : noGrad(run)
        self.outputs = outputs
        agreement = try patterns.agreement()
        try checkpoint()
        if !needs.isDisjoint(with: .lossGradients) { try differentiateLoss(of: logits, batch, needs) }
        try checkpoint()
        if needs.contains(.inputGradient) {
            jacobian = try gradIfUsed([logits.sum()], [images], keepGraph: needs.contains(.secondGradients))[0]?
                .flattened(1)
        }
    }

    /// Has gradients recorded for what they are asked of, and for nothing else.
    private static func record(_ needs: Needs, _ model: Model, _ images: Tensor) throws {
        try model.requireGradients(false)
        if !needs.isDisjoint(with: [.weightGradients, .secondGradients]) {
            for weight in model.weights { try weight.requireGrad() }
        }
        if needs.contains(.inputGradient) { try images.requireGrad() }
    }

    private mutating func differentiateLoss(of logits: Tensor, _ batch: Examples, _ needs: Needs) throws {
        let loss = try logits.crossEntropy(batch.targetTensor())
        let asksWeights = !needs.isDisjoint(with: [.weightGradients, .secondGradients])
        let gradients = try gradIfUsed(
            [loss], (asksWeights ? weights : []) + outputs, keepGraph: needs.contains(.inputGradient),
            createGraph: needs.contains(.secondGradients))
        let split = asksWeights ? weights.count : 0
        weightGradients = Array(gradients[..<split])
        outputGradients = Array(gradients[split...])
    }

    /// The sum over the elements of what `term` makes of each layer's weight and its gradient, 0 without one.
    func sums(_ term: (_ weight: Tensor, _ gradient: Tensor) throws -> Tensor) throws -> [Double] {
        guard weightGradients.contains(where: { $0 != nil }) else { throw ProxyError.noGradient }
        return try noGrad {
            try zip(weights, weightGradients).map { weight, gradient in
                try gradient.map { try term(weight, $0).item() } ?? 0
            }
        }
    }
}

/// Counts, for each two images of a batch, the places of ReLUs where their inputs have the same sign.
///
/// With the patterns b ∈ {0, 1}^D as rows of b `[B, D]` and their sums s = diag(b bᵀ), the number of equal places is
/// b bᵀ + (1 − b)(1 − b)ᵀ = 2 b bᵀ − s 1ᵀ − 1 sᵀ + D: one product of matrices. Several ReLUs that read the same result
/// count several times; their patterns are compared once.
struct ActivationPatterns {
    private var readers: [Int: Int] = [:]
    private var counts: [(node: Int, positive: Tensor, places: Int)] = []

    /// Counts the input `[B, …]` of a ReLU, the result of node `node`.
    mutating func add(_ input: Tensor, from node: Int) throws {
        readers[node, default: 0] += 1
        guard readers[node] == 1 else { return }
        try noGrad {
            // In the order of memory, channels last: nothing is copied.
            let rows = try (input.rank == 4 ? input.permuted(0, 2, 3, 1) : input).flattened(1)
            let pattern = try (rows .> 0).to(.float32)
            let positive = try pattern.matmul(pattern.transposed()).to(.float64)
            counts.append((node, positive, rows.shape[1]))
        }
    }

    /// The number of equal places `[B, B]`, or `nil` where there was no ReLU.
    func agreement() throws -> Tensor? {
        try noGrad {
            var sum: Tensor?
            for (node, positive, places) in counts {
                let own = try (positive * Tensor.eye(positive.shape[0], dtype: .float64)).sum(1, keep: true)
                let equal = try (2 * positive - own - own.transposed() + places) * readers[node]!
                sum = try sum.map { try $0 + equal } ?? equal
            }
            return sum
        }
    }
}
