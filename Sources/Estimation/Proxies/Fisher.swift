import Tensors

/// An estimate of the information in each channel, times the weights that lead to it.
///
/// With the result a of a layer, z = ∂L/∂a, and images n of N,
///
///     Δ_k = ½ · 1/N · Σ_n (Σ_hw a_nk ⊙ z_nk)²,   value = Σ_l fan-in_l · Σ_k Δ_k
///
/// The factor fan-in_l (the weights of one output) comes from the reference code, which spreads Δ_k over the weights
/// before it sums.
struct Fisher: LayerwiseProxy {
    let name = "fisher"
    let summary = "Fisher information of the channels, weighted by fan-in"
    let citation = """
        L. Theis, I. Korshunova, A. Tejani and F. Huszár, "Faster Gaze Prediction with Dense Networks and Fisher \
        Pruning", arXiv:1801.05787, 2018; J. Turner et al., "BlockSwap: Fisher-Guided Block Substitution for Network \
        Compression on a Budget", ICLR 2020
        """
    let needs: Needs = .outputGradients

    func terms(of probe: Probe) throws -> [Double] {
        let passes = try probe.passes()
        return try noGrad {
            try zip(passes.weights, zip(passes.outputs, passes.outputGradients)).map { weight, layer in
                guard let gradient = layer.1 else { return 0 }
                let fanIn = weight.count / weight.shape[0]
                return try Double(fanIn) * information(layer.0, gradient)
            }
        }
    }

    /// Σ_k Δ_k of the result `a` `[N, C, H, W]` or `[N, C]` and its gradient `z`.
    private func information(_ a: Tensor, _ z: Tensor) throws -> Double {
        let product = try a * z
        let perChannel = try product.rank == 4 ? product.sum(2, 3) : product
        return try 0.5 * perChannel.square().mean(0).sum().item()
    }
}
