import Glibc
public import Statistics

/// The mean of the nearest architectures known, weighted by nearness.
///
/// Distances are Euclidean between standardised features; weights are 1/(distance + a tenth of the distance to the
/// k-th). How many neighbours are asked is chosen among 1, 2, 3, 5, 8, 13 and 21 by leaving each row out. The deviation
/// is the weighted spread of the neighbours, calibrated on the rows left out.
public struct KNN: Predictor {
    /// `knn`.
    public static let name = "knn"
    /// One line on it.
    public static let summary = "mean of the nearest neighbours"

    /// How many neighbours; nil for the number that guesses best when each row is left out.
    public var neighbours: Int?
    private static let choices = [1, 2, 3, 5, 8, 13, 21]

    /// Nearest neighbours with the usual settings.
    public init() {}

    /// The neighbours of N rows, N at least 2.
    public func fitted(
        to inputs: PredictorInputs, targets: [Double], using generator: inout Random
    ) throws -> any FittedPredictor {
        try inputs.check(targets: targets)
        guard neighbours ?? 1 >= 1 else {
            throw PredictorError(.setting, "`neighbours` must be at least 1", try: "leave it out")
        }
        let columns = Standardisation(inputs.values, rows: inputs.count)
        let rows = columns.standardised(inputs.values, rows: inputs.count)
        let usable = (neighbours.map { [$0] } ?? Self.choices).map { min($0, inputs.count - 1) }
        var best: (error: Double, model: KNNModel)?
        for neighbours in Set(usable).sorted() {
            let model = KNNModel(
                rows: rows, targets: targets, columns: columns, neighbours: neighbours, calibration: .none)
            let heldOut = try Parallel.map(inputs.count) { model.guess(Array(rows[model.range($0)]), without: $0) }
            let error = zip(heldOut, targets).reduce(0) { $0 + abs($1.1 - $1.0.mean) }
            guard error < best?.error ?? .infinity else { continue }
            best = (error, model)
            best?.model.calibration = Calibration(heldOut, targets: targets)
        }
        guard let best else { throw PredictorError(.rows, "no neighbours", try: "evaluate more architectures") }
        return FittedFeatures(best.model, fittedTo: inputs)
    }

    /// The neighbours that were stored.
    public func restored(from state: PredictorState) throws -> any FittedPredictor {
        FittedFeatures(try KNNModel(state), state: state)
    }
}

/// Known rows, standardised, `[N, F]`.
struct KNNModel: FeatureModel {
    let rows: [Double]
    let targets: [Double]
    let columns: Standardisation
    let neighbours: Int
    var calibration: Calibration

    private var width: Int { columns.means.count }

    func range(_ row: Int) -> Range<Int> { row * width..<(row + 1) * width }

    func predictions(of values: [Float], count: Int) throws -> [Prediction] {
        let questions = columns.standardised(values, rows: count)
        return try Parallel.map(count) { calibration.calibrated(guess(Array(questions[range($0)]))) }
    }

    /// The guess for a standardised row, leaving out the known one of number `left`.
    func guess(_ question: [Double], without left: Int? = nil) -> Prediction {
        var nearest: [(square: Double, row: Int)] = []
        for row in targets.indices where row != left {
            var square = 0.0
            let start = row * width
            for column in 0..<width {
                let gap = rows[start + column] - question[column]
                square += gap * gap
            }
            guard nearest.count < neighbours || square < nearest[nearest.count - 1].square else { continue }
            let place = nearest.firstIndex { $0.square > square } ?? nearest.count
            nearest.insert((square, row), at: place)
            if nearest.count > neighbours { nearest.removeLast() }
        }
        let reach = (nearest.last?.square ?? 0).squareRoot()
        let weights = nearest.map { 1 / ($0.square.squareRoot() + 0.1 * reach + 1e-9) }
        let total = weights.reduce(0, +)
        let mean = zip(nearest, weights).reduce(0) { $0 + targets[$1.0.row] * $1.1 } / total
        let square = zip(nearest, weights).reduce(0) {
            $0 + (targets[$1.0.row] - mean) * (targets[$1.0.row] - mean) * $1.1
        }
        return Prediction(mean: mean, deviation: (square / total).squareRoot())
    }

    var state: PredictorState {
        PredictorState([
            "rows": rows, "targets": targets, "means": columns.means, "scales": columns.scales,
            "neighbours": [Double(neighbours)], "calibration": calibration.numbers,
        ])
    }
}

extension KNNModel {
    init(_ state: PredictorState) throws {
        let width = state.features.count
        columns = try Standardisation(state, width: width)
        targets = state["targets"]
        rows = try state.row("rows", count: width * targets.count)
        guard let stored = try state.integers("neighbours", in: 1..<max(2, targets.count)).first else {
            throw PredictorState.damaged("its number of neighbours")
        }
        neighbours = stored
        calibration = try Calibration(numbers: state["calibration"])
        guard !targets.isEmpty else { throw PredictorState.damaged("it has no rows") }
    }
}
