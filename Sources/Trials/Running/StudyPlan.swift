public import Estimation
import Foundation
public import Search
public import Spaces
public import Training

/// Everything that it takes to run a study, and to run it again: stored with it as JSON.
public struct StudyPlan: Hashable, Codable, Sendable {
    /// The name of the search space.
    public var space: String
    /// What distributes epochs among trials: the name of one of ``Search/Schedulers``.
    public var scheduler: String
    /// What it is made from.
    public var schedule: ScheduleSettings
    /// Where architectures come from.
    public var source: ArchitectureSource
    /// What evaluates them.
    public var evaluation: EvaluationPlan
    /// What is to be small beside the accuracy being large, for the rule of predictions.
    public var minimized: CostMeasure?
    /// Where random numbers begin.
    public var seed: UInt64
    /// How many trials are evaluated side by side.
    public var workers: Int

    /// A plan.
    public init(
        space: String, scheduler: String, schedule: ScheduleSettings, source: ArchitectureSource = .drawn,
        evaluation: EvaluationPlan, seed: UInt64, workers: Int
    ) {
        (self.space, self.scheduler, self.schedule, self.source) = (space, scheduler, schedule, source)
        (self.evaluation, self.seed, self.workers) = (evaluation, seed, workers)
    }
}

/// Where the architectures of a study come from.
public enum ArchitectureSource: Hashable, Codable, Sendable {
    /// The space, as the scheduler's kind asks for: all equally likely or, for BOHB, where good ones lie dense.
    case drawn
    /// The space, by the strategy of this name, which hears the accuracy at the end of each stretch of training.
    case strategy(String)
    /// They are these, in this order, each as `space:genes`.
    case listed([String])
}

/// What evaluates the architectures of a study.
public enum EvaluationPlan: Hashable, Codable, Sendable {
    /// Real training.
    case training(TrainingPlan)
    /// A published table: the name of its data set, and after how many epochs it is asked.
    case table(data: String, epochs: [Int])

    /// The name of the data set.
    public var data: String {
        switch self {
        case .training(let plan): plan.data.name
        case .table(let data, _): data
        }
    }

    /// What tells the data from other data of the same name.
    public var fingerprint: String? { if case .training(let plan) = self { plan.data.fingerprint } else { nil } }

    /// How the learning rate falls, as far as extrapolation knows it.
    public var curveSchedule: CurveSchedule {
        if case .training(let plan) = self, case .cosine = plan.recipe.course { .cosine } else { .unknown }
    }
}

/// How the networks of a study are built and trained.
public struct TrainingPlan: Hashable, Codable, Sendable {
    /// What they learn from.
    public var data: DataPlan
    /// How they learn.
    public var recipe: Recipe
    /// Channels of the first cells and cells in a stage, where they are not the space's own.
    public var channels: Int?, cells: Int?
    /// How weights begin.
    public var initialization: Initialization
    /// How many threads of libtorch each worker has.
    public var threads: Int
    /// What tells the weights that training begins with from others, where they are given; they lie in the first
    /// trial's folder.
    public var start: String?

    /// How networks are built and trained.
    public init(
        data: DataPlan, recipe: Recipe, channels: Int? = nil, cells: Int? = nil, initialization: Initialization,
        threads: Int
    ) {
        (self.data, self.recipe, self.channels, self.cells) = (data, recipe, channels, cells)
        (self.initialization, self.threads) = (initialization, threads)
    }
}

/// A data set, so that it can be opened again.
public struct DataPlan: Hashable, Codable, Sendable {
    /// Its name.
    public var name: String
    /// Where it lies; nil for one that nash ships, and for one that was made of a table.
    public var path: String?
    /// How it was opened.
    public var options: Dataset.Options
    /// What tells it from other data of the same name.
    public var fingerprint: String

    /// How `dataset` was opened.
    public init(_ dataset: Dataset) {
        (name, options, fingerprint) = (dataset.name, dataset.options, dataset.fingerprint)
        path = dataset.path.map { URL(fileURLWithPath: $0).path }
    }

    /// The data set, opened once more.
    ///
    /// - Throws: `DatasetError` where it is gone; ``StudyError`` where it has changed, or was made of a table.
    public func open() throws -> Dataset {
        let dataset: Dataset
        if let path {
            dataset = try Dataset.open(path, options)
        } else if Dataset.builtIn.contains(name) {
            dataset = try Dataset.digits(options)
        } else {
            throw StudyError("the data set \(name) was made of a table, which is not stored", try: "give it by `data:`")
        }
        guard dataset.fingerprint == fingerprint else {
            throw StudyError(
                "the data set \(path ?? name) has changed since the study began: its fingerprint is "
                    + "\(dataset.fingerprint), and was \(fingerprint)",
                try: "bring the old data back, or begin another study")
        }
        return dataset
    }
}

/// Why a study cannot be run.
public struct StudyError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public let reason: String
    /// What to try.
    public let hint: String

    /// A reason with advice.
    public init(_ reason: String, try hint: String) { (self.reason, self.hint) = (reason, hint) }

    /// Reason and advice in one line.
    public var description: String { "\(reason); \(hint)" }
}

extension StudyPlan {
    /// What distributes epochs among trials.
    ///
    /// - Throws: `FidelityError`, which names the setting at fault; ``StudyError`` for a scheduler that is not known.
    public func makeScheduler(forecast: RuleForecast? = nil) throws -> any Scheduler {
        try kind.make(schedule, forecast: forecast)
    }

    /// What chooses architectures of `space`.
    ///
    /// - Throws: ``StudyError`` where a listed one cannot be read.
    public func makeStrategy(of space: any Space) throws -> any Strategy {
        if case .listed(let texts) = source {
            return ListedStrategy(try texts.map { try Self.architecture($0, space) })
        }
        if case .strategy(let name) = source {
            guard let strategy = Strategies.named(name) else {
                throw StudyError("no strategy is called `\(name)`", try: "begin the study anew")
            }
            return try strategy.make(SearchDomain(space))
        }
        switch try kind.proposer {
        case .random: return RandomStrategy(space: space)
        case .kernelDensity: return KernelDensity(space: space)
        }
    }

    /// How many trials will reach which epochs; nil where that depends on results.
    public var brackets: BracketPlan? {
        get throws { (try kind.isRule ? nil : makeScheduler() as? any PlannedScheduler)?.plan }
    }

    /// The numbers of epochs at which trials may be compared or end, ascending.
    public var levels: [Int] {
        get throws {
            if let brackets = try brackets { return Set(brackets.rows.map(\.epochs)).sorted() }
            if try kind.isRule {
                return Array(
                    Set(stride(from: schedule.grace, to: schedule.horizon, by: max(1, schedule.step)))
                        .union([schedule.horizon])
                ).sorted()
            }
            return try schedule.rungs ?? Rungs.ladder(min: schedule.min, max: schedule.max, eta: schedule.eta)
        }
    }

    private var kind: SchedulerKind {
        get throws {
            guard let kind = Schedulers.named(scheduler) else {
                throw StudyError("no scheduler is called `\(scheduler)`", try: "begin the study anew")
            }
            return kind
        }
    }

    private static func architecture(_ text: String, _ space: any Space) throws -> Architecture {
        guard let architecture = Architecture(text), space.isValid(architecture) else {
            throw StudyError("`\(text)` is no architecture of \(space.name)", try: "begin the study anew")
        }
        return architecture
    }

    /// The plan as JSON, with its keys in order.
    public var text: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        guard let data = try? encoder.encode(self) else { preconditionFailure("a plan holds only what JSON can say") }
        return String(decoding: data, as: UTF8.self)
    }

    /// The plan that ``text`` says.
    ///
    /// - Throws: ``StudyError`` where it says none.
    public init(_ text: String) throws {
        do {
            self = try JSONDecoder().decode(StudyPlan.self, from: Data(text.utf8))
        } catch {
            throw StudyError(
                "the stored plan of the study cannot be read: \(error)", try: "begin the study anew")
        }
    }
}
