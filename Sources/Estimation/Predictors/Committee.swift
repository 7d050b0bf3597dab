import Statistics

/// Several models fitted to different parts of the rows, as one: the mean of what they say, and how far the truth is
/// likely to lie from it.
struct Committee: Hashable, Sendable {
    /// The scale on which the members guess.
    let scale: TargetScale
    /// How far apart members are, over the rows learnt from.
    let spread: CommitteeSpread
    let calibration: Calibration

    /// A committee that is calibrated on what those members say of each row that have not seen it.
    /// - Parameters:
    ///   - outputs: what each member says of each row on the scale, `[M][N]`.
    ///   - folds: which rows each member has not seen; as many as there are members.
    ///   - targets: the truths, `[N]`.
    init(_ outputs: [[Float]], _ folds: Folds, targets: [Double], scale: TargetScale) {
        let guesses = targets.indices.map { row in folds.strangers(to: row).map { Double(outputs[$0][row]) } }
        let spread = CommitteeSpread(guesses)
        let heldOut = spread.heldOut(guesses, members: outputs.count, targets: targets.map(scale.scaled))
        (self.scale, self.spread) = (scale, spread)
        calibration = Calibration(heldOut.map(scale.unscaled), targets: targets)
    }

    /// The guess for each of `count` rows of which each member says something, `[M][count]`.
    func predictions(_ outputs: [[Float]], count: Int) -> [Prediction] {
        var own = [Double](repeating: 0, count: outputs.count)
        return (0..<count).map { row in
            for member in outputs.indices { own[member] = Double(outputs[member][row]) }
            return calibration.calibrated(scale.unscaled(spread.guess(own)))
        }
    }

    /// Stores what `init(_:)` reads.
    func store(into state: inout PredictorState) {
        (state["scale"], state["calibration"]) = (scale.numbers, calibration.numbers)
        state["spread"] = spread.numbers
    }

    /// The committee that was stored.
    /// - Throws: `PredictorError` where a part of it is missing.
    init(_ state: PredictorState) throws {
        scale = try TargetScale(numbers: state["scale"])
        spread = try CommitteeSpread(numbers: state["spread"])
        calibration = try Calibration(numbers: state["calibration"])
    }
}
