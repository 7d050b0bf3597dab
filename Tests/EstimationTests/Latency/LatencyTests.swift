import Foundation
import Spaces
import Statistics
import Testing

@testable import Estimation

@Suite struct LatencyTests {
    static let tables: Tables = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return Tables(folder: root.appending(path: "Sources/Spaces/Tables/Data").path)
    }()

    /// Architectures of a benchmark with their latencies on a device, and the other ones.
    static func measured(
        _ count: Int, of space: any Space, on device: String, seed: UInt64
    ) throws -> (inputs: PredictorInputs, targets: [Double], others: PredictorInputs, truths: [Double]) {
        let column = try tables.latency(space: space.name, device: device)
        var random = Random(seed: seed)
        let drawn = random.distinct(count + 500, below: column.index.count)
        let matrix = GeneMatrix(
            space: space.name, length: space.genes.count,
            drawn.map { Architecture(space: space.name, genes: column.index.genes(at: $0)) })
        let inputs = try FeatureExtractor(space).inputs(of: matrix)
        let truths = drawn.map { column.values[$0] }
        let (known, others) = (Array(0..<count), Array(count..<count + 500))
        return (inputs.gather(known), Array(truths[..<count]), inputs.gather(others), Array(truths[count...]))
    }

    static func spearman(
        _ count: Int, of space: any Space, on device: String, seed: UInt64, transfer: Bool = true
    ) throws -> Double {
        let (inputs, targets, others, truths) = try measured(count, of: space, on: device, seed: seed)
        var predictor = Latency()
        (predictor.tables, predictor.transfer) = (tables, transfer)
        var random = Random(seed: 1)
        let guesses = try predictor.fitted(to: inputs, targets: targets, using: &random).predictions(for: others)
        return try #require(try Correlation(.spearman, guesses.map(\.mean), truths).coefficient)
    }

    @Test func `ten measurements put an unseen device in order`() throws {
        let devices = ["eyeriss", "pixel3", "gold_6226", "rtx_2080ti_256"]
        let mean = try devices.reduce(0) { try $0 + Self.spearman(10, of: NATSTopology(), on: $1, seed: 3) } / 4
        #expect(mean > 0.95, "\(mean)")
    }

    @Test func `other devices teach what few measurements do not tell`() throws {
        let with = try Self.spearman(10, of: FBNet(), on: "raspi4", seed: 3)
        let without = try Self.spearman(10, of: FBNet(), on: "raspi4", seed: 3, transfer: false)
        #expect(with > 0.95 && with > without + 0.05, "\(with) and \(without)")
    }

    /// What is learnt must not depend on the table that the targets come from.
    @Test func `the measured device and its other batches are never seen`() throws {
        let space = NATSTopology()
        let (inputs, targets, others, _) = try Self.measured(12, of: space, on: "rtx_2080ti_32", seed: 5)
        let found = try Self.tables.devicesThatMeasured(
            targets, of: try #require(inputs.architectures), in: space)
        #expect(found == ["rtx_2080ti_32"])
        func guesses(hiding hidden: @escaping @Sendable (String) -> Bool) throws -> [Prediction] {
            var predictor = Latency()
            predictor.tables = Self.tables
            predictor.isHidden = hidden
            var random = Random(seed: 1)
            return try predictor.fitted(to: inputs, targets: targets, using: &random).predictions(for: others)
        }
        // Hidden by name or found by its values: the same.
        #expect(try guesses { _ in false } == guesses { $0.hasPrefix("rtx_2080ti") })
        #expect(try guesses { _ in false } != guesses { $0.hasPrefix("titan") })
    }

    @Test func `batches of a device are one device`() {
        #expect(DevicePatterns.device(of: "rtx_2080ti_256") == "rtx_2080ti")
        #expect(DevicePatterns.device(of: "gold_6226") == "gold_6226")
        #expect(DevicePatterns.device(of: "essential_ph_1") == "essential_ph")
        #expect(DevicePatterns.device(of: "raspi4") == "raspi4")
    }

    @Test func `nine tenths of latencies lie inside the interval for nine tenths`() throws {
        var (inside, count) = (0, 0)
        for (device, seed) in [("fpga", 1 as UInt64), ("raspi4", 2), ("titanx_1", 3), ("silver_4114", 4)] {
            let (inputs, targets, others, truths) = try Self.measured(
                20, of: NATSTopology(), on: device, seed: seed)
            var predictor = Latency()
            predictor.tables = Self.tables
            var random = Random(seed: 1)
            let guesses = try predictor.fitted(to: inputs, targets: targets, using: &random)
                .predictions(for: others)
            inside += zip(guesses, truths).count { abs($0.mean - $1) <= 1.645 * $0.deviation }
            count += truths.count
        }
        let share = Double(inside) / Double(count)
        #expect((0.8...0.99).contains(share), "\(share)")
    }

    @Test func `eigenvectors of a symmetric matrix give it back`() {
        let matrix: [[Double]] = [[4, 1, -2], [1, 3, 0.5], [-2, 0.5, 1]]
        let (values, vectors) = SymmetricEigen.decompose(matrix)
        #expect(values == values.sorted(by: >))
        for row in 0..<3 {
            for column in 0..<3 {
                let sum = (0..<3).reduce(0) { $0 + values[$1] * vectors[$1][row] * vectors[$1][column] }
                #expect(abs(sum - matrix[row][column]) < 1e-12)
            }
        }
        #expect(SymmetricEigen.decompose([]).values.isEmpty)
    }
}
