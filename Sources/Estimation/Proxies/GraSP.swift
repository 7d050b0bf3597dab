import Tensors

/// How much the flow of gradients would change without each weight.
///
/// With g = ∂L/∂W and its fixed copy ḡ,
///
///     z = Σ_l ⟨ḡ_l, g_l⟩,   value = Σ_l Σ −W_l ⊙ ∂z/∂W_l
///
/// One batch serves for both derivatives, at temperature 1. The derivative of a derivative is ill-conditioned in deep
/// chains of batch normalisation: `float32` is right to some per cent there, `dtype: float64` to many digits.
struct GraSP: LayerwiseProxy {
    let name = "grasp"
    let summary = "change of the gradient flow without each weight (second derivatives)"
    let citation = """
        C. Wang, G. Zhang and R. Grosse, "Picking Winning Tickets Before Training by Preserving Gradient Flow", ICLR 2020
        """
    let needs: Needs = .secondGradients

    func terms(of probe: Probe) throws -> [Double] {
        let passes = try probe.passes()
        let gradients = passes.weightGradients.compactMap(\.self)
        guard let first = gradients.first else { throw ProxyError.noGradient }
        let products = try gradients.map { try ($0 * $0.detached()).sum() }
        let flow = try products.dropFirst().reduce(products.first ?? first) { try $0 + $1 }
        let changes = try gradIfUsed([flow], passes.weights)
        return try noGrad {
            try zip(passes.weights, changes).map { weight, change in
                try change.map { try -(weight * $0).sum().item() } ?? 0
            }
        }
    }
}
