import Tensors

/// How much the loss would change without each weight, by its first derivative.
///
///     Σ_l Σ |W_l ⊙ ∂L/∂W_l|
///
/// The paper's derivative by a mask c = 1 on each weight is W ⊙ ∂L/∂W; its normalisation is left out, as it would make
/// all networks equal.
struct SNIP: LayerwiseProxy {
    let name = "snip"
    let summary = "sum of |weight × gradient|: the first-order change of the loss without each weight"
    let citation = """
        N. Lee, T. Ajanthan and P. H. S. Torr, "SNIP: Single-Shot Network Pruning Based on Connection Sensitivity", \
        ICLR 2019
        """
    let needs: Needs = .weightGradients

    func terms(of probe: Probe) throws -> [Double] {
        try probe.passes().sums { weight, gradient in try (weight * gradient).norm(order: 1) }
    }
}
