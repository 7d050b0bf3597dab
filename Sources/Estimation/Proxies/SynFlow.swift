import Networks
import Tensors
import Training

/// The flow of signal through all paths, for an input of ones and weights made positive.
///
/// With |w| for every weight, batch normalisation bypassed, and R the sum of the logits for one image of ones,
///
///     Σ_l Σ |w_l| ⊙ ∂R/∂|w_l|
///
/// The value has no logarithm: it is of the order of 10⁵⁰ for large networks. See ``PathFlow`` for how it is computed
/// without derivatives. A bias is no weight here, though it adds to R.
struct SynFlow: LayerwiseProxy {
    let name = "synflow"
    let summary = "signal through all paths of positive weights, without batch norm"
    let citation = """
        H. Tanaka, D. Kunin, D. L. K. Yamins and S. Ganguli, "Pruning Neural Networks without Any Data by Iteratively \
        Conserving Synaptic Flow", NeurIPS 2020, eq. 5
        """
    let needs: Needs = .weights

    func value(of probe: Probe) throws -> Double {
        let network = try probe.network.live()
        let value =
            PathFlow.applies(to: network)
            ? try PathFlow(network, probe.weights) { try probe.checkCancelled() }.value()
            : try terms(of: probe).reduce(0, +)
        guard value != 0 else { throw ProxyError.noGradient }
        return value
    }

    /// By derivatives in `float64`, as the reference computes it: for networks whose layers are not all linear in what
    /// is positive, and to know each layer's part.
    func terms(of probe: Probe) throws -> [Double] { try probe.synapticTerms(mode: .unnormalized) }
}

/// ``SynFlow`` with batch normalisation, by the statistics of the one image of ones.
///
///     Σ_l Σ |w_l ⊙ ∂R/∂w_l|   for |w| in place of w
struct SynFlowBN: LayerwiseProxy {
    let name = "synflow_bn"
    let summary = "synflow with batch norm kept"
    let citation = """
        M. S. Abdelfattah, A. Mehrotra, Ł. Dudziak and N. D. Lane, "Zero-Cost Proxies for Lightweight NAS", ICLR 2021
        """
    let needs: Needs = .weights

    func terms(of probe: Probe) throws -> [Double] { try probe.synapticTerms(mode: .batch) }
}

extension Probe {
    /// Σ |w ⊙ ∂R/∂w| of each layer for positive parameters, in `float64`.
    fileprivate func synapticTerms(mode: Model.Mode) throws -> [Double] {
        let input = try computed.input
        let model = try model.doubled { try $0.abs() }
        let ones = try Tensor.ones([1, input.channels, input.height, input.width], dtype: .float64)
        let logits = try model.forward(ones, mode: mode) { _ in
            try self.checkCancelled()
            return nil
        }
        let gradients = try gradIfUsed([logits.sum()], model.weights)
        return try noGrad {
            try zip(model.weights, gradients).map { weight, gradient in
                try gradient.map { try (weight * $0).norm(order: 1).item() } ?? 0
            }
        }
    }
}

extension Model {
    /// The model of `float64` with what `transform` makes of each parameter.
    func doubled(_ transform: (Tensor) throws -> Tensor) throws -> Model {
        var options = options
        options.dtype = .float64
        let own = Dictionary(uniqueKeysWithValues: zip(parameterNames, parameters))
        return try Model(original, options: options) { parameter, _ in
            guard let tensor = own[parameter.name] else { throw ProxyError.undefined("no weight \(parameter.name)") }
            return try noGrad { try transform(tensor.detached()).to(.float64) }
        }
    }
}
