import Estimation
import Language
import Statistics

/// A predictor fitted to evaluated architectures.
struct Fit: Command {
    static let chapter = Chapter.analysis
    static let summary = "Fit a predictor to a table of evaluated architectures."
    static let discussion = """
        The features are those that architectures have by themselves (`auto`: costs, counts on the live graph, and \
        one-hot choices), and with `columns` any columns of numbers, such as scores. `features: columns` leaves the \
        architectures out. The predictor guesses the target with a deviation that is calibrated on rows held out: see \
        `predict`, `validate` and `importance`. `save` writes it to a .safetensors file. What each predictor is and how \
        good: docs/predictors.md.
        """
    static let examples = [
        Example(
            "nb201 | sample 60, seed: 0 | query accuracy, data: cifar10 | fit forest, target: .accuracy, seed: 0"),
        Example(
            "(nb201 | sample 30, seed: 0 | query accuracy, data: cifar10 | fit target: .accuracy, features: graph).rows",
            gives: "30"),
        Example(
            """
            nb201 | sample 20, seed: 0 | query accuracy, data: cifar10
            | fit gp, target: .accuracy, kernel: weisfeiler_lehman
            """),
        Example(
            "[{a: 1, b: 5}, {a: 2, b: 4}, {a: 3, b: 3}] | as_table | fit bayes_linear, target: .b, columns: .a",
            gives: "bayes_linear for b, fitted on 3 rows with 1 features"),
    ]

    @Argument("the predictor") var predictor: PredictorName = .usual
    @Option("what to learn") var target: Measure
    @Option("families of features; auto unless given") var features: [FeatureName] = []
    @Option("columns of numbers that are features too") var columns: [Measure] = []
    @Option("how many trees") var trees: Int?
    @Option("the most splits between root and leaf of a tree") var depth: Int?
    @Option("what a `gp` compares architectures by; sum unless given") var kernel: KernelName?
    @Option("whether a `latency` learns from other devices of the tables") var transfer: Bool?
    @Option("start of the random numbers") var seed: SeedOption = .derived

    func outputType(for input: ValueType) throws -> ValueType { .handle(PredictorHandle.typeName) }

    func run(_ input: Table, in context: Context) throws -> PredictorHandle {
        for (name, value) in [("trees", trees), ("depth", depth)] {
            if let value, !(1...100_000).contains(value) {
                throw CommandError("`\(name)` must be at least 1", argument: name, code: .outOfRange)
            }
        }
        let model = try predictor.with(trees: trees, depth: depth, kernel: kernel, transfer: transfer)
        let input = try measured(input, in: context)
        let (values, unit) = try Predicting.targets(target, over: input)
        let recipe = try PredictorRecipe(features, columns: columns, over: input)
        let lesson = try recipe.inputs(of: input)
        var generator = seed.generator(in: context)
        let fitted = try Predicting.guarded { try model.fitted(to: lesson, targets: values, using: &generator) }
        return PredictorHandle(
            name: predictor.name, fitted: fitted, recipe: recipe, lesson: lesson, targets: values,
            target: target.label, unit: unit)
    }

    /// The rows to learn from: of latencies those that could be measured, as `measure` refuses what is too noisy.
    private func measured(_ table: Table, in context: Context) throws -> Table {
        guard predictor.name == "latency" else { return table }
        let missing = try target.column(over: table).missing
        let kept = (0..<table.rowCount).filter { !missing[$0] }
        guard kept.count < table.rowCount, kept.count > 1 else { return table }
        context.note("\(table.rowCount - kept.count) of \(table.rowCount) rows have no latency and are left out")
        return table.gather(kept)
    }
}
