import Language

/// A list, or a column, as one number.
protocol AggregateCommand: Command where Input == [Value], Output == Value {
    static var aggregate: Aggregate { get }
}

extension AggregateCommand {
    static var chapter: Chapter { .analysis }

    func outputType(for input: ValueType) throws -> ValueType {
        guard case .list(let element) = input else { return .any }
        return element == .int ? .number : element
    }

    func run(_ input: [Value], in context: Context) throws -> Value {
        do {
            return try Column("item", values: input).summed(as: Self.aggregate)
        } catch {
            throw CommandError(error.message, help: error.help, code: .wrongType)
        }
    }
}

struct Mean: AggregateCommand {
    static let summary = "The mean of a list of numbers; `none` is left out."
    static let examples = [Example("[1, 2, 6] | mean", gives: "3")]
    static let aggregate = Aggregate.mean
}

struct Sum: AggregateCommand {
    static let summary = "The sum of a list of numbers; `none` is left out."
    static let examples = [Example("[1, 2, 6] | sum", gives: "9")]
    static let aggregate = Aggregate.sum
}

struct Median: AggregateCommand {
    static let summary = "The median of a list of numbers; `none` is left out."
    static let examples = [Example("[1, 2, 6] | median", gives: "2")]
    static let aggregate = Aggregate.median
}

struct Std: AggregateCommand {
    static let summary = "The sample standard deviation of a list of numbers; `none` is left out."
    static let examples = [Example("[1, 3] | std | round", gives: "1")]
    static let aggregate = Aggregate.std
}

struct Min: AggregateCommand {
    static let summary = "The smallest of a list of numbers; `none` is left out."
    static let examples = [Example("[5ms, 2ms] | min", gives: "2ms")]
    static let aggregate = Aggregate.min
}

struct Max: AggregateCommand {
    static let summary = "The largest of a list of numbers; `none` is left out."
    static let examples = [Example("[5ms, 2ms] | max", gives: "5ms")]
    static let aggregate = Aggregate.max
}
