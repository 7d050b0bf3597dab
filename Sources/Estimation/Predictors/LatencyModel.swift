import Glibc
import Spaces
import Statistics

/// The regression behind `Latency`: its inputs, its weights, its scale.
struct LatencyModel: Sendable {
    let patterns: DevicePatterns?
    let columns: Standardisation
    let evidence: LinearEvidence
    let scale: LatencyScale
    let calibration: Calibration
    /// The mean squared error of rows that were left out, of the targets.
    let leftOutError: Double

    /// What is believed of precisions before there are rows: patterns explain about all of the targets' variance, counts
    /// a tenth of the deviation besides, or all without patterns; noise about a twentieth of the variance.
    private static let wide = LinearEvidence.Belief(shape: 0.5, rate: 0.5)
    private static let narrow = LinearEvidence.Belief(shape: 0.5, rate: 0.01)
    private static let noise = LinearEvidence.Belief(shape: 0.5, rate: 0.05)

    init(
        _ inputs: PredictorInputs, _ targets: [Double], _ patterns: DevicePatterns?, isLogarithm: Bool
    ) throws {
        self.patterns = patterns
        let scale = LatencyScale(targets, isLogarithm: isLogarithm)
        let values = Self.values(of: inputs, isLogarithm: isLogarithm)
        columns = Standardisation(values, rows: inputs.count).keeping(Self.bearable(inputs))
        let rows = try Self.rows(of: inputs, values, patterns, columns)
        let own = FeatureNames.families(inputs.names).map { $0 + 1 }
        let groups = [Int](repeating: 0, count: patterns?.count ?? 0) + own
        let others = [Int](repeating: 0, count: own.max() ?? 0)
        evidence = try LinearEvidence(
            rows.flatMap { $0 }, targets: targets.map(scale.scaled), groups: groups,
            start: [1] + others.map { _ in patterns == nil ? 1 : 100 },
            beliefs: [Self.wide] + others.map { _ in patterns == nil ? Self.wide : Self.narrow }, noise: Self.noise)
        let leftOut = evidence.leftOut.map { scale.unscaled(Prediction(mean: $0.mean, deviation: $0.deviation)) }
        leftOutError =
            zip(leftOut, targets).reduce(0) { $0 + ($1.1 - $1.0.mean) * ($1.1 - $1.0.mean) } / Double(targets.count)
        calibration = Calibration(leftOut, targets: targets)
        self.scale = scale
    }

    /// Which features the rows can bear: with two rows a feature all; with two for each that tells of the whole network
    /// those; with fewer counts and costs, and a user's own; all where there are none of these.
    private static func bearable(_ inputs: PredictorInputs) -> [Bool] {
        let local = FeatureNames.bearable(inputs.names, rows: inputs.count)
        let whole = inputs.names.count { !FeatureNames.isLocal($0) }
        let isKept = zip(inputs.names, local).map { $1 && (inputs.count >= 2 * whole || isCount($0)) }
        return isKept.contains(true) ? isKept : isKept.map { _ in true }
    }

    /// Whether a feature is no more than a count, a cost or a user's own: all but what is known of paths.
    private static func isCount(_ name: String) -> Bool {
        !["passes ", "paths ", "most ", "least ", "longest ", "shortest ", "deepest ", "shallowest ", "mean depth"]
            .contains { name.hasPrefix($0) } && name != "live paths"
    }

    /// The features; costs, which are logarithms, as plain numbers where latency is.
    private static func values(of inputs: PredictorInputs, isLogarithm: Bool) -> [Float] {
        if isLogarithm { return inputs.values }
        let costs: Set = ["params", "macs", "live params", "live macs"]
        let isCost = inputs.names.map(costs.contains)
        return inputs.values.enumerated().map { place, value in
            isCost[place % inputs.names.count] ? Float(expm1(Double(value))) : value
        }
    }

    /// The rows that weights multiply, without the leading 1.
    private static func rows(
        of inputs: PredictorInputs, _ values: [Float], _ patterns: DevicePatterns?, _ columns: Standardisation
    ) throws -> [[Double]] {
        let width = inputs.names.count
        let own = columns.standardised(values, rows: inputs.count)
        let weight = 1 / Double(max(1, columns.scales.count { $0 > 0 })).squareRoot()
        let places = patterns == nil ? nil : inputs.space.map(OperationPlaces.init)
        return try Parallel.map(inputs.count) { row in
            var numbers: [Double] = []
            if let patterns {
                guard let places, let matrix = inputs.architectures else {
                    throw PredictorError(
                        .features, "it was fitted on architectures, and there are only columns",
                        try: "give a table of architectures")
                }
                numbers = patterns.components(of: places.features(of: Array(matrix.genes(of: row))))
            }
            return numbers + own[row * width..<(row + 1) * width].map { $0 * weight }
        }
    }

    func predictions(for inputs: PredictorInputs) throws -> [Prediction] {
        let values = Self.values(of: inputs, isLogarithm: scale.isLogarithm)
        let rows = try Self.rows(of: inputs, values, patterns, columns)
        return try Parallel.map(rows.count) { row in
            let guess = evidence.guess(rows[row][...])
            return calibration.calibrated(
                scale.unscaled(Prediction(mean: guess.mean, deviation: guess.deviation)))
        }
    }
}

extension LatencyModel {
    var state: PredictorState {
        var state = PredictorState([
            "weights": evidence.weights, "covariance": evidence.covariance, "noise": [evidence.noise],
            "means": columns.means, "scales": columns.scales, "scale": scale.numbers,
            "calibration": calibration.numbers, "patterns": [Double(patterns?.count ?? 0)],
        ])
        if let patterns {
            (state["pattern.weights"], state["pattern.offsets"]) = (patterns.weights.flatMap { $0 }, patterns.offsets)
        }
        return state
    }

    init(_ state: PredictorState) throws {
        guard let count = try state.integers("patterns", in: 0..<100).first else {
            throw PredictorState.damaged("its patterns")
        }
        let flat = state["pattern.weights"]
        guard count > 0 ? !flat.isEmpty && flat.count % count == 0 : flat.isEmpty else {
            throw PredictorState.damaged("its patterns")
        }
        let length = count > 0 ? flat.count / count : 0
        patterns =
            count == 0
            ? nil
            : DevicePatterns(
                weights: (0..<count).map { Array(flat[$0 * length..<($0 + 1) * length]) },
                offsets: try state.row("pattern.offsets", count: count))
        let size = state.features.count + count + 1
        columns = try Standardisation(state, width: state.features.count)
        evidence = LinearEvidence(
            weights: try state.row("weights", count: size), covariance: try state.row("covariance", count: size * size),
            noise: try state.number("noise"))
        scale = try LatencyScale(numbers: state["scale"])
        calibration = try Calibration(numbers: state["calibration"])
        leftOutError = .nan
    }
}

/// Targets, or their logarithms, with mean 0 and deviation 1.
struct LatencyScale: Hashable, Sendable {
    let middle: Double
    let scale: Double
    let isLogarithm: Bool
    /// The largest logarithm that a guess may have: e times the largest target.
    private let most: Double

    /// The scale of finite targets, at least one; all above 0 for the logarithm.
    init(_ targets: [Double], isLogarithm: Bool) {
        let values = isLogarithm ? targets.map { log($0) } : targets
        let middle = values.reduce(0, +) / Double(values.count)
        let square = values.reduce(0) { $0 + ($1 - middle) * ($1 - middle) } / Double(values.count)
        self.middle = middle
        scale = square > 0 ? square.squareRoot() : 1
        most = (values.max() ?? 0) + 1
        self.isLogarithm = isLogarithm
    }

    func scaled(_ target: Double) -> Double { ((isLogarithm ? log(target) : target) - middle) / scale }

    /// A guess on the scale as one of a target.
    func unscaled(_ guess: Prediction) -> Prediction {
        let (mean, deviation) = (middle + scale * guess.mean, scale * guess.deviation)
        guard isLogarithm else { return Prediction(mean: mean, deviation: deviation) }
        // Half of what one deviation to either side comes to.
        let place = min(mean, most)
        return Prediction(mean: exp(place), deviation: exp(place) * sinh(min(deviation, 10)))
    }

    var numbers: [Double] { [middle, scale, isLogarithm ? 1 : 0, most] }

    init(numbers: [Double]) throws {
        guard numbers.count == 4, numbers[1] > 0 else { throw PredictorState.damaged("its scale") }
        (middle, scale, isLogarithm, most) = (numbers[0], numbers[1], numbers[2] == 1, numbers[3])
    }
}
