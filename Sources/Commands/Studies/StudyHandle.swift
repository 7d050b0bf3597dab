public import Language
import Search
public import Spaces
public import Trials

/// A stored study as a value of the language: what it asks the store for is what stands there when it is asked.
public struct StudyHandle: ConvertibleHandle {
    /// What users read in help and errors.
    public static let typeName = "study"
    let store: Store
    /// Its number in the store.
    public let id: Int
    /// Its name in the store.
    public let name: String
    /// The space of its architectures.
    public let space: any Space
    /// What the run came to that gave this value; nil where the study was only looked up.
    public let report: StudyReport?

    /// A study of `space` that is stored.
    init(_ record: StudyRecord, in store: Store, space: any Space, report: StudyReport? = nil) {
        (id, name) = (record.id, record.name)
        (self.store, self.space, self.report) = (store, space, report)
    }

    /// Its name.
    public var summary: String { name }

    /// How it stands, its best trial, the plan of its brackets, and how busy its workers were.
    public var display: String {
        do {
            return try StudyFailure.explained { try StudyDisplay(self).text }
        } catch let error as CommandError {
            return "\(name): \(error.message)"
        } catch {
            return "\(name): \(error)"
        }
    }

    /// What can be asked of a study with a dot.
    public static let fields = [
        ColumnType("name", .string), ColumnType("id", .int), ColumnType("status", .string),
        ColumnType("space", .string), ColumnType("trials", .table(TrialColumns.schema)),
        ColumnType("curves", .table(CurveColumns.schema(of: curveKeys))),
        ColumnType("brackets", .table(BracketColumns.schema)), ColumnType("epochs", .int, unit: .epochs),
        ColumnType("accuracy", .number, unit: .percent), ColumnType("best", .handle(ArchitectureHandle.typeName)),
        ColumnType("seconds", .number, unit: .seconds), ColumnType("busy", .number, unit: .percent),
        ColumnType("plan", .string), ColumnType("versions", .record(Schema.unknown)),
    ]

    /// The columns before the epoch in the table of curves.
    static let curveKeys = [ColumnType("trial", .int)]

    /// The value of a field.
    ///
    /// - Throws: `CommandError` where the store cannot be read.
    public func field(_ name: String) throws -> Value? {
        try StudyFailure.explained {
            switch name {
            case "name": return .string(self.name)
            case "id": return .int(id)
            case "space": return .string(space.name)
            case "trials": return .table(try trials)
            case "curves": return .table(try curves)
            case "brackets": return .table(BracketColumns.table(try plan.brackets))
            case "best": return try best.map { .handle(ArchitectureHandle($0.candidate.architecture, of: space)) }
            case "seconds": return report.map { .quantity(Quantity($0.seconds, .seconds)) } ?? Self.notRun
            case "busy": return report.map { .quantity(Quantity($0.busy * 100, .percent)) } ?? Self.notRun
            default: return try stored(name)
            }
        }
    }

    private static let notRun = Value.none("the study was looked up, not run")

    private func stored(_ name: String) throws -> Value? {
        let record = try record
        switch name {
        case "status": return .string(record.status.rawValue)
        case "epochs": return .quantity(Quantity(Double(record.epochs), .epochs))
        case "accuracy":
            return record.bestAccuracy.map { .quantity(Quantity($0 * 100, .percent)) } ?? .none("nothing was measured")
        case "plan": return .string(record.description.settings)
        case "versions":
            return .record(
                Record(record.description.versions.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
        default: return nil
        }
    }
}

extension StudyHandle {
    /// What the store says of it now.
    var record: StudyRecord { get throws { try store.study(id) } }

    /// What it was made to do.
    var plan: StudyPlan { get throws { try StudyPlan(record.description.settings) } }

    /// Its trials, one row each.
    var trials: Table { get throws { TrialColumns.table(try store.trials(of: id), of: name, in: space) } }

    /// Its curves, one row an epoch.
    var curves: Table {
        get throws {
            let epochs = try store.epochs(of: id)
            return CurveColumns.table(of: epochs, keys: [Column("trial", .ints(epochs.trial))])
        }
    }

    /// The trial with the best accuracy after its last epoch.
    var best: TrialRecord? {
        get throws { try store.trials(of: id).max { ($0.lastAccuracy ?? -1) < ($1.lastAccuracy ?? -1) } }
    }
}

/// The lines that stand for a study where it is a result.
private struct StudyDisplay {
    private let record: StudyRecord
    private let best: TrialRecord?
    /// Of a search there is none: its line says what it does.
    private let plan: StudyPlan?
    private let handle: StudyHandle

    init(_ handle: StudyHandle) throws {
        self.handle = handle
        (record, best, plan) = (try handle.record, try handle.best, try? handle.plan)
    }

    var text: String {
        ([heading] + [winner, workers].compactMap { $0 } + BracketColumns.lines((try? plan?.brackets) ?? nil)).joined(
            separator: "\n  ")
    }

    private var heading: String {
        "\(record.name): \(record.status.rawValue), \(record.trials.counting("trial")) of \(record.description.space) on "
            + "\(record.description.data), \(record.epochs.counting("epoch"))"
    }

    private var winner: String? {
        guard let best, let accuracy = best.lastAccuracy else { return nil }
        let value = ValuePrinter.line(.quantity(Quantity(accuracy * 100, .percent)))
        let text = handle.space.describe(best.candidate.architecture)
        return "best \(value) after \(best.epochs.counting("epoch")), trial \(best.candidate.trial): \(text)"
    }

    private var workers: String? {
        guard let report = handle.report, let plan, report.trained > 0 else { return nil }
        let time = ValuePrinter.line(.quantity(Quantity(report.seconds, .seconds)))
        let busy = ValuePrinter.line(.quantity(Quantity((report.busy * 1000).rounded() / 10, .percent)))
        return "\(report.trained.counting("epoch")) in \(time), \(plan.workers.counting("worker")) busy \(busy)"
    }
}
