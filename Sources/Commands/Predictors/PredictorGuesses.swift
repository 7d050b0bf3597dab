import Estimation
import Language
import Spaces

/// The rows of a table as a predictor sees them, from which features are made a block at a time.
struct PredictorRows {
    let recipe: PredictorRecipe
    /// The architectures; nil where columns alone are known.
    let cells: ArchitectureCells?
    /// The columns that are features too.
    let columns: [(name: String, values: [Double])]
    let count: Int

    /// How many rows are guessed at a time: their features stay small, however many rows there are.
    private static let block = 32_768

    /// The features of some of the rows.
    func inputs(_ rows: [Int]) throws -> PredictorInputs {
        let matrix = cells.map { rows.count == count ? $0.matrix : $0.matrix.gather(rows) }
        let values = columns.map { column in (name: column.name, values: rows.map { column.values[$0] }) }
        if let extractor = recipe.extractor, let matrix { return try extractor.inputs(of: matrix, with: values) }
        return PredictorInputs(
            names: columns.map(\.name), values: rows.indices.flatMap { row in values.map { Float($0.values[row]) } },
            architectures: matrix, space: cells?.space)
    }

    /// A guess for each row. A guess does not depend on the rows beside it, so where a small space has fewer
    /// architectures than there are rows, those that are equal are guessed once.
    func guesses(by predictor: any FittedPredictor, _ cancel: CancelToken) throws -> [Prediction] {
        let equal = columns.isEmpty ? cells.flatMap { EqualCells($0.matrix, in: $0.space) } : nil
        let rows = equal?.firsts ?? Array(0..<count)
        var guesses: [Prediction] = []
        guesses.reserveCapacity(rows.count)
        for start in stride(from: 0, to: max(1, rows.count), by: Self.block) {
            try cancel.check()
            let part = Array(rows[start..<min(rows.count, start + Self.block)])
            guesses += try predictor.predictions(for: inputs(part))
        }
        return equal.map { $0.places.map { guesses[Int($0)] } } ?? guesses
    }
}

/// Which of many architectures of a small space are the same.
struct EqualCells {
    /// The first row of each different architecture, ascending.
    private(set) var firsts: [Int] = []
    /// For each row where its like stands among `firsts`.
    private(set) var places: [Int32] = []

    /// Nil where the space has more than half as many architectures as there are rows.
    init?(_ matrix: GeneMatrix, in space: any Space) {
        guard let size = space.indexCount, size <= matrix.count / 2, matrix.length > 0 else { return nil }
        let choices = space.genes.map(\.choices.count)
        var known = [Int32](repeating: -1, count: size)
        places.reserveCapacity(matrix.count)
        matrix.storage.withUnsafeBufferPointer { genes in
            for row in 0..<matrix.count {
                var number = 0
                for gene in 0..<matrix.length {
                    number = number &* choices[gene] &+ Int(genes[row &* matrix.length &+ gene])
                }
                if known[number] < 0 {
                    known[number] = Int32(firsts.count)
                    firsts.append(row)
                }
                places.append(known[number])
            }
        }
    }
}
