import Estimation
import Language
import Search
import Trials

/// A scheduler, replayed on recorded curves.
struct WhatIfCommand: Command {
    static let name = "what_if"
    static let chapter = Chapter.studies
    static let summary =
        "Replay schedulers on recorded curves: what they would have cost, and what they would have found."
    static let discussion = """
        The trials of a study, or the curves of a table with a column `epoch`, stand in for training. `epochs` is what the \
        scheduler spends, `saved` the share of all recorded epochs that it does not, `found` the recorded final value of \
        the trial that it would choose, and `regret` how far that is from the best recorded final value. A curve that ends \
        before the scheduler's last epoch keeps its last value: `beyond` counts how often that was asked for, and where it \
        is not 0 the figures are guesses. For an epoch without a row the value before it stands.
        """
    static let examples = [
        Example(
            "nb201 | asha table: cifar10, rungs: [12ep, 200ep], trials: 30, seed: 1 | what_if halving, full, rungs: [12ep, 200ep] | count",
            gives: "2")
    ]

    @Argument("the schedulers") var schedulers: [SchedulerName]
    @Option("the values of the curves; `accuracy` unless given") var value: Measure? = nil
    @Option("the column that tells curves apart") var by: RowValue? = nil
    @Option("whether larger values are better; min for losses and errors unless given") var goal: CurveAim? = nil
    @Option("the most epochs of a trial; those of the longest curve unless given") var max: Epochs? = nil
    @Option("the fewest epochs of a trial") var min = Epochs(1)
    @Option("one in so many trials goes on, for so many times as many epochs") var eta = 3.0
    var rungs = RungOptions()
    @Option("how Hyperband's numbers of trials are made whole") var rounding: RoundingName = .floor
    @Option("what becomes of a trial of asha that reaches a rung") var variant: VariantName = .promotion
    @Option("how many trials one_epoch trains to the end") var kept = 3
    @Option("how the learning rate falls, for `predicted`") var schedule: RateSchedule = .unknown
    @Option("how many trials run at once") var workers = 1

    private static let schema = Schema([
        ColumnType("scheduler", .string), ColumnType("trials", .int), ColumnType("epochs", .int, unit: .epochs),
        ColumnType("saved", .number, unit: .percent), ColumnType("found", .number), ColumnType("regret", .number),
        ColumnType("beyond", .int),
    ])

    func outputType(for input: ValueType) throws -> ValueType {
        .table(Schema(Self.schema.columns.filter { !["found", "regret"].contains($0.name) }, isOpen: true))
    }

    func run(_ input: RecordedCurves, in context: Context) throws -> Table {
        let rows = try CurveRows(try input.table, value: value, by: by)
        let isRising = rows.isRising(goal)
        let curves = rows.items.map { item in item.whole.map { isRising ? $0 : -$0 } }
        // Falling curves are turned over; shares stay shares only as they are.
        let forecast = RuleForecast(
            probability: CurveForecasts.probability(
                scale: isRising ? rows.scale(goal) : .plain, schedule: schedule.schedule))
        let results = try schedulers.map { name in
            try context.cancel.check()
            return try replay(name, curves, forecast)
        }
        return table(results, unit: rows.unit, sign: isRising ? 1 : -1)
    }

    private func replay(
        _ name: SchedulerName, _ curves: [[Double]], _ forecast: RuleForecast
    ) throws -> WhatIf {
        var settings = ScheduleSettings(
            max: max?.count ?? curves.map(\.count).max() ?? 1, trials: curves.count)
        (settings.min, settings.eta) = (min.count, eta)
        (settings.rounding, settings.variant, settings.kept) = (rounding.rounding, variant.variant, kept)
        rungs.apply(to: &settings)
        do throws(FidelityError) {
            let scheduler = try Schedulers.named(name.name)?.make(settings, forecast: forecast)
            guard let scheduler else { preconditionFailure("\(name.name) is no scheduler") }
            return try Replay.run(scheduler, on: curves, slots: workers)
        } catch {
            throw CommandError(
                "`\(error.setting)`: \(error.reason)", help: error.hint, argument: error.setting, code: .outOfRange)
        }
    }

    private func table(_ results: [WhatIf], unit: Unit?, sign: Double) -> Table {
        Table([
            Column("scheduler", .strings(schedulers.map(\.name))), Column("trials", .ints(results.map(\.trials))),
            Column("epochs", .floats(results.map { Double($0.epochs) }), unit: .epochs),
            Column("saved", .floats(results.map { $0.saved * 100 }), unit: .percent),
            Column("found", .floats(results.map { ($0.final ?? $0.found ?? .nan) * sign }), unit: unit),
            Column("regret", .floats(results.map { $0.regret ?? .nan }), unit: unit),
            Column("beyond", .ints(results.map(\.beyond))),
        ])
    }
}

/// A scheduler by name.
struct SchedulerName: Constant {
    static let kind = "scheduler"
    static let all = Schedulers.all.map { ConstantName($0.name, $0.summary) }
    let name: String
    init(constant name: String) { self.name = name }
}

/// Curves that were recorded: a study's, or those of a table.
enum RecordedCurves: ValueReadable {
    case study(StudyHandle)
    case rows(Table)

    static let valueType = ValueType.oneOf([.handle(StudyHandle.typeName), .table(.unknown)])

    init?(_ value: Value) {
        guard let own = StudyHandle(value).map(Self.study) ?? Table(value).map(Self.rows) else { return nil }
        self = own
    }

    /// One row an epoch.
    var table: Table {
        get throws {
            switch self {
            case .study(let study): try StudyFailure.explained { try study.curves }
            case .rows(let table): table
            }
        }
    }
}
