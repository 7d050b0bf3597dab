/// A guess of how well a network will do, made without training it.
///
/// To add one, write a type with its paper, its equation and its code in a file of its own, and put it into
/// ``Proxies/all``. All proxies are such that greater is better, as in their papers.
public protocol Proxy: Sendable {
    /// The name by which it is called, and its column's.
    var name: String { get }
    /// What it measures, in one line.
    var summary: String { get }
    /// The paper that defines it, in full.
    var citation: String { get }
    /// What it reads, from which a ``Probe`` knows the passes to make, each once for all proxies.
    var needs: Needs { get }
    /// Whether parts of the network that lie on no path change its value when they are kept.
    var countsDeadParts: Bool { get }

    /// The value of the network under examination.
    ///
    /// - Throws: ``ProxyError`` where it has none; `TensorError` where memory is short.
    func value(of probe: Probe) throws -> Double
}

extension Proxy {
    /// What has no gradient and no signal changes nothing, in most proxies.
    public var countsDeadParts: Bool { false }
}

/// A proxy that is a sum over the weights of convolutions and linear layers.
public protocol LayerwiseProxy: Proxy {
    /// Its terms, one for each of ``Probe/layers``.
    func terms(of probe: Probe) throws -> [Double]
}

extension LayerwiseProxy {
    /// The sum of the terms.
    public func value(of probe: Probe) throws -> Double { try terms(of: probe).reduce(0, +) }
}

/// What a proxy reads of a network.
public struct Needs: OptionSet, Sendable {
    /// A bit for each thing.
    public let rawValue: Int

    /// The things whose bits are set.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// The graph alone: no tensor at all.
    public static let graph: Needs = []
    /// The initial weights.
    public static let weights = Needs(rawValue: 1)
    /// The images of the batch, or random ones of their shape.
    public static let images = Needs(rawValue: 2)
    /// ∂L/∂W, L being the mean cross-entropy of the batch.
    public static let weightGradients = Needs(rawValue: 4)
    /// ∂L/∂a of the result a of every convolution and linear layer.
    public static let outputGradients = Needs(rawValue: 8)
    /// ∂(Σ logits)/∂x of the images x.
    public static let inputGradient = Needs(rawValue: 16)
    /// Which inputs of the ReLUs are positive.
    public static let activationPatterns = Needs(rawValue: 32)
    /// ∂L/∂W in a form that can be differentiated again.
    public static let secondGradients = Needs(rawValue: 64)

    /// What comes out of the forward pass that proxies share.
    static let sharedForward: Needs = [
        .weightGradients, .outputGradients, .inputGradient, .activationPatterns, .secondGradients,
    ]
    /// What comes out of a shared backward pass of the loss.
    static let lossGradients: Needs = [.weightGradients, .outputGradients, .secondGradients]

    /// Whether labels of the images matter.
    public var readsTargets: Bool { !isDisjoint(with: .lossGradients) }
    /// Whether the batch matters, be it only by its shape.
    public var readsBatch: Bool { contains(.images) || !isDisjoint(with: .sharedForward) }
}
