import Glibc

/// Eigenvalues and eigenvectors of small symmetric matrices.
enum SymmetricEigen {
    /// The eigenvalues of a symmetric matrix, largest first, each with its eigenvector of length 1, by rotations that
    /// make one element off the diagonal zero after the other (C. G. J. Jacobi: Über ein leichtes Verfahren …, Journal
    /// für die reine und angewandte Mathematik 30, 1846), in sweeps until what is left is of rounding.
    ///
    /// The sign of an eigenvector is such that its element of largest magnitude is positive.
    static func decompose(_ matrix: [[Double]]) -> (values: [Double], vectors: [[Double]]) {
        let size = matrix.count
        var a = matrix
        var v = (0..<size).map { row in (0..<size).map { $0 == row ? 1.0 : 0 } }
        for _ in 0..<50 {
            let off = (0..<size).reduce(0.0) { sum, row in
                (0..<row).reduce(sum) { $0 + a[row][$1] * a[row][$1] }
            }
            let diagonal = (0..<size).reduce(0.0) { $0 + a[$1][$1] * a[$1][$1] }
            if off <= 1e-28 * diagonal { break }
            for p in 0..<size { for q in (p + 1)..<max(size, p + 1) { rotate(&a, &v, p, q) } }
        }
        let order = (0..<size).sorted { (a[$1][$1], $0) < (a[$0][$0], $1) }
        let vectors = order.map { column in
            let vector = (0..<size).map { v[$0][column] }
            let largest = vector.max { abs($0) < abs($1) } ?? 1
            return vector.map { largest < 0 ? -$0 : $0 }
        }
        return (order.map { a[$0][$0] }, vectors)
    }

    /// Makes the element (p, q) zero by a rotation of the plane of p and q.
    private static func rotate(_ a: inout [[Double]], _ v: inout [[Double]], _ p: Int, _ q: Int) {
        guard a[p][q] != 0 else { return }
        let ratio = (a[q][q] - a[p][p]) / (2 * a[p][q])
        let tangent = (ratio < 0 ? -1 : 1) / (abs(ratio) + (ratio * ratio + 1).squareRoot())
        let cosine = 1 / (tangent * tangent + 1).squareRoot()
        let sine = tangent * cosine
        for k in a.indices {
            let (x, y) = (a[k][p], a[k][q])
            (a[k][p], a[k][q]) = (cosine * x - sine * y, sine * x + cosine * y)
        }
        for k in a.indices {
            let (x, y) = (a[p][k], a[q][k])
            (a[p][k], a[q][k]) = (cosine * x - sine * y, sine * x + cosine * y)
            let (u, w) = (v[k][p], v[k][q])
            (v[k][p], v[k][q]) = (cosine * u - sine * w, sine * u + cosine * w)
        }
    }
}
