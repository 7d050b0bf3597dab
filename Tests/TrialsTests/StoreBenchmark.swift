#if BENCHMARK
    import Glibc
    import Spaces

    /// The program of scripts/bench-store: a study of a million epochs, each question asked of a store just opened.
    @main
    enum StoreBenchmark {
        static let trials = 10_000, epochs = 100

        static func main() throws {
            let folder = CommandLine.arguments[1]
            print("| what | median ms | least ms | CPU ms | runs |\n|---|---:|---:|---:|---:|")
            let study = try measuredImport(folder)
            try show("open and list the studies", 7) { _ = try Store(folder: folder).studies() }
            try show("open and list the 10,000 trials", 7) { _ = try Store(folder: folder).trials(of: study) }
            try show("open and read 1,000,000 epochs as columns", 7) {
                let columns = try Store(folder: folder).epochs(of: study)
                precondition(columns.count == trials * epochs)
            }
            try show("open and read the 100 epochs of a trial", 7) {
                let columns = try Store(folder: folder).epochs(of: study, trial: 5_000)
                precondition(columns.count == epochs)
            }
            try recordOneByOne(folder)
            try show("export 1,000,000 epochs as CSV", 3) {
                try Store(folder: folder).export([study], to: "\(folder)/export")
            }
            try show("remove the study", 1) { try Store(folder: folder).remove(study: study) }
        }

        static func measuredImport(_ folder: String) throws -> Int {
            let store = Store(folder: folder)
            let study = try newStudy(in: store, trials: trials)
            var columns = EpochColumns()
            for trial in 0..<trials {
                for epoch in 1...epochs { columns.append(record(epoch, of: trial), of: trial) }
            }
            try show("store 1,000,000 epochs at once", 1) { try store.record(columns, of: study) }
            return study
        }

        static func recordOneByOne(_ folder: String) throws {
            let store = Store(folder: folder)
            let study = try newStudy(in: store, trials: 50)
            var trials = 0..<10
            try show("store the 1,000 epochs of 10 trials one by one", 5) {
                for trial in trials {
                    for epoch in 1...epochs { try store.record(record(epoch, of: trial), of: trial, in: study) }
                }
                trials = trials.upperBound..<trials.upperBound + 10
            }
        }

        static func newStudy(in store: Store, trials: Int) throws -> Int {
            let study = try store.createStudy(
                StudyDescription(space: "nb201", algorithm: "random", seed: 0, data: "digits")
            ).id
            let architecture = Architecture(space: "nb201", genes: [0, 1, 2, 3, 4, 0])
            try store.add(
                (0..<trials).map { Candidate(trial: $0, architecture: architecture, seed: UInt64($0)) }, to: study)
            return study
        }

        static func record(_ epoch: Int, of trial: Int) -> EpochRecord {
            let place = Double(trial * 100 + epoch)
            return EpochRecord(
                epoch: epoch, trainLoss: 1 / place, trainAccuracy: (sin(place) + 1) / 2, loss: 2 / place,
                accuracy: (cos(place) + 1) / 2, seconds: place / 7)
        }

        /// Prints the times by the clock, and the median time of the processor in this program and the kernel.
        static func show(_ what: String, _ runs: Int, _ body: () throws -> Void) throws {
            var times: [Double] = []
            var processor: [Double] = []
            for _ in 0..<runs {
                let (start, began) = (ContinuousClock.now, processorTime())
                try body()
                times.append((ContinuousClock.now - start) / .milliseconds(1))
                processor.append(processorTime() - began)
            }
            func text(_ milliseconds: Double) -> String { "\((milliseconds * 10).rounded() / 10)" }
            times.sort()
            processor.sort()
            print(
                "| \(what) | \(text(times[runs / 2])) | \(text(times[0])) | \(text(processor[runs / 2])) | \(runs) |")
        }

        /// In milliseconds.
        static func processorTime() -> Double {
            var time = timespec()
            clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
            return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
        }
    }
#endif
