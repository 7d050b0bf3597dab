import Foundation
import Networks
import Spaces
import Statistics
import Tensors
import Testing

@testable import Training

@Suite(.serialized) struct HardwareTests {
    static func network() throws -> Network {
        try NASBenchMacro().network(of: [1, 2, 1, 0, 0, 0, 1, 2], input: Shape(3, 32, 32), classes: 10)
    }

    @Test func `a network is timed as often as was asked`() throws {
        var meter = LatencyMeter()
        (meter.repeats, meter.rounds, meter.maxSpread, meter.warmUp) = (7, 3, .infinity, 1)
        var turns: [Int] = []
        let small = try Self.network().timed
        let found = try meter.measure(2, { _ in small }) { done, _ in turns.append(done) }
        #expect(found.count == 2 && found.allSatisfy { $0.repeats == 7 && $0.median > 0 && $0.spread >= 0 })
        #expect(turns == Array(1...6))
    }

    @Test func `what is never steady is said to be unsteady`() throws {
        var meter = LatencyMeter()
        (meter.repeats, meter.rounds, meter.maxSpread, meter.retries) = (3, 1, -1, 2)
        var turns = 0
        let small = try Self.network().timed
        let found = try meter.measure(1, { _ in small }) { _, _ in turns += 1 }
        #expect(!meter.isSteady(found[0]) && turns == 3)
    }

    @Test func `the number of threads is set back`() throws {
        let before = try Torch.threads
        let inside = try onThreads(before + 1) { try Torch.threads }
        #expect(inside == before + 1)
        let after = try Torch.threads
        #expect(after == before)
        #expect(throws: CancellationError.self) { try onThreads(before + 1) { throw CancellationError() } }
        let last = try Torch.threads
        #expect(last == before)
    }

    @Test func `rounds take turns`() throws {
        var order: [Int] = []
        let clock = TimedRounds(repeats: 3, rounds: 2, warmUp: 0)
        let times = try clock.times(
            of: [4, 5], prepare: { piece in .init(bytes: 0) { _ in order.append(piece) } }, done: { _ in })
        #expect(order == [4, 5, 4, 4, 5, 5])
        #expect(times.map(\.count) == [3, 3])
    }

    @Test func `the processor's clock does not see a pause`() throws {
        func times(_ clock: PassClock) throws -> [Double] {
            let rounds = TimedRounds(repeats: 1, rounds: 1, warmUp: 0, clock: clock)
            return try rounds.times(of: [0], prepare: { _ in .init(bytes: 0) { _ in usleep(20_000) } }, done: { _ in })[
                0]
        }
        #expect(try times(.wall)[0] >= 20)
        #expect(try times(.cpu)[0] < 20)
    }

    @Test func `median and spread are those of the times`() {
        let measured = TimeMeasurement([1, 2, 3, 4, 100])
        #expect(measured.median == 3 && measured.repeats == 5)
        #expect(abs(measured.spread - 2.0 / 3) < 1e-12)
    }

    @Test func `a pass runs what is alive, without views and repetitions`() throws {
        // Edges 1<-0, 2<-0 and 3<-0 begin with the same activation; 3<-1 is none, so that node 1 leads nowhere but to 2.
        let network = try NATSTopology().network(of: [3, 2, 0, 3, 0, 1], input: Shape(3, 32, 32), classes: 10)
        let work = try network.layersAtWork()
        let live = try network.live()
        let weighted = live.nodes.count { $0.layer.isWeighted }
        #expect(work.count { $0.layer.isWeighted } == weighted)
        #expect(work.count { $0.layer == .activation(.relu) } < live.nodes.count { $0.layer == .activation(.relu) })
        #expect(work.reduce(0) { $0 + $1.parameters } == live.cost.parameters)
        #expect(!work.contains { $0.layer == .flatten })
    }

    @Test func `every layer at work is timed where it stands`() throws {
        var profiler = LayerProfiler()
        (profiler.meter.repeats, profiler.meter.rounds) = (2, 1)
        var networks: [Network] = []
        for name in ["nb201", "darts", "macro", "fbnet"] {
            let space = try #require(Spaces.named(name))
            var random = Random(seed: 3)
            networks.append(
                try space.network(of: space.sample(using: &random).genes, input: Shape(3, 32, 32), classes: 10))
        }
        let times = try profiler.times(of: networks)
        let uses = Set(try networks.flatMap { try $0.layersAtWork() })
        #expect(Set(times.keys) == uses)
        #expect(times.values.allSatisfy { $0 > 0 })
    }

    @Test func `a roofline is the longer of computing and moving`() throws {
        let machine = Machine(peak: 1e9, bandwidth: 1e9)
        let shape = Shape(8, 4, 4)
        let use = LayerUse(
            .convolution(.init(inputs: 8, outputs: 16, window: .init(3))), inputs: [shape], output: Shape(16, 4, 4))
        let bound = machine.bound(of: use, batch: 2)
        // 2 samples × 256 outputs × 72 weights × 2 operations; (128 + 256) × 2 floats and 1,152 weights.
        #expect(bound.operations == 73_728)
        #expect(bound.bytes == 4 * (768 + 1_152))
        #expect(bound.computing == 0.073_728 && abs(bound.moving - 0.007_68) < 1e-12)
        #expect(bound.time == bound.computing)
        let relu = LayerUse(.activation(.relu), inputs: [shape], output: shape)
        #expect(machine.bound(of: relu, batch: 1).time == machine.bound(of: relu, batch: 1).moving)
    }

    @Test func `this machine computes and moves`() throws {
        let machine = try Machine.measured(threads: 1)
        #expect(machine.peak > 1e8 && machine.bandwidth > 1e8)
        #expect(machine.peak < 1e14 && machine.bandwidth < 1e13)
    }
}

/// Energy from counters that a test writes.
@Suite struct EnergyTests {
    private static func folder(_ counters: [String: String]) throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        for (name, text) in counters {
            let file = folder.appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        return folder
    }

    @Test func `what packages count is added up, parts are not, and a counter may start anew`() throws {
        let folder = try Self.folder([
            "intel-rapl:0/energy_uj": "900\n", "intel-rapl:0/max_energy_range_uj": "1000\n",
            "intel-rapl:1/energy_uj": "10\n", "intel-rapl:1/max_energy_range_uj": "1000\n",
            "intel-rapl:0:0/energy_uj": "5\n", "intel-rapl/name": "x",
        ])
        defer { try? FileManager.default.removeItem(at: folder) }
        var meter = try EnergyMeter(folder: folder.path)
        meter.seconds = 0
        var calls = 0
        let joules = try meter.joules {
            calls += 1
            // The first call does not count.
            guard calls == 2 else { return }
            try "100".write(to: folder.appending(path: "intel-rapl:0/energy_uj"), atomically: true, encoding: .utf8)
            try "60".write(to: folder.appending(path: "intel-rapl:1/energy_uj"), atomically: true, encoding: .utf8)
        }
        #expect(calls == 2 && abs(joules - 250e-6) < 1e-12)
    }

    @Test func `a machine without counters says so`() {
        do {
            _ = try EnergyMeter(folder: "/nowhere")
            Issue.record("no error")
        } catch {
            #expect("\(error)".contains("no energy counters"))
        }
    }

    @Test func `counters that cannot be read are named`() throws {
        let folder = try Self.folder(["intel-rapl:0/name": "package-0"])
        defer { try? FileManager.default.removeItem(at: folder) }
        do {
            _ = try EnergyMeter(folder: folder.path)
            Issue.record("no error")
        } catch {
            #expect("\(error)".contains("intel-rapl:0/energy_uj cannot be read"))
        }
    }
}
