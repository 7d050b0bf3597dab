import Language
import Spaces

/// What published benchmarks measured.
enum Metric: String, CaseIterable, Constant {
    case accuracy, latency
    case trainTime = "train_time"

    var unit: Unit {
        switch self {
        case .accuracy: .percent
        case .latency: .milliseconds
        case .trainTime: .seconds
        }
    }
}

/// A part of a data set.
enum Split: String, CaseIterable, Constant {
    case test, val, train, valtest

    var measured: AccuracySetting.Split {
        switch self {
        case .test: .test
        case .val: .validation
        case .train: .train
        case .valtest: .validationAndTest
        }
    }
}

/// A device on which latencies were measured. Folders are listed for the names, no file is opened.
struct DeviceName: Constant {
    static let kind = "device"
    static let all = names { try Tables.known.devices(space: $0) }.map { ConstantName($0) }
    let name: String
    init(constant name: String) { self.name = name }
}

/// A data set by name: those of the benchmarks, and what a user's tables add.
struct DataSetName: Constant {
    static let kind = "measured data set"
    static let all = benchmarked + added.map { ConstantName($0) }
    let name: String
    init(constant name: String) { self.name = name }

    private static let benchmarked = [
        ConstantName("cifar10", "CIFAR-10, 10 classes, 32×32"),
        ConstantName("cifar100", "CIFAR-100, 100 classes, 32×32"),
        ConstantName("imagenet16_120", "ImageNet16-120, 120 classes, 16×16"),
        ConstantName("cifar10_valid", "CIFAR-10 with half of its training images held out"),
    ]

    private static var added: [String] {
        names { try Tables.known.dataSets(space: $0) + Tables.known.curveDataSets(space: $0) }
            .filter { name in !benchmarked.contains { $0.name == name } }
    }
}

/// The names of all benchmarks, each once; of a folder that cannot be listed, none.
private func names(_ list: (String) throws -> [String]) -> [String] {
    Tables.benchmarks.reduce(into: [String]()) { names, benchmark in
        for name in (try? list(benchmark.space)) ?? [] where !names.contains(name) { names.append(name) }
    }
}
