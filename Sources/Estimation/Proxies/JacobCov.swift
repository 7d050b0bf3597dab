import Tensors

/// How differently the network reacts to the images of a batch.
///
/// With J = ∂(Σ logits)/∂x `[B, C·H·W]`, the eigenvalues v of the correlation matrix of its rows and ε = 10⁻⁵,
///
///     −Σ_i (log(v_i + ε) + 1/(v_i + ε))
///
/// at most about −B, for images of which no two react alike. The matrix is symmetric and of `float64`.
struct JacobCov: Proxy {
    let name = "jacob_cov"
    let summary = "how uncorrelated the input gradients of the images are"
    let citation = """
        J. Mellor, J. Turner, A. Storkey and E. J. Crowley, "Neural Architecture Search without Training", \
        arXiv:2006.04647v1, 2020
        """
    let needs: Needs = .inputGradient

    func value(of probe: Probe) throws -> Double {
        let correlation = try probe.passes().inputCorrelation()
        return try noGrad {
            let shifted = try correlation.eigvalsh() + 1e-5
            return try -(shifted.log() + shifted.reciprocal()).sum().item()
        }
    }
}

extension Passes {
    /// The correlation matrix `[B, B]`, of `float64`, of the images' gradients.
    func inputCorrelation() throws -> Tensor {
        guard let jacobian else { throw ProxyError.undefined("the logits do not depend on the images") }
        let correlation = try noGrad { try jacobian.detached().to(.float64).corrcoef() }
        guard try correlation.isFinite().all() else {
            throw ProxyError.undefined("the logits do not depend on some of the images")
        }
        return correlation
    }
}
