import Tensors

/// Weights times their gradients, with their signs.
///
///     Σ_l Σ W_l ⊙ ∂L/∂W_l
///
/// A convolution before a batch normalisation can be scaled without changing the loss, so its term is zero up to
/// rounding: only the classifier and convolutions without a normalisation count.
struct Plain: LayerwiseProxy {
    let name = "plain"
    let summary = "sum of weight × gradient, signed"
    let citation = """
        M. C. Mozer and P. Smolensky, "Skeletonization: A Technique for Trimming the Fat from a Network via Relevance \
        Assessment", NIPS 1988; in this form M. S. Abdelfattah et al., "Zero-Cost Proxies for Lightweight NAS", ICLR 2021
        """
    let needs: Needs = .weightGradients

    func terms(of probe: Probe) throws -> [Double] {
        try probe.passes().sums { weight, gradient in try (weight * gradient).sum() }
    }
}
