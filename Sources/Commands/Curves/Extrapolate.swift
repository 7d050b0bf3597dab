import Estimation
import Language
import Statistics

/// The rest of learning curves, with bands.
struct Extrapolate: Command {
    static let chapter = Chapter.analysis
    static let summary = "Guess the rest of learning curves, with bands in which the truth lies as often as they say."
    static let discussion = """
        The table holds one row an epoch, in the column `epoch`; `by` tells curves apart, `trial` or `arch` unless \
        given. The result has a row for each epoch up to `to`: ahead of the last value seen the median and the ends of \
        the band, before it the value itself; where nothing is known, `none`. A curve that ends in `none` has diverged \
        and is not extrapolated. With `beats: 93%` the column `probability` says how likely the value at the end of the \
        training is better than that: above it, below it for `goal: min`.
        `bayes`: eleven parametric families weighed by evidence, asymptote and scale integrated out in closed form; \
        with `from`, a table of complete curves of the same columns, combined with regressions on these (never on one of the same name) and \
        recalibrated. `mcmc`: T. Domhan, J. T. Springenberg and F. Hutter, IJCAI 2015, as a reference, much slower. \
        `ridge`, `spread`: from finished curves only. `last_value`, `power_law`: baselines. \
        `schedule: cosine` says that the learning rate falls to nought at `to`, so that the curve may climb at its end, \
        `constant` that it stays; unless told, both are weighed by evidence. Percentages, and rising values between 0 \
        and 1, or between 0 and 100, are kept inside these; positive losses stay positive.
        """
    static let examples = [
        Example(
            """
            [{epoch: 1, accuracy: 0.3}, {epoch: 2, accuracy: 0.5}, {epoch: 3, accuracy: 0.6}] | as_table \
            | extrapolate to: 9 | count
            """,
            gives: "9")
    ]

    @Argument("the values of the curves; `accuracy` unless given") var value: Measure? = nil
    @Option("the column that tells curves apart") var by: RowValue? = nil
    @Option("the last epoch of the training") var to: Epochs
    @Option("how often the truth lies in the band") var level = Percentage(90)
    @Option("a value; adds the probability that the training ends with a better one") var beats: Value? = nil
    @Option("whether larger values are better; min for losses and errors unless given") var goal: CurveAim? = nil
    @Option("complete curves to learn from") var from: Table? = nil
    @Option("how the learning rate falls") var schedule: RateSchedule = .unknown
    @Option("how to guess") var method: CurveMethod = .bayes
    @Option("start of the random numbers") var seed: SeedOption = .derived

    func outputType(for input: ValueType) throws -> ValueType {
        if let method = $method.known, method.needsFinished, !$from.isGiven { throw missingFinished(method) }
        let rows = rowSchema(for: input)
        let key = try $by.isGiven ? $by.known??.expression.columnType(over: rows) : CurveRows.defaultKey(in: rows)
        let value = try $value.isGiven ? $value.known??.expression.columnType(over: rows) : rows["accuracy"]
        let names = ["observed", "median", "low", "high"].map { ColumnType($0, .number, unit: value?.unit) }
        let best = $beats.isGiven ? [ColumnType("probability", .number)] : []
        let epoch = ColumnType(CurveRows.epoch, .int, unit: rows[CurveRows.epoch]?.unit)
        guard value != nil, key != nil || !rows.isOpen else {
            return .table(.unknown)
        }
        return .table(Schema((key.map { [$0] } ?? []) + [epoch] + names + best))
    }

    func run(_ input: Table, in context: Context) throws -> Table {
        guard level.percent > 0, level.percent < 100 else {
            throw CommandError(
                "`level` must lie between 0% and 100%", help: "as in `level: 90%`", argument: "level",
                code: .outOfRange)
        }
        let rows = try CurveRows(input, value: value, by: by)
        let best = try beats.map { try Self.number($0, unit: rows.unit) }
        let finished = try from.map { try CurveRows($0, value: value, by: by) }
        let maker = CurveForecaster(
            setting: setting(of: rows, finished), method: method, finished: finished?.items,
            seed: { () -> Seed in
                var generator = seed.generator(in: context)
                return Seed(generator.next())
            }())
        let forecasts = try rows.items.map { item -> CurveForecast in
            try context.cancel.check()
            do {
                return try maker.forecast(item, level: level.fraction, beats: best)
            } catch let error as CurveError {
                throw Self.failure(error, key: item.key)
            }
        }
        return table(rows, forecasts)
    }

    private func missingFinished(_ method: CurveMethod) -> CommandError {
        CommandError(
            "`method: \(method.rawValue)` learns from complete curves", help: "give them: `from: TABLE`",
            argument: "method", code: .missingArgument)
    }

    /// The value that `beats` names, in the unit of the curves.
    private static func number(_ value: Value, unit: Unit?) throws -> Double {
        switch (value, unit) {
        case (.int(let number), nil): return Double(number)
        case (.float(let number), nil) where number.isFinite: return number
        case (.quantity(let quantity), let unit?) where quantity.unit.dimension == unit.dimension:
            return quantity.magnitude(in: unit)
        default:
            throw CommandError(
                "`beats` must be \(unit.map { "in \($0.rawValue)" } ?? "a plain number"), as the curves are",
                argument: "beats", code: .wrongUnit)
        }
    }

    private static func failure(_ error: CurveError, key: Value?) -> CommandError {
        let name = key.map { "\(ValuePrinter.line($0)): " } ?? ""
        guard case .fewFinished = error else { return CommandError(name + error.description, code: .failed) }
        return CommandError(
            error.description, help: "leave `from` out, or name `schedule: cosine` if lengths differ",
            argument: "from", code: .failed)
    }

    private func setting(of rows: CurveRows, _ finished: CurveRows?) -> CurveSetting {
        CurveSetting(
            goal: rows.isRising(goal) ? .maximise : .minimise, scale: rows.scale(goal, with: finished),
            schedule: schedule.schedule, horizon: Double(to.count))
    }

    private func table(_ rows: CurveRows, _ forecasts: [CurveForecast]) -> Table {
        var columns: [Column] = []
        if let name = rows.keyName {
            let keys = zip(rows.items, forecasts).flatMap { item, forecast in
                forecast.epochs.map { _ in item.key ?? .none(nil) }
            }
            columns.append(Column(name, values: keys))
        }
        columns.append(
            Column(CurveRows.epoch, .ints(forecasts.flatMap(\.epochs).map { Int($0) }), unit: rows.epochUnit))
        let whole = forecasts.reduce(into: CurveForecast()) { $0.append($1) }
        for column in whole.columns {
            columns.append(Column(column.name, .floats(column.values), unit: rows.unit))
        }
        if beats != nil { columns.append(Column("probability", .floats(whole.probability))) }
        return Table(columns)
    }
}

/// Whether larger values of a curve are better.
enum CurveAim: String, CaseIterable, Constant {
    case max, min
}

/// How the learning rate falls over a training.
enum RateSchedule: String, CaseIterable, Constant {
    case unknown, constant, cosine

    var schedule: CurveSchedule {
        switch self {
        case .unknown: .unknown
        case .constant: .constant
        case .cosine: .cosine
        }
    }
}

/// A way to guess the rest of a curve.
enum CurveMethod: String, CaseIterable, Constant {
    case bayes, mcmc, ridge, spread
    case lastValue = "last_value"
    case powerLaw = "power_law"

    /// Whether it learns from nothing but complete curves.
    var needsFinished: Bool { self == .ridge || self == .spread }
}
