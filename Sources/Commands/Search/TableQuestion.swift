import Language
import Spaces

/// Which published measurement is meant.
struct TableQuestion: Sendable {
    let data: DataSetName?
    var split: Split = .test
    var epochs: Epochs?
    var training: Int?
    var device: DeviceName?
    /// What asks, and at which argument; the metric of the space unless given.
    var asker: (name: String, argument: String)?

    /// The measurements of a metric of a space.
    func column(_ metric: Metric, of space: any Space) throws -> BenchmarkColumn {
        try answering {
            switch metric {
            case .latency:
                guard let device else {
                    throw CommandError(
                        "a latency needs `device:`", help: DeviceName.offer, argument: "device",
                        code: .missingArgument)
                }
                return try Tables.known.latency(space: space.name, device: device.name)
            case .accuracy:
                return try Tables.known.accuracy(
                    space: space.name, data: try data?.name ?? onlyDataSet(metric, of: space), split: split.measured,
                    epochs: epochs?.count, training: training)
            case .trainTime:
                return try Tables.known.trainingTime(
                    space: space.name, data: try data?.name ?? onlyDataSet(metric, of: space), epochs: epochs?.count,
                    training: training)
            }
        }
    }

    private func onlyDataSet(_ metric: Metric, of space: any Space) throws -> String {
        let names = try Tables.known.dataSets(space: space.name)
        if names.count <= 1 { return names.first ?? "" }
        let asker = asker ?? ("the \(metric.rawValue) of \(space.name)", "data")
        throw CommandError(
            "\(asker.name) needs `data:`", help: "one of: \(names.joined(separator: ", "))",
            argument: asker.argument, code: .missingArgument)
    }
}
