import Estimation
import Language
import Spaces

extension PredictorHandle {
    /// Refuses a space of which it can say nothing by the architectures alone.
    func check(takes space: any Space) throws {
        guard recipe.columns.isEmpty else {
            throw CommandError(
                "\(name) was fitted on columns (\(recipe.columns.joined(separator: ", "))), which a search does not have",
                help: "fit it on the features of architectures alone, without `columns:`", code: .wrongInput)
        }
        guard let fitted = recipe.extractor?.space.name, fitted != space.name else { return }
        throw CommandError(
            "\(name) was fitted on `\(fitted)`, not on `\(space.name)`",
            help: "fit one on architectures of `\(space.name)`", code: .wrongType)
    }

    /// What it says of architectures of a space that ``check(takes:)`` lets pass.
    func guesses(of matrix: GeneMatrix, in space: any Space) throws -> [Prediction] {
        guard matrix.count > 0 else { return [] }
        let inputs = try recipe.inputs(of: ArchitectureColumn.table(matrix, of: space))
        return try Predicting.guarded { try fitted.predictions(for: inputs) }
    }
}
