#if BENCHMARK
    import Glibc
    import Networks
    import Spaces
    import Statistics
    import Tensors
    import Training

    /// nash's side of scripts/bench-training: trains for as many seconds as each line of the input says, and answers
    /// with images a second.
    ///
    ///     benchmark GENES BATCH FOLDER THREADS [plain]
    @main
    enum TrainingBenchmark {
        static func main() throws {
            let given = CommandLine.arguments
            try Torch.setThreads(Int(given[4])!)
            let space = NATSTopology(channels: 16, cells: 5)
            let genes = given[1].map { UInt8(String($0))! }
            let network = try space.network(
                for: Architecture(space: space.name, genes: genes), input: Shape(3, 32, 32), classes: 10)
            var recipe = Recipe.natsBench
            recipe.batchSize = Int(given[2])!
            recipe.channelsLast = !given.contains("plain")
            let run = try TrainingRun(Blueprint(network), Dataset.open(given[3]), recipe, seed: Seed(0))
            while let line = readLine() {
                print(try rate(run, seconds: Double(line)!))
                fflush(nil)
            }
        }

        /// Images a second of training steps; evaluations at the end of epochs are not counted.
        static func rate(_ run: TrainingRun, seconds: Double) throws -> Double {
            let start = ContinuousClock.now
            var (steps, evaluating) = (-run.stepsTaken, 0.0)
            while true {
                do {
                    let metrics = try run.epoch { start.duration(to: .now) / .seconds(1) - evaluating >= seconds }
                    steps += run.stepsPerEpoch
                    evaluating += metrics.seconds - metrics.trainSeconds
                } catch TrainingError.cancelled {
                    steps += run.stepsTaken
                    let passed = start.duration(to: .now) / .seconds(1) - evaluating
                    return Double(steps * run.recipe.batchSize) / passed
                }
            }
        }
    }
#endif
