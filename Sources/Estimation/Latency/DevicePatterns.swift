public import Spaces
import Synchronization

// h: features of an architecture, [F]; y_d(a): latency of architecture a on device d, standardised over the benchmark.
// B: ridge weights, [F, D], y_d ≈ h·B_d. C = BᵀΣB, [D, D]: covariance of the devices' smoothed latencies, Σ that of h;
// C = VΛVᵀ. z_k(a) = (h(a) − h̄)·B·V_k/√D: what the devices have in common, strongest first.

/// What latencies on the devices of the tables have in common: the principal components over the devices, as functions
/// of the architecture.
///
/// On a new device latency is mostly a mixture of a few of them, so that ten measurements suffice to find it; as in
/// H. Lee, S. Lee, S. Chong and S. J. Hwang: HELP: Hardware-adaptive Efficient Latency Prediction for NAS via
/// Meta-Learning, NeurIPS 2021, other devices teach what latency can be, here by linear algebra instead of meta-training.
/// Measurements of one device are noisy, so each is first smoothed by ridge regression on which operation stands where;
/// the components are thus known for every architecture of the space, measured or not.
public struct DevicePatterns: Sendable {
    /// z's weights, `[components, F]`, and what is taken off: h̄·weights.
    let weights: [[Double]]
    let offsets: [Double]

    /// How many components are kept at most; a device is left the rest to itself.
    private static let most = 8
    /// λ of the smoothing, in rows.
    private static let ridge = 1.0

    /// The components of the devices of `tables` in a space; nil where fewer than three are left.
    ///
    /// - Parameter isLeftOut: whether a device must not be seen, by its name and its latencies.
    /// - Throws: `MeasurementError` where a table is broken.
    public static func of(
        _ space: any Space, in tables: Tables, leavingOut isLeftOut: (BenchmarkColumn) -> Bool = { _ in false }
    ) throws -> DevicePatterns? {
        guard let lesson = try DeviceLesson.known(of: space, in: tables) else { return nil }
        let kept = lesson.columns.indices.filter { !isLeftOut(lesson.columns[$0]) }
        return kept.count < 3 ? nil : DevicePatterns(lesson, devices: kept)
    }

    private init(_ lesson: DeviceLesson, devices: [Int]) {
        let covariance = devices.map { a in devices.map { b in lesson.covariance(a, b) } }
        let (values, vectors) = SymmetricEigen.decompose(covariance)
        let useful = values.indices.prefix(Self.most).filter { values[$0] > 1e-6 * max(values[0], 1e-300) }
        let scale = 1 / Double(devices.count).squareRoot()
        weights = useful.map { component in
            lesson.mean.indices.dropFirst().map { feature in
                zip(devices, vectors[component]).reduce(0) { $0 + lesson.weights[$1.0][feature] * $1.1 } * scale
            }
        }
        offsets = weights.map { zip($0, lesson.mean.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 } }
    }

    init(weights: [[Double]], offsets: [Double]) { (self.weights, self.offsets) = (weights, offsets) }

    /// How many components there are.
    var count: Int { weights.count }

    /// The components of an architecture with these features.
    func components(of features: [Int]) -> [Double] {
        zip(weights, offsets).map { weights, offset in features.reduce(-offset) { $0 + weights[$1] } }
    }

    /// The device that a table's name stands for: `rtx_2080ti` of `rtx_2080ti_32`, a batch of 32.
    public static func device(of name: String) -> String {
        guard let line = name.lastIndex(of: "_") else { return name }
        let batch = name[name.index(after: line)...]
        return (1...3).contains(batch.count) && batch.allSatisfy(\.isNumber) ? String(name[..<line]) : name
    }

    fileprivate static func smoothing(_ gram: [Double], size: Int) -> Cholesky? {
        var matrix = gram
        for place in 0..<size { matrix[place * size + place] += place == 0 ? 1e-9 : ridge }
        return Cholesky(matrix, size: size)
    }
}

/// The latencies of a benchmark on all devices, smoothed. Feature 0 is a 1.
private struct DeviceLesson: Sendable {
    let columns: [BenchmarkColumn]
    /// For each device B's column, `[F]`.
    let weights: [[Double]]
    /// h̄ and Σ.
    let mean: [Double]
    let spread: [Double]

    /// About how many rows of a benchmark are learnt from, evenly spaced: more make no difference.
    private static let most = 3_000

    private struct Key: Hashable {
        let tables: ObjectIdentifier
        let space: String
    }

    private static let cache = Mutex<[Key: DeviceLesson?]>([:])

    /// The lesson of a space, learnt once; nil where its architectures were measured on no device.
    static func known(of space: any Space, in tables: Tables) throws -> DeviceLesson? {
        let key = Key(tables: ObjectIdentifier(tables), space: space.name)
        if let lesson = cache.withLock({ $0[key] }) { return lesson }
        let lesson = try DeviceLesson(of: space, in: tables)
        cache.withLock { $0[key] = .some(lesson) }
        return lesson
    }

    private init?(of space: any Space, in tables: Tables) throws {
        guard let benchmark = Tables.benchmarks.first(where: { $0.space == space.name }),
            benchmark.genes == space.genes.count
        else { return nil }
        let names = try tables.devices(space: space.name)
        guard !names.isEmpty else { return nil }
        let found = try names.map { try tables.latency(space: space.name, device: $0) }
        // A table of other architectures than the first, or with gaps, teaches nothing here.
        let index = found[0].index
        columns = found.filter { $0.index.hasRows(of: index) && !$0.values.contains(where: \.isNaN) }
        let step = max(1, index.count / Self.most)
        let numbers = stride(from: 0, to: index.count, by: step)
        let places = OperationPlaces(space)
        let rows = numbers.map { row in [0] + places.features(of: index.genes(at: row)).map { $0 + 1 } }
        let size = places.count + 1
        let gram = Self.gram(rows, size)
        mean = (0..<size).map { gram[$0] / Double(rows.count) }
        let (mean, count) = (mean, Double(rows.count))
        spread = gram.indices.map { gram[$0] / count - mean[$0 / size] * mean[$0 % size] }
        guard let factor = DevicePatterns.smoothing(gram, size: size) else { return nil }
        weights = columns.map { column in Self.weights(rows, numbers.map { column.values[$0] }, factor, size) }
    }

    /// HᵀH of rows that name the features that are 1.
    private static func gram(_ rows: [[Int]], _ size: Int) -> [Double] {
        var gram = [Double](repeating: 0, count: size * size)
        gram.withUnsafeMutableBufferPointer { gram in
            for row in rows { for a in row { for b in row { gram[a * size + b] += 1 } } }
        }
        return gram
    }

    /// The ridge weights of one device's standardised latencies.
    private static func weights(_ rows: [[Int]], _ values: [Double], _ factor: Cholesky, _ size: Int) -> [Double] {
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
        let scale = variance > 0 ? 1 / variance.squareRoot() : 0
        var right = [Double](repeating: 0, count: size)
        for (row, value) in zip(rows, values) { for place in row { right[place] += (value - mean) * scale } }
        return factor.solve(right)
    }

    /// C of two devices.
    func covariance(_ a: Int, _ b: Int) -> Double {
        let size = mean.count
        var total = 0.0
        for row in 0..<size where weights[a][row] != 0 {
            var sum = 0.0
            for column in 0..<size { sum += spread[row * size + column] * weights[b][column] }
            total += weights[a][row] * sum
        }
        return total
    }
}
