import Glibc
import Synchronization

/// The published measurements that nash ships, and those that a user adds: accuracies, latencies, costs, training times
/// and learning curves of the architectures of benchmarks, each file read when it is first asked for and then kept.
///
/// `docs/tables.md` says where each comes from, and the form of the files. Where a shipped and a user's table answer
/// the same question, the shipped one does, so that a published number is the same for everybody.
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
        /// What nash ships of it.
        let contents: Set<Content>
        /// Whether nash ships anything of it.
        public var isShipped: Bool { !contents.isEmpty }
        /// Whether `scripts/import-nats` makes tables of it.
        var isOfNATSBench: Bool { folder.hasPrefix("nats-") }
    }

    /// A kind of measurement: the name of its folder in a benchmark's.
    enum Content: String, CaseIterable {
        case accuracy, time, latency, cost, curves
    }

    /// All benchmarks: the topology space of NATS-Bench (all 15,625 cells), FBNet (3,000 of 9²² architectures),
    /// NAS-Bench-Macro (all 6,561), and the size space of NATS-Bench (32,768), of which nash ships nothing.
    public static let benchmarks = [
        Benchmark(space: "nb201", folder: "nats-topology", genes: 6, choices: 5, contents: [.accuracy, .latency]),
        Benchmark(space: "fbnet", folder: "fbnet", genes: 22, choices: 9, contents: [.latency]),
        Benchmark(space: "macro", folder: "macro", genes: 8, choices: 3, contents: [.accuracy, .cost]),
        Benchmark(space: "nats_size", folder: "nats-size", genes: 5, choices: 8, contents: []),
    ]

    /// The tables in the folder of resources beside the program.
    public static let shipped = Tables(folder: resources)

    /// The shipped tables, and beside them those in the user's folder.
    public static let known = Tables(
        folder: resources,
        userFolder: userFolder { name in getenv(name).map { String(cString: $0) } })

    private let shippedFolder: String
    private let userFolder: String?
    private let cache = Mutex(Cache())

    private struct Cache {
        var indices: [String: BenchmarkIndex] = [:]
        var columns: [String: [String: [Double]]] = [:]
        var names: [String: [String]] = [:]
    }

    /// The tables in a folder laid out as `scripts/tables` does, and those in a second of the same layout, which may
    /// lack anything. Nothing is read yet.
    public init(folder: String, userFolder: String? = nil) {
        (shippedFolder, self.userFolder) = (folder, userFolder)
    }

    /// Where a user's tables lie: `$NASH_TABLES`, or `nash/tables` in `$XDG_DATA_HOME` (by default `~/.local/share`).
    /// - Parameter environment: the value of a variable, nil where it is not set.
    public static func userFolder(_ environment: (String) -> String?) -> String? {
        func value(_ name: String) -> String? {
            environment(name).flatMap { $0.isEmpty ? nil : $0 }
        }
        if let own = value("NASH_TABLES") { return own }
        // The XDG Base Directory Specification: a path that is not absolute counts as none.
        if let data = value("XDG_DATA_HOME"), data.hasPrefix("/") { return "\(data)/nash/tables" }
        return value("HOME").map { "\($0)/.local/share/nash/tables" }
    }

    /// Where the build puts the resources of this room: next to the running program.
    private static var resources: String {
        var path = [CChar](repeating: 0, count: Int(PATH_MAX))
        let length = readlink("/proc/self/exe", &path, path.count)
        let program = String(decoding: path.prefix(max(0, length)).map(UInt8.init(bitPattern:)), as: UTF8.self)
        return program.prefix(upTo: program.lastIndex(of: "/") ?? program.startIndex) + "/nash_Spaces.resources/Data"
    }
}

extension Tables {
    func benchmark(_ space: String) throws(MeasurementError) -> Benchmark {
        if let benchmark = Self.benchmarks.first(where: { $0.space == space }) { return benchmark }
        throw .unknown(
            kind: "search space", within: "the list of published measurements", asked: space,
            existing: Self.benchmarks.map(\.space))
    }

    /// A name of a data set or a device; `-` and `_` in it are one.
    public static func folded(_ name: String) -> String { String(name.map { $0 == "-" ? "_" : $0 }) }

    /// The files of a kind, the shipped before the user's.
    func files(_ content: Content, of benchmark: Benchmark) throws(MeasurementError) -> [TableFolder.File] {
        var files: [TableFolder.File] = []
        if benchmark.contents.contains(content) { files += try shipped(benchmark).files(content) }
        if let own = own(benchmark) { files += try own.files(content) }
        return files
    }

    private func shipped(_ benchmark: Benchmark) -> TableFolder {
        TableFolder(path: "\(shippedFolder)/\(benchmark.folder)", origin: .shipped)
    }

    private func own(_ benchmark: Benchmark) -> TableFolder? {
        userFolder.map { TableFolder(path: "\($0)/\(benchmark.folder)", origin: .user) }
    }

    /// The order of the architectures in a folder: its own, or else the shipped one.
    func index(of folder: TableFolder, _ benchmark: Benchmark) throws(MeasurementError) -> BenchmarkIndex {
        if let index = cache.withLock({ $0.indices[folder.path] }) { return index }
        let index = try readIndex(of: folder, benchmark)
        cache.withLock { $0.indices[folder.path] = index }
        return index
    }

    private func readIndex(of folder: TableFolder, _ benchmark: Benchmark) throws(MeasurementError) -> BenchmarkIndex {
        if let file = folder.architectures {
            let genes = try file.read().digits(length: benchmark.genes, choices: benchmark.choices)
            return BenchmarkIndex(genes: genes, length: benchmark.genes, choices: benchmark.choices)
        }
        if folder.origin == .user, benchmark.isShipped { return try index(of: shipped(benchmark), benchmark) }
        throw .unreadable(
            file: "\(folder.path)/architectures.csv.gz", reason: String(cString: strerror(ENOENT)),
            origin: folder.origin)
    }

    /// The order of the architectures of the shipped tables of a space.
    /// - Throws: as `accuracy`.
    public func index(space: String) throws(MeasurementError) -> BenchmarkIndex {
        let benchmark = try benchmark(space)
        return try index(of: shipped(benchmark), benchmark)
    }

    /// The values of one column of a file.
    func column(
        _ column: String, of file: TableFolder.File, _ benchmark: Benchmark, name: String, unit: BenchmarkColumn.Unit
    ) throws(MeasurementError) -> BenchmarkColumn {
        let index = try index(of: file.folder, benchmark)
        guard let values = try columns(of: file, rows: index.count)[column] else {
            throw .malformed(
                file: file.path, line: 1, expected: "a column “\(column)”", origin: file.folder.origin)
        }
        return BenchmarkColumn(name: name, unit: unit, values: values, index: index)
    }

    private func columns(of file: TableFolder.File, rows: Int) throws(MeasurementError) -> [String: [Double]] {
        if let columns = cache.withLock({ $0.columns[file.path] }) { return columns }
        let content = try file.read()
        let (names, numbers) = (content.names, try content.numbers(rows: rows))
        let columns = Dictionary(zip(names, numbers), uniquingKeysWith: { first, _ in first })
        cache.withLock {
            $0.columns[file.path] = columns
            $0.names[file.path] = names
        }
        return columns
    }

    /// The settings that the columns of a file say. The whole file is read, as its values are wanted next.
    func settings(of file: TableFolder.File, _ benchmark: Benchmark) throws(MeasurementError) -> [AccuracySetting] {
        let known = cache.withLock { $0.names[file.path] }
        if known == nil { _ = try columns(of: file, rows: index(of: file.folder, benchmark).count) }
        return (known ?? cache.withLock { $0.names[file.path] } ?? []).compactMap {
            AccuracySetting($0, data: file.name)
        }
    }
}
