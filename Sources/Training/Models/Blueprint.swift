public import Networks
public import Statistics
public import Tensors

/// What a model is made from, as data: it may cross threads, on each of which a model of its own is then made.
public struct Blueprint: Sendable {
    /// The network, dead parts included.
    public let network: Network
    /// How weights begin, unless there is a state.
    public var initialization: Initialization
    /// Where the random numbers of the weights begin.
    public var seed: Seed
    /// What is done with nodes on no path from input to output.
    public var dead: Model.Dead
    /// Weights and statistics to begin with, in place of random ones.
    public private(set) var state: ModelState?

    /// A network with initial weights.
    public init(
        _ network: Network, initialization: Initialization = .standard, seed: Seed = Seed(0), dead: Model.Dead = .drop
    ) {
        self.network = network
        self.initialization = initialization
        self.seed = seed
        self.dead = dead
    }

    /// The same network with the weights and statistics of `state`.
    ///
    /// - Throws: ``StateError`` where they are not this network's.
    public func with(_ state: ModelState) throws(StateError) -> Blueprint {
        try state.check(against: network)
        var blueprint = self
        blueprint.state = state
        return blueprint
    }

    /// A new model.
    ///
    /// - Throws: `NetworkError` where dead parts are dropped and no path is left; `TensorError` where libtorch cannot be
    ///   opened or memory is short.
    public func model(dtype: DType = .float32, device: Device = .cpu, channelsLast: Bool = false) throws -> Model {
        try model(.init(dtype: dtype, device: device, dead: dead, channelsLast: channelsLast))
    }

    /// The state that is given or, without one, that a new model has: the whole network's, dead parts included.
    public func wholeState() throws -> ModelState { try state ?? model(.init(dead: .keep)).state() }

    private func model(_ options: Model.Options) throws -> Model {
        if let state { return try Model(network, state: state, options: options) }
        return try Model(network, initialization: initialization, seed: seed, options: options)
    }
}
