import Glibc
import Synchronization

/// The published measurements that nash ships: accuracies, latencies and costs of the architectures of three
/// benchmarks, each file read when it is first asked for and then kept.
///
/// `SOURCES.md` beside the files says where each comes from. Genes are numbered as it says there.
public final class Tables: Sendable {
    /// A search space with measurements.
    public struct Benchmark: Sendable, Equatable {
        /// The name in the language.
        public let space: String
        /// The name of its folder.
        let folder: String
        /// How many genes an architecture has.
        public let genes: Int
        /// How many values a gene has.
        public let choices: Int
        /// What was published of it.
        let contents: Set<Content>
    }

    /// A kind of measurement, and where in a benchmark's folder it lies.
    enum Content: String {
        case accuracy = "accuracy.csv"
        case cost = "cost.csv"
        case latency
    }

    /// All benchmarks: the topology space of NATS-Bench (all 15,625 cells), FBNet (3,000 of 9²² architectures) and
    /// NAS-Bench-Macro (all 6,561).
    public static let benchmarks = [
        Benchmark(space: "nb201", folder: "nats-topology", genes: 6, choices: 5, contents: [.accuracy, .latency]),
        Benchmark(space: "fbnet", folder: "fbnet", genes: 22, choices: 9, contents: [.latency]),
        Benchmark(space: "macro", folder: "macro", genes: 8, choices: 3, contents: [.accuracy, .cost]),
    ]

    /// The tables in the folder of resources beside the program.
    public static let shipped = Tables(folder: resources)

    private let folder: String
    private let cache = Mutex(Cache())

    private struct Cache {
        var indices: [String: BenchmarkIndex] = [:]
        var names: [String: [String]] = [:]
        var columns: [String: [String: [Double]]] = [:]
    }

    /// The tables in a folder laid out as `scripts/tables` does. Nothing is read yet.
    public init(folder: String) { self.folder = folder }

    /// Where the build puts the resources of this room: next to the running program.
    private static var resources: String {
        var path = [CChar](repeating: 0, count: Int(PATH_MAX))
        let length = readlink("/proc/self/exe", &path, path.count)
        let program = String(decoding: path.prefix(max(0, length)).map(UInt8.init(bitPattern:)), as: UTF8.self)
        return program.prefix(upTo: program.lastIndex(of: "/") ?? program.startIndex) + "/nash_Spaces.resources/Data"
    }
}

extension Tables {
    /// The accuracy in % of every architecture of a space.
    /// - Parameters:
    ///   - data: the data set; `-` and `_` in its name are one.
    ///   - epochs: after how many epochs of training; by default the longest that the space has.
    ///   - training: which one of several trainings, from 1; by default their mean.
    /// - Throws: `MeasurementError.unknown` where there is no such measurement, with what there is; `unreadable` or
    ///   `malformed` where a file is missing or damaged.
    public func accuracy(
        space: String, data: String, split: AccuracySetting.Split = .test, epochs: Int? = nil, training: Int? = nil
    ) throws(MeasurementError) -> BenchmarkColumn {
        let setting = try accuracies(space: space)
            .find(space, data: Self.folded(data), split: split, epochs: epochs, training: training)
        return try column("\(setting)", of: benchmark(space), file: Content.accuracy.rawValue, unit: .percent)
    }

    /// The latency in ms of every architecture of a space on a device.
    /// - Parameter device: a name of `devices(space:)`; `-` and `_` are one, and `gtx_` or `rtx_` may be left out.
    /// - Throws: as `accuracy`.
    public func latency(space: String, device: String) throws(MeasurementError) -> BenchmarkColumn {
        let existing = try devices(space: space)
        let asked = Self.folded(device)
        guard let name = [asked, "gtx_\(asked)", "rtx_\(asked)"].first(where: existing.contains) else {
            throw .unknown(kind: "device", within: "latency of \(space)", asked: device, existing: existing)
        }
        return try column(
            name, of: benchmark(space), file: "\(Content.latency.rawValue)/\(name).csv", unit: .milliseconds)
    }

    /// A published cost of every architecture of a space: a name of `costs(space:)`.
    /// - Throws: as `accuracy`.
    public func cost(_ name: String, space: String) throws(MeasurementError) -> BenchmarkColumn {
        let existing = try costs(space: space)
        guard existing.contains(name) else {
            throw .unknown(kind: "published cost", within: space, asked: name, existing: existing)
        }
        return try column(name, of: benchmark(space), file: Content.cost.rawValue, unit: .count)
    }

    /// All settings in which the accuracy of a space was measured; empty where it was not.
    /// - Throws: `MeasurementError.unknown` for a space without measurements; `unreadable` where its file cannot be read.
    public func accuracies(space: String) throws(MeasurementError) -> [AccuracySetting] {
        try names(of: benchmark(space), .accuracy).compactMap { AccuracySetting($0) }
    }

    /// The devices on which the latency of a space was measured, in alphabetic order; empty where it was not.
    /// - Throws: as `accuracies(space:)`.
    public func devices(space: String) throws(MeasurementError) -> [String] {
        try names(of: benchmark(space), .latency)
    }

    /// The published costs of the architectures of a space, such as `params`; empty where there are none.
    /// - Throws: as `accuracies(space:)`.
    public func costs(space: String) throws(MeasurementError) -> [String] {
        try names(of: benchmark(space), .cost)
    }

    /// The order of the architectures of a space in its benchmark.
    /// - Throws: as `accuracy`.
    public func index(space: String) throws(MeasurementError) -> BenchmarkIndex { try index(of: benchmark(space)) }
}

extension Tables {
    private func benchmark(_ space: String) throws(MeasurementError) -> Benchmark {
        if let benchmark = Self.benchmarks.first(where: { $0.space == space }) { return benchmark }
        throw .unknown(
            kind: "search space", within: "the list of published measurements", asked: space,
            existing: Self.benchmarks.map(\.space))
    }

    private static func folded(_ name: String) -> String { String(name.map { $0 == "-" ? "_" : $0 }) }

    private func path(of benchmark: Benchmark, file: String) -> String { "\(folder)/\(benchmark.folder)/\(file)" }

    private func index(of benchmark: Benchmark) throws(MeasurementError) -> BenchmarkIndex {
        if let index = cache.withLock({ $0.indices[benchmark.space] }) { return index }
        let file = try TableFile(path(of: benchmark, file: "architectures.csv"))
        let genes = try file.digits(length: benchmark.genes, choices: benchmark.choices)
        let index = BenchmarkIndex(genes: genes, length: benchmark.genes, choices: benchmark.choices)
        cache.withLock { $0.indices[benchmark.space] = index }
        return index
    }

    private func column(
        _ name: String, of benchmark: Benchmark, file: String, unit: BenchmarkColumn.Unit
    ) throws(MeasurementError) -> BenchmarkColumn {
        let index = try index(of: benchmark)
        let columns = try columns(of: path(of: benchmark, file: file), rows: index.count)
        guard let values = columns[name] else {
            throw .malformed(
                file: path(of: benchmark, file: file), line: 1, expected: "a column “\(name)”")
        }
        return BenchmarkColumn(name: name, unit: unit, values: values, index: index)
    }

    private func columns(of path: String, rows: Int) throws(MeasurementError) -> [String: [Double]] {
        if let columns = cache.withLock({ $0.columns[path] }) { return columns }
        let file = try TableFile(path)
        let numbers = try file.numbers(rows: rows)
        let columns = Dictionary(zip(file.names, numbers), uniquingKeysWith: { first, _ in first })
        cache.withLock { $0.columns[path] = columns }
        return columns
    }

    /// The names of what was measured; empty where nothing of the kind was.
    private func names(of benchmark: Benchmark, _ content: Content) throws(MeasurementError) -> [String] {
        guard benchmark.contents.contains(content) else { return [] }
        let path = path(of: benchmark, file: content.rawValue)
        if let names = cache.withLock({ $0.names[path] }) { return names }
        let names = content == .latency ? try Self.tables(in: path) : try TableFile(path).names
        cache.withLock { $0.names[path] = names }
        return names
    }

    /// The names of the tables in a folder, in alphabetic order.
    private static func tables(in folder: String) throws(MeasurementError) -> [String] {
        guard let stream = opendir(folder) else {
            throw .unreadable(file: folder, reason: String(cString: strerror(errno)))
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasSuffix(".csv") { names.append(String(name.dropLast(4))) }
        }
        return names.sorted()
    }
}
