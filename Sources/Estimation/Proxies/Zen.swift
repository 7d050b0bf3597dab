import Glibc
import Networks
import Statistics
import Tensors
import Training

/// How strongly the features before pooling react to noise, with what batch normalisation takes away put back.
///
/// With weights from N(0, 1), images x and noise ε from N(0, 1) `[B, C, H, W]`, the features f before the global pool
/// in training mode, and σ² a normalisation's running variance after the two passes (momentum 0.1, from 1),
///
///     log(1/B · Σ_n Σ_chw |f(x) − f(x + 0.01 ε)|) + Σ_BN log √(mean_c σ²)
///
/// The batch gives only the number and the shape of the images. One draw is made; `repeat` averages several.
struct Zen: Proxy {
    let name = "zen"
    let summary = "log of the features' reaction to noise, for Gaussian weights"
    let citation = """
        M. Lin, P. Wang, Z. Sun, H. Chen, X. Sun, Q. Qian, H. Li and R. Jin, "Zen-NAS: A Zero-Shot NAS for \
        High-Performance Image Recognition", ICCV 2021, algorithm 1
        """
    let needs: Needs = .images
    let countsDeadParts = true

    func value(of probe: Probe) throws -> Double {
        let options = Model.Options(dtype: probe.weights.dtype, dead: probe.dead, channelsLast: true)
        let model = try Model(
            probe.network, initialization: .normal, seed: probe.seed.derived("zen weights"), options: options)
        func draw(_ label: Seed.Label) throws -> Tensor {
            let generator = try Generator(seed: probe.seed.derived(label).value)
            return try Tensor.randn(probe.batch.shape, using: generator).to(options.dtype)
        }
        return try Zen.value(of: model, draw("zen images"), noise: draw("zen noise"), checkpoint: probe.checkCancelled)
    }

    /// The value for given weights, images `[B, C, H, W]` and noise of the same shape.
    static func value(
        of model: Model, _ images: Tensor, noise: Tensor, checkpoint: () throws -> Void = {}
    ) throws -> Double {
        try noGrad {
            let before = try features(of: model, images, checkpoint)
            let after = try features(of: model, images + noise * 0.01, checkpoint)
            let reaction = try (before - after).norm(order: 1).item() / Double(images.shape[0])
            let scale = try model.runningVariances.reduce(0) { try $0 + log($1.mean().item()) / 2 }
            return log(reaction) + scale
        }
    }

    private static func features(
        of model: Model, _ images: Tensor, _ checkpoint: () throws -> Void
    ) throws -> Tensor {
        var features: Tensor?
        try withoutActuallyEscaping(checkpoint) { checkpoint in
            _ = try model.forward(images, mode: .training) { flow in
                try checkpoint()
                if flow.node.layer == .globalAveragePool { features = flow.input }
                return nil
            }
        }
        guard let features else { throw ProxyError.undefined("the network has no global average pool") }
        return features
    }
}
