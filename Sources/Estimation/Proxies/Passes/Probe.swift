public import Networks
public import Statistics
import Tensors
public import Training

// Notation: B images of a batch, x their tensor [B, C, H, W], L the mean cross-entropy of the logits, W the weight of a
// convolution or linear layer, a its result.

/// One network under examination: it makes the passes that proxies share, each once and when it is first needed.
///
/// Batch normalisation uses the batch's own statistics throughout. It belongs to one thread.
public final class Probe {
    /// The network as the space gives it, dead parts included.
    public let network: Network
    /// What is done with its dead parts.
    public let dead: Model.Dead
    /// Where its weights come from.
    let weights: Weights
    /// Where proxies that draw their own weights or inputs begin.
    let seed: Seed
    private let examples: Examples?
    private let needs: Needs
    private let cancelled: () -> Bool

    /// - Parameters:
    ///   - weights: of this network, or of all networks of its space.
    ///   - examples: the batch; may be left out where no proxy ``Needs/readsBatch``.
    ///   - needs: of all the proxies that will be asked.
    ///   - cancelled: asked between layers; once it says true, passes end with a `CancellationError`.
    public init(
        _ network: Network, weights: Weights, examples: Examples?, needs: Needs, dead: Model.Dead = .drop,
        seed: Seed = Seed(0), cancelled: @escaping () -> Bool = { false }
    ) {
        (self.network, self.weights, self.examples, self.dead) = (network, weights, examples, dead)
        (self.needs, self.seed, self.cancelled) = (needs, seed, cancelled)
    }

    /// The network that is computed: the live part, unless dead parts are kept.
    public var computed: Network { get throws { try parts.get() } }
    private lazy var parts = Result { try dead == .drop ? network.live() : network }

    /// The model with the initial weights.
    var model: Model { get throws { try built.get() } }
    private lazy var built = Result { try weights.model(of: network, dead: dead) }

    /// The names of the layers over whose weights proxies sum: convolutions and linear layers, in execution order.
    public var layers: [String] { get throws { try computed.nodes.filter(\.layer.isWeighted).map(\.name) } }

    /// The batch.
    var batch: Examples {
        get throws {
            guard let examples else { throw ProxyError.undefined("this proxy needs a batch of images") }
            return examples
        }
    }

    /// What the shared passes found.
    func passes() throws -> Passes { try sharedPasses.get() }
    private lazy var sharedPasses = Result {
        try Passes(try model, try batch, needs: needs) { try self.checkCancelled() }
    }

    /// Ends a computation that nobody waits for any more.
    func checkCancelled() throws {
        if cancelled() { throw CancellationError() }
    }
}
