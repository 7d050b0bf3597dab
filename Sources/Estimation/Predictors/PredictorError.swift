import Spaces

/// Why a predictor could not be fitted, asked or read.
public struct PredictorError: Error, Equatable, CustomStringConvertible {
    /// What is at fault.
    public enum Part: Hashable, Sendable {
        /// The rows: too few, or all alike.
        case rows
        /// The values to learn.
        case targets
        /// The features.
        case features
        /// The search space.
        case space
        /// A setting of the predictor.
        case setting
        /// What was stored of a predictor.
        case file
    }

    /// What is at fault.
    public let part: Part
    /// What was expected, and what came.
    public let reason: String
    /// What to try.
    public let hint: String

    /// An error and a way out of it.
    public init(_ part: Part, _ reason: String, try hint: String) {
        (self.part, self.reason, self.hint) = (part, reason, hint)
    }

    /// Reason and way out in one line.
    public var description: String { "\(reason): \(hint)" }
}

extension PredictorInputs {
    /// Refuses what nothing can be learnt from.
    ///
    /// - Parameter least: how many rows the predictor needs at least.
    /// - Throws: `PredictorError` for fewer rows, as many targets as there are not rows, a value that is not finite, or
    ///   rows that are all alike.
    func check(targets: [Double], least: Int = 2) throws {
        guard targets.count == count else {
            throw PredictorError(
                .targets, "\(targets.count) targets for \(count) rows", try: "give each row one target")
        }
        guard count >= least else {
            throw PredictorError(
                .rows,
                "there \(count == 1 ? "is 1 row" : "are \(count) rows") to learn from, where \(least) are needed",
                try: "evaluate more architectures")
        }
        if let row = targets.firstIndex(where: { !$0.isFinite }) {
            throw PredictorError(
                .targets, "the target of row \(row + 1) is \(targets[row].isNaN ? "missing" : "infinite")",
                try: "leave out rows without a target")
        }
        if let place = values.firstIndex(where: { !$0.isFinite }) {
            throw PredictorError(
                .features, "`\(names[place % names.count])` has no finite value in row \(place / names.count + 1)",
                try: "leave out that row or that feature")
        }
        let width = names.count
        guard (width..<max(width, values.count)).contains(where: { values[$0] != values[$0 % width] }) || width == 0
        else {
            throw PredictorError(
                .rows, "all \(count) rows have the same features", try: "evaluate different architectures")
        }
    }

    /// Refuses inputs with other features than `fitted`, or of another space than `space`.
    func check(features fitted: [String], space fittedSpace: String?) throws {
        if let fittedSpace, let space, space.name != fittedSpace {
            throw PredictorError(
                .space, "the predictor was fitted on '\(fittedSpace)', not on '\(space.name)'",
                try: "fit one on architectures of '\(space.name)'")
        }
        guard names != fitted else { return }
        let missing = fitted.filter { !names.contains($0) }
        let reason =
            missing.isEmpty
            ? "there are \(names.count) features, where the predictor was fitted on \(fitted.count)"
            : "there is no feature `\(missing[0])`, on which the predictor was fitted"
        throw PredictorError(.features, reason, try: "give the features that it was fitted on, in their order")
    }
}
