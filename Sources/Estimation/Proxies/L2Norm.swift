import Networks
import Tensors

/// The norms of the initial weights, added up over the layers.
///
///     Σ_l ‖W_l‖₂
///
/// PyTorch's initial weights give ‖W‖ ≈ √(outputs/3), so the value is a count of layers up to a little noise.
struct L2Norm: LayerwiseProxy {
    let name = "l2_norm"
    let summary = "sum of the norms of the initial weights"
    let citation = """
        M. S. Abdelfattah, A. Mehrotra, Ł. Dudziak and N. D. Lane, "Zero-Cost Proxies for Lightweight NAS", ICLR 2021
        """
    let needs: Needs = .weights
    let countsDeadParts = true

    func terms(of probe: Probe) throws -> [Double] {
        let layers = try probe.computed.nodes.filter(\.layer.isWeighted)
        return try noGrad {
            try layers.map { try probe.weights.tensor($0.parameters[0], of: $0.layer).norm().item() }
        }
    }
}
