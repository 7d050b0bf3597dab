/// A symmetric positive definite matrix A = L·Lᵀ of a few rows, for least squares.
struct Cholesky {
    private let size: Int
    private var lower: [Double]

    /// Factors A, [size × size] row by row, of which the lower half is read; nil where it is not positive definite.
    init?(_ matrix: [Double], size: Int) {
        self.size = size
        lower = matrix
        for row in 0..<size {
            for column in 0...row {
                var sum = matrix[row * size + column]
                for k in 0..<column { sum -= lower[row * size + k] * lower[column * size + k] }
                if row == column {
                    guard sum > 0 else { return nil }
                    lower[row * size + row] = sum.squareRoot()
                } else {
                    lower[row * size + column] = sum / lower[column * size + column]
                }
            }
        }
    }

    /// L⁻¹·b.
    func forward(_ b: [Double]) -> [Double] {
        var x = b
        for row in 0..<size {
            for k in 0..<row { x[row] -= lower[row * size + k] * x[k] }
            x[row] /= lower[row * size + row]
        }
        return x
    }

    /// A⁻¹·b.
    func solve(_ b: [Double]) -> [Double] {
        var x = forward(b)
        for row in (0..<size).reversed() {
            for k in (row + 1)..<max(size, row + 1) { x[row] -= lower[k * size + row] * x[k] }
            x[row] /= lower[row * size + row]
        }
        return x
    }
}
