import Foundation
import Networks
import Spaces
import Statistics
import Tensors
import Testing

@testable import Training

@Suite struct CheckpointTests {
    init() throws { try Torch.setThreads(1) }

    @Test(arguments: Runs.recipes.indices)
    func `a training that is resumed at every epoch and in its midst is the same bit by bit`(_ number: Int) throws {
        let (recipe, dataset) = (Runs.recipes[number], try Runs.few())
        let straight = try Runs.make(recipe, dataset)
        for _ in 0..<3 { _ = try straight.epoch() }
        try DataFixtures.withFolder { folder in
            var (cuts, asked) = (0, 0)
            while true {
                let run = try Runs.open(folder, recipe, dataset)
                if run.finished == 3 {
                    #expect(try Runs.bits(run) == Runs.bits(straight))
                    #expect(zip(run.metrics, straight.metrics).allSatisfy { $0.isEqualInResults(to: $1) })
                    break
                }
                asked = 0
                do {
                    // Stops after two more steps or batches of the evaluation.
                    _ = try run.epoch {
                        asked += 1
                        return asked > 2
                    }
                } catch TrainingError.cancelled(let epoch, let step) {
                    #expect(epoch == run.finished + 1 && step == run.stepsTaken)
                    cuts += 1
                }
                try run.save(to: folder)
                #expect(Folder(path: folder).names.count == 1)
            }
            #expect(cuts >= 3)
        }
    }

    @Test func `a cut run goes on in place, too`() throws {
        let dataset = try Runs.few()
        let (straight, run) = (try Runs.make(Runs.recipes[0], dataset), try Runs.make(Runs.recipes[0], dataset))
        _ = try straight.epoch()
        #expect(throws: TrainingError.cancelled(epoch: 1, step: 1)) {
            var asked = 0
            _ = try run.epoch {
                asked += 1
                return asked == 2
            }
        }
        _ = try run.epoch()
        #expect(try Runs.bits(run) == Runs.bits(straight))
    }

    @Test(arguments: [Checkpoint.weights, Checkpoint.optimizer, Checkpoint.state])
    func `a truncated or garbled file is found, and an older checkpoint is taken`(_ file: String) throws {
        let (dataset, recipe) = (try Runs.few(), Runs.recipes[0])
        try DataFixtures.withFolder { folder in
            let run = try Runs.make(recipe, dataset)
            _ = try run.epoch()
            try run.save(to: folder)
            let older = "\(folder)-older"
            try FileManager.default.copyItem(atPath: "\(folder)/epoch-1", toPath: older)
            _ = try run.epoch()
            try run.save(to: folder)
            try FileManager.default.moveItem(atPath: older, toPath: "\(folder)/epoch-1")
            let path = "\(folder)/epoch-2/\(file)"
            let whole = Array(try Data(contentsOf: URL(filePath: path)))
            var garbled = whole
            garbled[whole.count * 2 / 3] ^= 1
            for bytes in [Array(whole.dropLast()), Array(whole.prefix(whole.count / 2)), [], garbled, whole + [0]] {
                try DataFixtures.write(bytes, to: path)
                let resumed = try Runs.open(folder, recipe, dataset)
                #expect(resumed.finished == 1)
                #expect(resumed.rejected.map(\.path) == [path] && resumed.rejected[0].kind == .damaged)
                let error = #expect(throws: CheckpointError.self) {
                    try TrainingRun(resuming: folder, run.blueprint, dataset, recipe, seed: run.seed)
                }
                #expect(error == resumed.rejected[0])
            }
            try FileManager.default.removeItem(atPath: path)
            #expect(try Runs.open(folder, recipe, dataset).rejected[0].description.contains("No such file"))
            let resumed = try Runs.open(folder, recipe, dataset)
            _ = try resumed.epoch()
            #expect(try Runs.bits(resumed) == Runs.bits(run))
            try resumed.save(to: folder)
            #expect(try Runs.open(folder, recipe, dataset).rejected.isEmpty)
        }
    }

    @Test func `a checkpoint of another training is refused, and what differs is told`() throws {
        let (dataset, recipe) = (try Runs.few(), Runs.recipes[0])
        try DataFixtures.withFolder { folder in
            let run = try Runs.make(recipe, dataset)
            _ = try run.epoch()
            try run.save(to: folder)
            func refusal(
                _ blueprint: Blueprint? = nil, _ data: Dataset? = nil, _ other: Recipe? = nil, seed: Seed = Runs.seed
            ) throws -> String {
                let error = #expect(throws: CheckpointError.self) {
                    try TrainingRun.open(
                        folder, blueprint ?? run.blueprint, data ?? dataset, other ?? recipe, seed: seed)
                }
                #expect(error?.kind == .foreign && error?.path == "\(folder)/epoch-1/state.json")
                return error?.problem ?? ""
            }
            var faster = recipe
            faster.learningRate = 0.2
            #expect(try refusal(nil, nil, faster).hasSuffix("learning rate 0.1 where this one has 0.2"))
            #expect(try refusal(seed: Seed(4)).contains("seed of the samples 3 where this one has 4"))
            #expect(try refusal(Runs.blueprint([3, 1, 2, 1, 4, 2], for: dataset)).contains("network"))
            var reseeded = run.blueprint
            reseeded.seed = Seed(9)
            #expect(try refusal(reseeded).contains("first weights"))
            #expect(try refusal(run.blueprint.with(run.state())).contains("first weights"))
            let parted = try dataset.parted(.init(test: 0.25, seed: 8))
            #expect(try refusal(nil, parted).contains("opening of the data"))
            let others = try Dataset(DataFixtures.images(61, size: 8), .init(test: 0.25))
            #expect(try refusal(nil, others).contains("data images"))
            #expect(try Runs.open(folder, recipe, dataset).finished == 1)
        }
    }

    @Test func `a checkpoint of a later version is refused`() throws {
        let (dataset, recipe) = (try Runs.few(), Runs.recipes[0])
        try DataFixtures.withFolder { folder in
            try Runs.make(recipe, dataset).save(to: folder)
            let path = "\(folder)/epoch-0/state.json"
            let state = try Seal.opened(Folder(path: "\(folder)/epoch-0"))
            guard case .record(var members) = state else { preconditionFailure() }
            members[0].value = .number(2)
            try DataFixtures.write(Array(Seal.sealed(.record(members)).utf8), to: path)
            let error = #expect(throws: CheckpointError.self) { try Runs.open(folder, recipe, dataset) }
            #expect(error?.kind == .newer && error?.path == path)
        }
    }

    @Test func `where there is no checkpoint a run begins, and resuming says so`() throws {
        let dataset = try Runs.few()
        try DataFixtures.withFolder { folder in
            let path = "\(folder)/not/there"
            let run = try Runs.open(path, Runs.recipes[0], dataset)
            #expect(run.finished == 0 && run.stepsTaken == 0 && run.rejected.isEmpty)
            let error = #expect(throws: CheckpointError.self) {
                try TrainingRun(resuming: path, run.blueprint, dataset, run.recipe, seed: run.seed)
            }
            #expect(error?.kind == .missing && error?.path == path)
            try run.save(to: path)
            #expect(Folder(path: path).names == ["epoch-0"])
        }
    }

    @Test func `a full disk leaves the old checkpoint whole`() throws {
        let dataset = try Runs.few()
        try DataFixtures.withFolder { folder in
            // A file system of 4 MB: room for two checkpoints, but not beside the ballast.
            guard mount("tmpfs", folder, "tmpfs", 0, "size=4m") == 0 else {
                print("skipped: only root can mount a small disk (\(String(cString: strerror(errno))))")
                return
            }
            defer { umount2(folder, Int32(MNT_DETACH)) }
            try saveOnFullDisk("\(folder)/run", ballast: "\(folder)/ballast", dataset)
        }
    }

    private func saveOnFullDisk(_ folder: String, ballast: String, _ dataset: Dataset) throws {
        let recipe = Runs.recipes[0]
        let blueprint = try Runs.blueprint(for: dataset, channels: 16)
        let run = try TrainingRun(blueprint, dataset, recipe, seed: Runs.seed)
        _ = try run.epoch()
        try run.save(to: folder)
        let before = try Runs.bits(run)
        let room = try FileManager.default.attributesOfFileSystem(forPath: folder)[.systemFreeSize] as? Int ?? 0
        try DataFixtures.write([UInt8](repeating: 1, count: room - 64_000), to: ballast)
        _ = try run.epoch()
        let error = #expect(throws: CheckpointError.self) { try run.save(to: folder) }
        #expect(error?.kind == .unwritable && error?.problem == "No space left on device")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["epoch-1"])
        let kept = try TrainingRun.open(folder, blueprint, dataset, recipe, seed: Runs.seed)
        #expect(kept.finished == 1 && kept.rejected.isEmpty)
        #expect(try Runs.bits(kept) == before)
        try FileManager.default.removeItem(atPath: ballast)
        try run.save(to: folder)
        #expect(try TrainingRun.open(folder, blueprint, dataset, recipe, seed: Runs.seed).finished == 2)
    }

    @Test func `what a dead process left half written is no checkpoint`() throws {
        let (dataset, recipe) = (try Runs.few(), Runs.recipes[0])
        try DataFixtures.withFolder(["run/.new-1/weights.safetensors": [1, 2]]) { folder in
            let run = try Runs.open("\(folder)/run", recipe, dataset)
            #expect(run.finished == 0 && run.rejected.isEmpty)
            try run.save(to: "\(folder)/run")
            #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/run") == ["epoch-0"])
        }
    }
}

@Suite struct FailedRunTests {
    init() throws { try Torch.setThreads(1) }

    @Test func `a loss that is not finite ends the run at that step`() throws {
        let dataset = try Runs.few()
        let recipe = Recipe(epochs: 3, batchSize: 16, learningRate: 1e30, course: .constant)
        let run = try Runs.make(recipe, dataset)
        let error = #expect(throws: TrainingError.self) { while true { _ = try run.epoch() } }
        guard case .notFinite(let epoch, let step?) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(epoch == 1 && step == run.stepsTaken && (2...3).contains(step))
        let known = TrainingError.notFinite(epoch: epoch, step: step)
        #expect(throws: known) { _ = try run.epoch() }
        try DataFixtures.withFolder { folder in
            #expect(throws: known) { try run.save(to: folder) }
            #expect(Folder(path: folder).names.isEmpty)
        }
    }

    @Test func `a network too large for the memory is refused before it is made`() throws {
        let dataset = try Runs.few()
        let blueprint = try Runs.blueprint(for: dataset, channels: 20_000)
        let error = #expect(throws: TrainingError.self) {
            try TrainingRun(blueprint, dataset, Recipe(), seed: Seed(0))
        }
        guard case .outOfMemory(let bytes?, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(bytes > 1 << 40)
        #expect(try Runs.make(Runs.recipes[0], dataset).epoch().epoch == 1)
    }

    @Test func `where libtorch has no memory the error tells how much was asked for`() throws {
        for kept in [0, 1 << 30] {
            try Torch.keepMemory(kept)
            let error = #expect(throws: TrainingError.self) {
                try Memory.guarded { try Tensor.empty([1 << 45]) }
            }
            guard case .outOfMemory(let bytes, _) = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(bytes == 1 << 47, "\(error?.description ?? "")")
        }
        #expect(try Tensor.ones([1 << 20]).sum().item() == 0x1p20)
    }

    /// How much is kept is a setting of the process, and suites that train beside this one change it: each step is
    /// tried until it is seen.
    private func seen(_ isAsExpected: () throws -> Bool) throws -> Bool {
        for _ in 0..<200 {
            if try isAsExpected() { return true }
            usleep(5_000)
        }
        return false
    }

    @Test func `kept memory is reused and given back`() throws {
        let isGivenBack = try seen {
            try Torch.keepMemory(1 << 30)
            try Torch.keepMemory(0)
            return try Torch.keptMemory == 0
        }
        #expect(isGivenBack)
        let isKept = try seen {
            try Torch.keepMemory(1 << 30)
            do { _ = try Tensor.ones([3 << 20]) }
            return try Torch.keptMemory >= 12 << 20
        }
        #expect(isKept)
        let sum = try Tensor.ones([3 << 20]).sum().item()
        #expect(sum == 3 * 0x1p20)
    }
}
