import Foundation
import Networks
import Spaces
import Statistics
import Testing
import Training

@testable import Estimation

@Suite struct LookupTests {
    @Test func `weights that are not negative are those of least squares where these are not`() {
        // y = 2 + 3x over x = 0, 1, 2: G = [[3, 3], [3, 5]], c = [15, 21].
        let weights = NonNegative.weights([3, 3, 3, 5], [15, 21], size: 2, ridge: 1e-12)
        #expect(abs(weights[0] - 2) < 1e-4 && abs(weights[1] - 3) < 1e-4)
        // y = 4 − x: the slope may not be negative, so the mean is left.
        let flat = NonNegative.weights([3, 3, 3, 5], [9, 7], size: 2, ridge: 1e-12)
        #expect(abs(flat[0] - 3) < 1e-4 && flat[1] == 0)
    }

    @Test func `a table by regression guesses networks that it was not made from`() throws {
        let table = try LookupTable.regressed(of: FBNet(), device: "raspi4", in: LatencyTests.tables)
        #expect(table.entries.count == 22 * 9)
        #expect(table.entries.allSatisfy { $0.latency >= 0 } && table.base >= 0)
        #expect(table.agreement.count == 300)
        #expect(table.agreement.withinTenth > 0.99)
        #expect(try #require(table.agreement.spearman) > 0.99)
        let column = try LatencyTests.tables.latency(space: "fbnet", device: "raspi4")
        let space = FBNet()
        let matrix = GeneMatrix(
            space: space.name, length: 22,
            (0..<20).map { Architecture(space: space.name, genes: column.index.genes(at: $0)) })
        for (row, guess) in try table.latencies(of: matrix).enumerated() {
            #expect(abs(try #require(guess) / column.values[row] - 1) < 0.1)
        }
    }

    @Test func `an operation that does more takes longer`() throws {
        let table = try LookupTable.regressed(of: FBNet(), device: "pixel3", in: LatencyTests.tables)
        func latency(_ operation: String) -> Double {
            table.entries.filter { $0.operation == operation }.reduce(0) { $0 + $1.latency }
        }
        #expect(latency("k3_e1") < latency("k3_e3") && latency("k3_e3") < latency("k3_e6"))
        #expect(latency("skip") < latency("k3_e1"))
    }

    @Test func `an unknown device is refused with the nearest name`() {
        do {
            _ = try LookupTable.regressed(of: FBNet(), device: "raspi5", in: LatencyTests.tables)
            Issue.record("no error")
        } catch {
            #expect("\(error)".contains("did you mean raspi4"))
        }
    }

    @Test func `a table of this machine adds up what it measured`() throws {
        var settings = LookupTable.HostSettings()
        (settings.meter.repeats, settings.meter.rounds, settings.meter.retries) = (2, 1, 0)
        (settings.looked, settings.fitted, settings.judged) = (30, 3, 2)
        let space = try ChainSpace(
            name: "tiny", input: Shape(3, 8, 8), classes: 4, stem: 4,
            stages: [ChainStage([.conv, .mbconv], kernels: [3, 5], expansions: [2], channels: [4, 8])])
        var random = Random(seed: 2)
        let table = try LookupTable.measured(of: space, settings, using: &random)
        #expect(table.entries.allSatisfy { $0.latency > 0 } && table.base >= 0)
        let matrix = try space.sample(count: 10, using: &random)
        for (row, guess) in try table.latencies(of: matrix).enumerated() {
            guard case .measurement(let measured) = table.source else { return }
            let uses = try space.network(for: matrix[row]).layersAtWork()
            let sums = try #require(MeasuredTable.sums(of: uses, measured.times))
            #expect(sums[3] == Double(uses.count))
            #expect(abs(sums[1] + sums[2] - uses.reduce(0) { $0 + (measured.times[$1] ?? 0) }) < 1e-9)
            #expect(guess == zip(measured.terms, sums).reduce(0) { $0 + $1.0 * $1.1 })
        }
        // A layer that no network of the space has.
        let other = LayerUse(.activation(.silu), inputs: [Shape(1, 1, 1)], output: Shape(1, 1, 1))
        #expect(MeasuredTable.sums(of: [other], [:]) == nil)
    }
}
