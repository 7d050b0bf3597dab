public import Networks
public import Statistics
public import Tensors

/// A network that computes: a graph with its parameters and statistics as tensors.
///
/// Parameters have the names of the authors' PyTorch modules, so a checkpoint of theirs can be read by name.
///
/// A model belongs to one thread, as its tensors do; many models may compute on many threads at once. For that each
/// thread should call `Torch.setThreads(1)` itself before its first tensor: libtorch keeps the number of threads of an
/// operation per thread, and a thread takes over the number that was set last, by whichever thread, only when it first
/// computes something.
public final class Model {
    /// What is done with nodes on no path from input to output.
    public enum Dead: String, Sendable, CaseIterable {
        /// They are left out, with their parameters.
        case drop
        /// They are computed, and a `zero` multiplies its input by 0 as in the authors' code: what leads nowhere then
        /// has gradients of zero instead of none, and statistics.
        case keep
    }

    /// How a model is made.
    public struct Options: Sendable, Hashable {
        /// The type of parameters and activations: `float32` or `float64`.
        public var dtype: DType
        /// Where it computes.
        public var device: Device
        /// What is done with nodes on no path.
        public var dead: Dead
        /// Whether activations and weights lie with their channels next to each other in memory.
        public var channelsLast: Bool

        /// Options, by default for a model of `float32` in main memory that computes what is alive.
        ///
        /// - Parameter channelsLast: faster in `float32`, but libtorch sums less exactly in a batch normalisation then:
        ///   gradients of three first networks of NAS-Bench-201 were 10 to 1,500 times as far from those in `float64`,
        ///   which came to 0.3 to 0.8 % of their norm; PyTorch's `channels_last` does the same. Slower in `float64`.
        public init(
            dtype: DType = .float32, device: Device = .cpu, dead: Dead = .drop, channelsLast: Bool = false
        ) {
            self.dtype = dtype
            self.device = device
            self.dead = dead
            self.channelsLast = channelsLast
        }
    }

    /// How it was made.
    public let options: Options
    /// The network as it was given, dead parts included.
    public let original: Network
    /// The trainable tensors in execution order, beside `parameterNames`.
    public internal(set) var parameters: [Tensor]
    let plan: Plan
    /// For each step of the plan the mean that it computes, where that is done by a convolution.
    let means: [DepthwiseMean?]
    var statistics: [RunningStatistics]
    /// By how much running statistics move towards a batch's: PyTorch's 0.1.
    var momentum = 0.1

    /// The model of `network` with initial weights.
    ///
    /// - Throws: `NetworkError` where dead parts are dropped and nothing is left; `TensorError` where libtorch cannot
    ///   be opened or memory is short.
    public convenience init(
        _ network: Network, initialization: Initialization = .standard, seed: Seed = Seed(0),
        options: Options = Options()
    ) throws {
        try self.init(network, options: options) { parameter, layer in
            try initialization.tensor(for: parameter, of: layer, seed: seed)
        }
    }

    /// The model of `network` with `make` called for each of its parameters.
    public init(_ network: Network, options: Options, _ make: (Parameter, Layer) throws -> Tensor) throws {
        self.options = options
        original = network
        plan = Plan(options.dead == .drop ? try network.live() : network)
        parameters = try plan.parameters.map { try options.place(make($0.parameter, $0.layer)).requireGrad() }
        statistics = try plan.norms.map { try RunningStatistics($0.channels, options) }
        means = try DepthwiseMean.all(in: plan, options)
    }

    /// A model of a plan over tensors that are already there. Without statistics it normalises with a batch's only.
    init(
        _ plan: Plan, of original: Network, _ means: [DepthwiseMean?], options: Options, _ parameters: [Tensor],
        hasStatistics: Bool
    ) throws {
        (self.plan, self.original, self.means, self.options) = (plan, original, means, options)
        self.parameters = parameters
        statistics = try hasStatistics ? plan.norms.map { try RunningStatistics($0.channels, options) } : []
    }

    /// The same model with other parameters; statistics are new.
    private init(_ model: Model, _ parameters: [Tensor]) throws {
        options = model.options
        original = model.original
        plan = model.plan
        means = model.means
        self.parameters = parameters
        statistics = try plan.norms.map { try RunningStatistics($0.channels, model.options) }
    }

    /// The network that is computed: the original, without its dead parts where these are dropped. Node indices refer
    /// to it.
    public var network: Network { plan.network }

    /// The names of `parameters`.
    public var parameterNames: [String] { plan.parameters.map(\.parameter.name) }

    /// The places among `parameters` of the weights of convolutions and linear layers, in execution order.
    public var weightPlaces: [Int] {
        plan.steps.compactMap { network.nodes[$0.node].layer.isWeighted ? $0.weight : nil }
    }

    /// The weights of convolutions and linear layers in execution order.
    public var weights: [Tensor] { weightPlaces.map { parameters[$0] } }

    /// The place among `parameters` of the weight of node `index`.
    public func weightPlace(of index: Int) -> Int? { plan.steps[index - 1].weight }

    /// The running variances `[C]` of all batch normalisations, in execution order.
    public var runningVariances: [Tensor] { statistics.map(\.variance) }

    /// Has gradients recorded for all parameters, or for none.
    public func requireGradients(_ on: Bool) throws {
        for parameter in parameters { try parameter.requireGrad(on) }
    }

    /// A model of the same network whose parameters are made of this one's, such as their magnitudes. It shares the
    /// tensors that `transform` returns unchanged, has gradients recorded as they have, and new statistics.
    public func mapping(_ transform: (Tensor) throws -> Tensor) throws -> Model {
        try Model(self, parameters.map(transform))
    }
}

extension Model.Options {
    /// A tensor of this type, on this device, in this order in memory.
    func place(_ tensor: Tensor) throws(TensorError) -> Tensor {
        let placed = try tensor.to(dtype, device: device)
        return channelsLast && placed.rank == 4 ? try placed.channelsLast() : placed
    }
}

/// The mean and variance `[C]` that a batch normalisation has seen.
struct RunningStatistics {
    var mean: Tensor, variance: Tensor
    /// How many batches it has seen: PyTorch's `num_batches_tracked`.
    var batches = 0

    init(_ channels: Int, _ options: Model.Options) throws(TensorError) {
        mean = try Tensor.zeros([channels], dtype: options.dtype, device: options.device)
        variance = try Tensor.ones([channels], dtype: options.dtype, device: options.device)
    }
}
