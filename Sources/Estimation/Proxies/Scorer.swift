import Dispatch
public import Networks
public import Spaces
public import Statistics
public import Tensors
public import Training

/// Scores networks by zero-cost proxies: in parallel, one thread of libtorch each, with passes shared among proxies.
///
/// The result depends on no number of threads. What is the same in many networks is made once: initial weights (common
/// random numbers), and the scores of architectures whose live parts are the same graph with the same weights.
public struct Scorer: Sendable {
    /// How networks begin and are computed.
    public struct Options: Sendable, Hashable {
        /// Of weights and activations: `float32` or `float64`.
        public var dtype = DType.float32
        /// How weights begin.
        public var initialization = Initialization.standard
        /// Where weights and random inputs begin; the same seed gives every network the same weights in the same place.
        public var seed = Seed(0)
        /// How many seeds a score is the mean of; the first is `seed`.
        public var repeats = 1
        /// What is done with nodes on no path.
        public var dead = Model.Dead.drop

        /// The defaults.
        public init() {}
    }

    /// The proxies, in the order of their scores.
    public let proxies: [any Proxy]
    /// How networks begin and are computed.
    public let options: Options
    private let examples: Examples?
    private let needs: Needs

    /// - Parameter examples: the batch; may be left out where no proxy reads one.
    public init(_ proxies: [any Proxy], examples: Examples? = nil, options: Options = Options()) {
        (self.proxies, self.examples, self.options) = (proxies, examples, options)
        needs = proxies.reduce(Needs.graph) { $0.union($1.needs) }
    }

    /// The scores of the rows of `matrix`: for each row one of each proxy.
    ///
    /// A network that fails gets the reason in place of its scores, and the others go on.
    /// - Parameters:
    ///   - input: the shape of an image; by default that of the batch, or else the space's own.
    ///   - classes: how many classes the networks tell apart; the space's own unless given.
    ///   - progress: called with the number of rows done, from any thread, one at a time.
    ///   - cancelled: asked between layers of a network.
    /// - Throws: `CancellationError` once `cancelled` says true.
    public func scores(
        of matrix: GeneMatrix, in space: any Space, input: Shape? = nil, classes: Int? = nil,
        progress: @escaping @Sendable (Int) -> Void = { _ in }, cancelled: @escaping @Sendable () -> Bool = { false }
    ) throws -> [[Score]] {
        let shape = input ?? examples?.imageShape ?? space.input
        let network: @Sendable (Int) throws -> Network = {
            try space.network(for: matrix[$0], input: shape, classes: classes)
        }
        let keys = try Parallel.map(matrix.count, cancelled: cancelled) { key(ofRow: $0, network) }
        let groups = Groups(keys)
        let workers = Workers { Worker(self, cancelled) }
        let counter = Counter(progress)
        let scores = try Parallel.map(groups.first.count, chunk: 1, cancelled: cancelled) { group in
            let scores = try workers.use { try $0.scores { try network(groups.first[group]) } }
            counter.add(groups.sizes[group])
            return scores
        }
        return groups.group.map { scores[$0] }
    }

    /// The scores of `model`, with the weights that it has.
    ///
    /// - Throws: `CancellationError` once `cancelled` says true; `TensorError`.
    public func scores(of model: Model, cancelled: @escaping () -> Bool = { false }) throws -> [Score] {
        let weights = try Weights(of: model, dtype: options.dtype)
        return try scores(of: model.original, weights, seed: options.seed, cancelled)
    }

    func scores(
        of network: Network, _ weights: Weights, seed: Seed, _ cancelled: @escaping () -> Bool
    ) throws -> [Score] {
        let probe = Probe(
            network, weights: weights, examples: examples, needs: needs, dead: options.dead, seed: seed,
            cancelled: cancelled)
        // Without a path there is nothing to compute: the graph says so before anything runs.
        let isDead = options.dead == .drop && !network.isConnected
        return try proxies.map { proxy in
            if isDead && proxy.needs != .graph { return .none("\(ProxyError.disconnected)") }
            return try Score { try proxy.value(of: probe) }
        }
    }

    /// Equal for rows with equal scores: the same live graph, if no proxy looks at dead parts.
    private func key(ofRow row: Int, _ network: (Int) throws -> Network) -> Key {
        let seesDeadParts = options.dead == .keep || proxies.contains { $0.needs == .graph && $0.countsDeadParts }
        guard !seesDeadParts, let whole = try? network(row) else { return .row(row) }
        guard let live = try? whole.live() else { return .disconnected }
        return Key(live)
    }
}

/// What rows with equal scores have in common.
private enum Key: Hashable, Sendable {
    case row(Int), disconnected
    /// 128 bits of the graph's hash, so that thousands of graphs need not be kept.
    case graph(Int, Int)

    init(_ network: Network) {
        func hash(_ salt: Int) -> Int {
            var hasher = Hasher()
            hasher.combine(salt)
            hasher.combine(network)
            return hasher.finalize()
        }
        self = .graph(hash(0), hash(1))
    }
}

/// Rows with equal keys.
private struct Groups {
    /// For each row the number of its group.
    private(set) var group: [Int] = []
    /// For each group its first row.
    private(set) var first: [Int] = []
    /// For each group how many rows it has.
    private(set) var sizes: [Int] = []

    init(_ keys: [Key]) {
        var known: [Key: Int] = [:]
        for (row, key) in keys.enumerated() {
            let number = known[key] ?? first.count
            if number == first.count {
                known[key] = number
                first.append(row)
                sizes.append(0)
            }
            sizes[number] += 1
            group.append(number)
        }
    }
}

/// What one thread keeps from network to network: the weights of each repetition.
private final class Worker {
    private let scorer: Scorer
    private let seeds: [Seed]
    private let weights: [Weights]
    private let cancelled: @Sendable () -> Bool

    init(_ scorer: Scorer, _ cancelled: @escaping @Sendable () -> Bool) {
        (self.scorer, self.cancelled) = (scorer, cancelled)
        let options = scorer.options
        seeds = (0..<max(1, options.repeats)).map {
            $0 == 0 ? options.seed : options.seed.derived("repeat", .number($0))
        }
        weights = seeds.map { Weights(options.initialization, seed: $0, dtype: options.dtype) }
    }

    /// The mean scores of a network over the seeds; of each proxy the first reason why there is none.
    func scores(_ network: () throws -> Network) throws -> [Score] {
        do {
            let network = try network()
            let runs = try zip(seeds, weights).map { try scorer.scores(of: network, $1, seed: $0, cancelled) }
            return scorer.proxies.indices.map { proxy in Score(meanOf: runs.map { $0[proxy] }) }
        } catch let error as CancellationError {
            throw error
        } catch {
            return scorer.proxies.map { _ in .none("\(error)") }
        }
    }
}

extension Score {
    fileprivate init(meanOf scores: [Score]) {
        let numbers = scores.compactMap(\.number)
        let missing = scores.first { $0.number == nil }
        self = missing ?? .value(numbers.reduce(0, +) / Double(numbers.count))
    }
}

/// Workers for as many threads as ask at once; each is used by one of them at a time.
private final class Workers: @unchecked Sendable {
    private let queue = DispatchQueue(label: "workers")
    private var idle: [Worker] = []
    private let make: () -> Worker

    init(_ make: @escaping @Sendable () -> Worker) { self.make = make }

    func use<Result>(_ body: (Worker) throws -> Result) throws -> Result {
        let worker = queue.sync { idle.popLast() } ?? make()
        defer { queue.sync { idle.append(worker) } }
        let threads = (try? Torch.threads) ?? 1
        try? Torch.setThreads(1)
        defer { try? Torch.setThreads(threads) }
        return try body(worker)
    }
}

/// Counts what all threads have done.
private final class Counter: @unchecked Sendable {
    private let queue = DispatchQueue(label: "counter")
    private var done = 0
    private let report: @Sendable (Int) -> Void

    init(_ report: @escaping @Sendable (Int) -> Void) { self.report = report }

    func add(_ count: Int) {
        queue.sync {
            done += count
            report(done)
        }
    }
}

extension Examples {
    /// The shape of one image.
    var imageShape: Shape { Shape(shape[1], shape[2], shape[3]) }
}
