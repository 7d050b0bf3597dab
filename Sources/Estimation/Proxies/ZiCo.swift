import Glibc
import Networks
import Tensors

/// How steady the gradients are from one batch to the next.
///
/// With |g| the mean magnitude and s the standard deviation (of the population) of each weight's gradient over batches,
///
///     Σ_l log Σ_{w: s > 0} mean|g_w| / s_w
///
/// The paper's code takes two batches; here they are the two halves of the one batch, an odd last image left out.
struct ZiCo: LayerwiseProxy {
    let name = "zico"
    let summary = "steadiness of the gradients between two halves of the batch"
    let citation = """
        G. Li, Y. Yang, K. Bhardwaj and R. Marculescu, "ZiCo: Zero-Shot NAS via Inverse Coefficient of Variation on \
        Gradients", ICLR 2023, eq. 17
        """
    let needs: Needs = .images

    func terms(of probe: Probe) throws -> [Double] {
        let batch = try probe.batch
        guard batch.count >= 4 else { throw ProxyError.undefined("a batch of at least 4 images is needed") }
        let half = batch.count / 2
        let passes = try [batch.part(0..<half), batch.part(half..<2 * half)].map { part in
            try Passes(probe.model, part, needs: .weightGradients) { try probe.checkCancelled() }
        }
        let terms = try noGrad {
            try zip(passes[0].weightGradients, passes[1].weightGradients).map { first, second in
                guard let first, let second else { return 0.0 }
                return try steadiness(first, second)
            }
        }
        guard terms.contains(where: { $0 != 0 }) else { throw ProxyError.noGradient }
        return terms
    }

    /// The term of one layer: of two numbers, the standard deviation is half of their distance.
    private func steadiness(_ first: Tensor, _ second: Tensor) throws -> Double {
        let magnitude = try (first.abs() + second.abs()) / 2
        let deviation = try (first - second).abs() / 2
        let ratio = try (deviation .> 0).select(magnitude / deviation, else: magnitude.zerosLike())
        let sum = try ratio.sum().item()
        return sum == 0 ? 0 : log(sum)
    }
}

extension Examples {
    /// The images of these numbers, with their targets.
    func part(_ range: Range<Int>) -> Examples {
        let size = images.count / count
        return Examples(
            shape: [range.count] + shape.dropFirst(),
            images: Array(images[range.lowerBound * size..<range.upperBound * size]), targets: Array(targets[range]))
    }
}
