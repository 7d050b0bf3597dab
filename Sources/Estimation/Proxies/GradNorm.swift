import Tensors

/// The norms of the gradients, added up over the layers.
///
///     Σ_l ‖∂L/∂W_l‖₂
///
/// The sum of the norms, not the norm of all gradients.
struct GradNorm: LayerwiseProxy {
    let name = "grad_norm"
    let summary = "sum of the norms of the weights' gradients"
    let citation = """
        M. S. Abdelfattah, A. Mehrotra, Ł. Dudziak and N. D. Lane, "Zero-Cost Proxies for Lightweight NAS", ICLR 2021
        """
    let needs: Needs = .weightGradients

    func terms(of probe: Probe) throws -> [Double] {
        try probe.passes().sums { _, gradient in try gradient.norm() }
    }
}
