public import Networks
public import Spaces
public import Statistics
public import Tensors

/// All networks of an elastic space in one: each is a part of the shared tensors.
///
///     let net = try Supernet(OFASpace(blocks: 3), input: digits.inputShape, classes: 10, seed: Seed(0))
///     let model = try net.subnet(genes)             // shares tensors: gradients flow back to them
///     let blueprint = try net.extract(genes, calibratedOn: digits)    // a network of its own
///
/// It holds no running statistics: those of one network are of no use to another, so that every network is
/// recalibrated before it is judged (``SubnetJudge``) or taken out.
///
/// It belongs to one thread, as its tensors do. ``state()`` crosses threads.
public final class Supernet {
    /// What its networks are of.
    public let space: any ElasticSpace
    /// The images of the largest network, `[C, H, W]`.
    public let input: Shape
    /// How many classes they are told apart in.
    public let classes: Int
    /// How its networks compute.
    public let options: Model.Options
    /// The shared tensors, beside ``names``.
    public let tensors: [Tensor]

    let shared: SharedTensors
    private var plans: [[UInt8]: SubnetPlan] = [:]

    /// A supernet with first weights.
    ///
    /// - Throws: `NetworkError` where the images are too small for the space; `TensorError`.
    public init(
        _ space: any ElasticSpace, input: Shape? = nil, classes: Int? = nil,
        initialization: Initialization = .standard, seed: Seed = Seed(0), options: Model.Options = .init()
    ) throws {
        self.space = space
        (self.input, self.classes, self.options) = (input ?? space.input, classes ?? space.classes, options)
        shared = try SharedTensors(space, input: self.input, classes: self.classes)
        tensors = try shared.tensors(initialization, seed: seed, options: options)
    }

    private init(_ other: Supernet, _ tensors: [Tensor], options: Model.Options) {
        (space, input, classes) = (other.space, other.input, other.classes)
        (shared, self.tensors, self.options) = (other.shared, tensors, options)
    }

    /// The shared names of ``tensors``.
    public var names: [String] { shared.entries.map(\.name) }

    /// A fingerprint of the space, the images, the classes and the shared tensors' shapes: that of a supernet of which
    /// this one can take the state.
    public var fingerprint: String {
        let genes = space.genes.map { "\($0.name) \($0.choices)" }
        let tensors = shared.entries.map { "\($0.name) \($0.extents)" }
        let lines = ["\(space.name) \(input) \(classes)"] + genes + tensors
        return Seal.fingerprint(Array(lines.joined(separator: "\n").utf8))
    }

    /// The network of `genes` over the shared tensors: gradients of its parameters flow back to those.
    ///
    /// It has new statistics; `Model.Mode.batch` needs none.
    ///
    /// - Throws: `SpaceError` where the genes are outside of the space; `NetworkError` where no path leads through it.
    public func subnet(_ genes: [UInt8]) throws -> Model {
        try space.check(Architecture(space: space.name, genes: genes))
        return try path(genes, hasStatistics: true)
    }

    /// The same for genes that are inside, without a look.
    func path(_ genes: [UInt8], hasStatistics: Bool = false) throws -> Model {
        let plan = try plan(of: genes)
        return try Model(
            plan.plan, of: plan.original, plan.means, options: options, plan.parameters(of: tensors),
            hasStatistics: hasStatistics)
    }

    /// The images that the network of `genes` takes, `[C, H, W]`.
    public func input(of genes: [UInt8]) -> Shape { space.input(of: genes, within: input) }

    /// Whether a path leads through the network of genes inside the space.
    func isConnected(_ genes: [UInt8]) -> Bool { (try? plan(of: genes)) != nil }

    private func plan(of genes: [UInt8]) throws -> SubnetPlan {
        if let plan = plans[genes] { return plan }
        if plans.count >= 2_048 { plans = [:] }
        let plan = try SubnetPlan(genes, of: space, shared, input: input, classes: classes, options: options)
        plans[genes] = plan
        return plan
    }

    /// The same networks over copies of the tensors, or over these with other options.
    func copy() throws -> Supernet {
        Supernet(self, try tensors.map { try $0.detached().clone().requireGrad($0.requiresGrad) }, options: options)
    }

    /// The same tensors, of whose networks dead parts are computed too.
    func keepingDead() -> Supernet {
        var kept = options
        kept.dead = .keep
        return Supernet(self, tensors, options: kept)
    }
}

// MARK: - State

extension Supernet {
    /// The shared tensors as plain numbers by their shared names.
    public func state() throws -> ModelState {
        try ModelState(Array(zip(names, tensors).map { (name: $0, tensor: $1) }))
    }

    /// Takes the tensors of `state` over, in place.
    ///
    /// - Throws: ``StateError`` where they are those of another supernet.
    public func load(_ state: ModelState) throws {
        try check(state)
        try noGrad {
            for (name, tensor) in zip(names, tensors) { try tensor.assign(state[name]!.tensor()) }
        }
    }

    private func check(_ state: ModelState) throws(StateError) {
        let missing = names.filter { state[$0] == nil }
        let superfluous = state.entries.map(\.name).filter { shared.places[$0] == nil }
        let misshapen = shared.entries.compactMap { entry in
            state[entry.name].flatMap {
                $0.shape == entry.extents ? nil : "\(entry.name): \($0.shape), not \(entry.extents)"
            }
        }
        guard missing.isEmpty, superfluous.isEmpty, misshapen.isEmpty else {
            throw StateError(missing: missing, superfluous: superfluous, misshapen: misshapen)
        }
    }
}
