import Tensors

/// How alike the network's reactions to images of one class are.
///
/// With the rows J_c of J = ∂(Σ logits)/∂x `[B, C·H·W]` that belong to class c, R_c their correlation matrix and
/// ε = 10⁻⁵,
///
///     Σ_c |Σ_ij log(|R_c,ij| + ε)|
///
/// over the classes that occur in the batch (the reference takes other means for more than 100). The diagonal is
/// included, and a class with one image counts log(1 + ε).
struct EPENAS: Proxy {
    let name = "epe_nas"
    let summary = "correlation of the input gradients within each class"
    let citation = """
        V. Lopes, S. Alirezazadeh and L. A. Alexandre, "EPE-NAS: Efficient Performance Estimation Without Training for \
        Neural Architecture Search", ICANN 2021
        """
    let needs: Needs = .inputGradient

    func value(of probe: Probe) throws -> Double {
        let passes = try probe.passes()
        let rows = try passes.inputCorrelation()
        let classes = Dictionary(grouping: passes.targets.indices) { passes.targets[$0] }
        return try noGrad {
            // The correlation of two rows does not depend on the others: a class is a block of the whole matrix.
            try classes.keys.sorted().reduce(0) { sum, label in
                let places = try Tensor(classes[label]!)
                let block = try rows.picked(places, dim: 0).picked(places, dim: 1)
                return try sum + abs((block.abs() + 1e-5).log().sum().item())
            }
        }
    }
}
