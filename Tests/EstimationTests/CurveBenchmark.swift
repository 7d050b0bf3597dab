#if BENCHMARK
    import Foundation
    import Statistics

    /// The program of scripts/bench-curves: judges every method on both files.
    @main
    enum CurveBenchmark {
        static let fractions = [0.1, 0.2, 0.4, 0.6, 0.8]

        static func main() throws {
            let every = CommandLine.arguments.count > 2 ? Int(CommandLine.arguments[2]) ?? 0 : 0
            let folder = URL(filePath: CommandLine.arguments[1])
            print(
                "| curves | seen | method | curves judged | log-likelihood | error | 50 % band | 90 % band | ms a curve |"
            )
            print("|---|---|---|---|---|---|---|---|---|")
            try judge("NATS-Bench", try CurveFiles.nats(in: folder), .maximise, .share(of: 100), .cosine, every)
            try judge("WikiText-2", try CurveFiles.recurrent(in: folder), .minimise, .positive, .constant, every)
        }

        static func judge(
            _ name: String, _ curves: [FinishedCurve], _ goal: CurveGoal, _ scale: CurveScale,
            _ schedule: CurveSchedule,
            _ every: Int
        ) throws {
            let alone = ParametricPosterior()
            for fraction in fractions {
                func row(
                    _ method: String, _ schedule: CurveSchedule, every: Int = 1,
                    _ make:
                        @escaping ([FinishedCurve], [Double], CurveSetting) throws -> (LearningCurve) throws ->
                        CurvePrediction
                ) throws {
                    var seconds = 0.0
                    let score = try CurveJudge.score(
                        curves, seen: fraction, goal: goal, scale: scale, schedule: schedule, every: every
                    ) { finished, seen, setting in
                        let predict = try make(finished, seen, setting)
                        return { curve in
                            let start = ContinuousClock.now
                            defer { seconds += (ContinuousClock.now - start) / .seconds(1) }
                            return try predict(curve)
                        }
                    }
                    let cells = [
                        name, "\(Int(fraction * 100)) %", method, "\(score.count)",
                        String(format: "%.2f", score.logLikelihood),
                        String(format: goal == .maximise ? "%.2f" : "%.4f", score.error),
                        String(format: "%.0f %%", score.coverage50 * 100),
                        String(format: "%.0f %%", score.coverage90 * 100),
                        String(format: "%.2f", seconds / Double(score.count) * 1e3),
                    ]
                    print("| " + cells.joined(separator: " | ") + " |")
                }
                func fixed(
                    _ method: some CurveExtrapolator
                ) -> ([FinishedCurve], [Double], CurveSetting) throws -> (LearningCurve) throws -> CurvePrediction {
                    { _, _, setting in { try method.predictions(of: $0, at: [setting.horizon], in: setting)[0] } }
                }
                try row("combined", schedule) { finished, seen, setting in
                    let lessons = try FinishedCurves(finished, with: alone)
                        .fitted(seen: seen, targets: [setting.horizon], setting)
                    return { try lessons.predictions(of: $0)[0] }
                }
                try row("posterior", schedule, fixed(alone))
                try row("posterior, schedule not told", .unknown, fixed(alone))
                try row("ridge", schedule) { finished, seen, setting in
                    let lessons = try FinishedCurves(finished, with: nil)
                        .fitted(seen: seen, targets: [setting.horizon], setting)
                    return { try lessons.predictions(of: $0)[0] }
                }
                try row("last value and spread", schedule) { finished, _, setting in
                    let baseline = LastValueSpread(finished)
                    return { try baseline.predictions(of: $0, at: [setting.horizon], in: setting)[0] }
                }
                try row("last value", schedule, fixed(LastValue()))
                try row("power law", schedule, fixed(PowerLaw()))
                guard every > 0 else { continue }
                try row("MCMC", schedule, every: every, fixed(CurveChain(seed: Seed(0))))
                try row("combined, same curves", schedule, every: every) { finished, seen, setting in
                    let lessons = try FinishedCurves(finished, with: alone)
                        .fitted(seen: seen, targets: [setting.horizon], setting)
                    return { try lessons.predictions(of: $0)[0] }
                }
            }
        }
    }
#endif
