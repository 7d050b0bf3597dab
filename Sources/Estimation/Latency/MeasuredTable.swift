public import Spaces
public import Statistics
public import Training
import Networks

// ℓ: the layers that a network runs, each with its measured time t(ℓ); S_w: the sum over layers with weights, S_r over
// the others, n how many. latency ≈ b₀ + b₁·S_w + b₂·S_r + b₃·n, b ≥ 0.

/// Latencies of layers as they stand in networks, and what is added for the whole.
struct MeasuredTable: Sendable {
    let times: [LayerUse: Double]
    /// b₀ to b₃.
    let terms: [Double]

    /// The latency of a network; nil where a layer was not measured.
    func latency(of uses: [LayerUse]) -> Double? {
        Self.sums(of: uses, times).map { zip(terms, $0).reduce(0) { $0 + $1.0 * $1.1 } }
    }

    /// 1, S_w, S_r, n; nil where a layer was not measured.
    static func sums(of uses: [LayerUse], _ times: [LayerUse: Double]) -> [Double]? {
        var sums = [1, 0, 0, Double(uses.count)]
        for use in uses {
            guard let time = times[use] else { return nil }
            sums[use.layer.isWeighted ? 1 : 2] += time
        }
        return sums
    }
}

extension LookupTable {
    /// What measuring a table for this machine takes.
    public struct HostSettings: Sendable {
        /// How layers and networks are timed.
        public var meter = LatencyMeter()
        /// How many networks of the space are looked through for layers at most.
        public var looked = 2_000
        /// In how many networks each layer is timed at least, where the space has as many.
        public var places = 4
        /// How many networks the terms are fitted to.
        public var fitted = 12
        /// How many further networks judge the table.
        public var judged = 12

        /// The usual settings.
        public init() {}
    }

    /// The table of this machine: every distinct layer of the space's networks is measured in passes of some of them, and
    /// the latency of a network is a base plus the sum of its layers, scaled to fit a few networks that are measured as
    /// wholes.
    ///
    /// B. Wu et al.: FBNet, CVPR 2019, section 3.3, where operations are blocks that are timed by themselves; here they
    /// are layers with their shapes, which are fewer and serve every space, timed where they stand. The scaling, of layers
    /// with weights, of others and of their number, makes up for what is left. Layers are found by building networks:
    /// those that change one choice of a random one, then random ones, until 200 in a row bring nothing new.
    /// - Throws: `HardwareError` where no network of the space has a path, `TensorError`, what `progress` throws.
    public static func measured(
        of space: any Space, _ settings: HostSettings = HostSettings(), using generator: inout Random,
        progress: (Int, Int) throws -> Void = { _, _ in }
    ) throws -> LookupTable {
        let found = try layers(of: space, settings.looked, using: &generator)
        let uses = found.map(\.use)
        let passed = try covering(found, of: space, settings, using: &generator)
        let times = try LayerProfiler(settings.meter).times(of: passed, progress: progress)
        let networks = try connected(settings.fitted + settings.judged, of: space, using: &generator)
        let measured = try settings.meter.measure(networks.count, { networks[$0].timed }, progress: progress)
        let known = try networks.indices.compactMap { place in
            try MeasuredTable.sums(of: networks[place].layersAtWork(), times).map { ($0, measured[place].median) }
        }
        let terms = fit(Array(known.prefix(settings.fitted)))
        let table = MeasuredTable(times: times, terms: terms)
        let held = known.dropFirst(settings.fitted)
        let agreement = try Agreement(
            held.map { zip(terms, $0.0).reduce(0) { $0 + $1.0 * $1.1 } }, held.map(\.1))
        return LookupTable(
            space: space, device: "host", base: terms[0],
            entries: uses.map { use in
                Entry(
                    operation: use.name, place: use.inputs.first.map { "\($0)" } ?? "\(use.output)",
                    latency: times[use] ?? .nan)
            }, agreement: agreement, source: .measurement(table))
    }

    /// b, by ridge regression without negative weights, pulled towards what the plain sum of the layers says.
    private static func fit(_ known: [([Double], Double)]) -> [Double] {
        // Relative errors count: rows and targets are divided by the latency.
        let expected = [0.0, 1, 1, 0]
        let rows = known.map { sums, latency in (sums.map { $0 / latency }, 1.0) }
        let size = expected.count
        let scales = (0..<size).map { column in
            rows.reduce(0) { $0 + $1.0[column] * $1.0[column] / Double(max(1, rows.count)) }.squareRoot()
        }
        var gram = [Double](repeating: 0, count: size * size)
        var right = [Double](repeating: 0, count: size)
        let pull = 0.05
        for a in 0..<size where scales[a] > 0 {
            right[a] += pull * expected[a] * scales[a]
            gram[a * size + a] += pull
            for (row, target) in rows {
                right[a] += row[a] / scales[a] * target
                for b in 0..<size where scales[b] > 0 {
                    gram[a * size + b] += row[a] / scales[a] * row[b] / scales[b]
                }
            }
        }
        let weights = NonNegative.weights(gram, right, size: size, ridge: 1e-9)
        return zip(weights, scales).map { $1 > 0 ? $0 / $1 : 0 }
    }

    /// Random networks that together hold each layer so many times as the settings say, and of layers that are rarer
    /// the network in which each was found.
    private static func covering(
        _ found: [Found], of space: any Space, _ settings: HostSettings, using generator: inout Random
    ) throws -> [Network] {
        var missing = Dictionary(uniqueKeysWithValues: found.map { ($0.use, settings.places) })
        var networks: [Network] = []
        func take(_ network: Network) throws {
            let uses = Set(try network.layersAtWork())
            guard uses.contains(where: { missing[$0, default: 0] > 0 }) else { return }
            for use in uses { missing[use, default: 0] -= 1 }
            networks.append(network)
        }
        for _ in 0..<settings.looked where missing.values.contains(where: { $0 > 0 }) {
            for network in try connected(1, of: space, using: &generator) { try take(network) }
        }
        for rare in found where missing[rare.use] == settings.places {
            try take(space.network(of: rare.genes, input: space.input, classes: space.classes))
        }
        return networks
    }

    /// A layer, and an architecture in which it occurs.
    private struct Found {
        let use: LayerUse
        let genes: [UInt8]
    }

    /// The distinct layers of a space's networks, in the order in which they are found.
    private static func layers(
        of space: any Space, _ most: Int, using generator: inout Random
    ) throws -> [Found] {
        var (uses, seen): ([Found], Set<LayerUse>) = ([], [])
        func look(_ genes: [UInt8]) throws -> Bool {
            guard !space.isConstrained || space.admits(genes),
                let network = try? space.network(of: genes, input: space.input, classes: space.classes),
                let work = try? network.layersAtWork()
            else { return false }
            let count = uses.count
            for use in work where seen.insert(use).inserted { uses.append(Found(use: use, genes: genes)) }
            return uses.count > count
        }
        let start = space.genes.map { UInt8(generator.below($0.choices.count)) }
        for (gene, choices) in space.genes.map(\.choices.count).enumerated() {
            for choice in 0..<choices {
                var genes = start
                genes[gene] = UInt8(choice)
                _ = try look(genes)
            }
        }
        var (idle, tries) = (0, 0)
        while idle < 200, tries < most {
            tries += 1
            idle = try look(space.genes.map { UInt8(generator.below($0.choices.count)) }) ? 0 : idle + 1
        }
        guard !uses.isEmpty else {
            throw HardwareError("no network of \(space.name) has a path from input to output", try: "use another space")
        }
        return uses
    }

    /// Networks of random architectures that have a path from input to output.
    private static func connected(
        _ count: Int, of space: any Space, using generator: inout Random
    ) throws -> [Network] {
        var networks: [Network] = []
        for _ in 0..<1_000 * max(1, count) where networks.count < count {
            let genes = space.genes.map { UInt8(generator.below($0.choices.count)) }
            guard !space.isConstrained || space.admits(genes) else { continue }
            let network = try space.network(of: genes, input: space.input, classes: space.classes)
            if (try? network.layersAtWork()) != nil { networks.append(network) }
        }
        return networks
    }
}
