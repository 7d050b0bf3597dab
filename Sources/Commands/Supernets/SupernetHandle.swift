public import Language
import Networks
import Spaces
import Training

/// A trained supernet as a value of the language: its space, its weights and how it came by them.
public struct SupernetHandle: ConvertibleHandle, SpaceBearing {
    /// What users read in help and errors.
    public static let typeName = "supernet"
    let space: SupernetSpace
    let history: SupernetHistory

    /// The space of its networks, which know their weights.
    var spaceHandle: SpaceHandle { SpaceHandle(space) }

    /// One line that stands for it.
    public var summary: String {
        "\(space.name) supernet, trained on \(history.data) by \(history.method) for \(history.metrics.count.counting("epoch"))"
    }

    /// What tells it from others of its type.
    public var identity: String { "\(summary) \(space.weights.name)" }

    /// The summary, what its networks are, and how well the largest and the smallest do.
    public var display: String {
        let size = space.base.count().map { "\($0)" } ?? "more than 2⁶³"
        let found = history.metrics.last.map { last in
            let accuracies = [("largest", last.largestAccuracy), ("smallest", last.smallestAccuracy)].map {
                "\($0) \(ValuePrinter.line(.quantity(Quantity($1 * 100, .percent))))"
            }
            return "\n  held-out accuracy: \(accuracies.joined(separator: ", "))"
        }
        return """
            \(summary)
              \(size) networks for \(space.input) in \(space.classes) classes, \(parameters) shared weights\(found ?? "")
            """
    }

    private var parameters: Int { space.weights.state.entries.reduce(0) { $0 + $1.shape.reduce(1, *) } }

    /// The names after a dot.
    public static let fields = [
        ColumnType("space", .handle(SpaceHandle.typeName)), ColumnType("method", .string), ColumnType("data", .string),
        ColumnType("params", .int), ColumnType("epochs", .int, unit: .epochs),
        ColumnType("curves", .table(SupernetCurves.schema)),
    ]

    /// The value after a dot; nil where there is none of that name.
    public func field(_ name: String) -> Value? {
        switch name {
        case "space": .handle(SpaceHandle(space.base))
        case "method": .string(history.method)
        case "data": .string(history.data)
        case "params": .int(parameters)
        case "epochs": .quantity(Quantity(Double(history.metrics.count), .epochs))
        case "curves": .table(SupernetCurves.table(of: history.metrics))
        default: nil
        }
    }
}

/// How a supernet was trained.
struct SupernetHistory: Sendable {
    /// The name of the method.
    let method: String
    /// The data set's name.
    let data: String
    /// What each epoch gave, ascending.
    let metrics: [SupernetMetrics]
}

/// The columns of a supernet's learning curves: one row an epoch.
enum SupernetCurves {
    private static let measures: [(name: String, unit: Unit?, of: @Sendable (SupernetMetrics) -> Double)] = [
        ("accuracy", .percent, { $0.largestAccuracy * 100 }), ("loss", nil, { $0.largestLoss }),
        ("smallest_accuracy", .percent, { $0.smallestAccuracy * 100 }), ("smallest_loss", nil, { $0.smallestLoss }),
        ("train_loss", nil, { $0.trainLoss }), ("images_per_second", nil, { $0.imagesPerSecond }),
        ("seconds", .seconds, { $0.seconds }),
    ]

    static let schema = Schema(
        [ColumnType("epoch", .int, unit: .epochs), ColumnType("stage", .string)]
            + measures.map { ColumnType($0.name, .number, unit: $0.unit) })

    static func table(of metrics: [SupernetMetrics]) -> Table {
        Table(
            [
                Column("epoch", .floats(metrics.map { Double($0.epoch) }), unit: .epochs),
                Column("stage", .strings(metrics.map(\.stage))),
            ] + measures.map { measure in Column(measure.name, .floats(metrics.map(measure.of)), unit: measure.unit) })
    }
}
