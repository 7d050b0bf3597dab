import Glibc

/// The Cholesky factor of a symmetric positive definite matrix, A = L·Lᵀ, which grows a row at a time.
///
/// L is stored by rows without its upper half, row i from place i(i + 1)/2 on, so that every inner product runs over
/// contiguous numbers; four rows share each pass, which keeps the row in work in registers.
struct GaussianProcessFactor: Sendable {
    /// How many rows there are.
    private(set) var count = 0
    /// The rows of L, `[count · (count + 1)/2]`.
    private var lower: [Double] = []

    init() {}

    /// The factor of `matrix`, `[size, size]` row by row, of which the lower half is read; nil where it is not positive
    /// definite.
    init?(_ matrix: [Double], size: Int) {
        lower.reserveCapacity(size * (size + 1) / 2)
        for row in 0..<size {
            guard append(matrix[row * size..<row * size + row + 1]) else { return nil }
        }
    }

    /// Adds the row `entries`, `[count + 1]`, of A; false, and nothing is added, where A would not be positive definite.
    mutating func append(_ entries: ArraySlice<Double>) -> Bool {
        let start = lower.count
        lower.append(contentsOf: entries)
        let isDefinite = lower.withUnsafeMutableBufferPointer { Self.reduce($0, row: count, start: start) }
        if isDefinite { count += 1 } else { lower.removeLast(count + 1) }
        return isDefinite
    }

    /// Turns row `row` of A, at `start`, into that of L.
    private static func reduce(_ lower: UnsafeMutableBufferPointer<Double>, row: Int, start: Int) -> Bool {
        let base = UnsafePointer(lower.baseAddress!)
        var column = 0
        while column < row {
            let width = min(4, row - column)
            var sums = SIMD4<Double>.zero
            if width == 4 { sums = dot4(base + start, base, rows: column, length: column) }
            for place in 0..<width {
                let target = column + place
                let other = base + target * (target + 1) / 2
                var value = lower[start + target]
                value -= width == 4 ? sums[place] : dot(base + start, other, length: column)
                for k in column..<target { value -= lower[start + k] * other[k] }
                lower[start + target] = value / other[target]
            }
            column += width
        }
        let rest = lower[start + row] - dot(base + start, base + start, length: row)
        guard rest > 1e-12 * max(1, lower[start + row]) else { return false }
        lower[start + row] = rest.squareRoot()
        return true
    }

    /// The inner products of `x` with the first `length` numbers of rows `rows` to `rows + 3`.
    private static func dot4(
        _ x: UnsafePointer<Double>, _ lower: UnsafePointer<Double>, rows: Int, length: Int
    ) -> SIMD4<Double> {
        let a = lower + rows * (rows + 1) / 2
        let b = a + rows + 1
        let c = b + rows + 2
        let d = c + rows + 3
        var (sa, sb, sc, sd) = (SIMD4<Double>.zero, SIMD4<Double>.zero, SIMD4<Double>.zero, SIMD4<Double>.zero)
        var k = 0
        while k + 4 <= length {
            let value = load(x + k)
            sa += value * load(a + k)
            sb += value * load(b + k)
            sc += value * load(c + k)
            sd += value * load(d + k)
            k += 4
        }
        var sums = SIMD4(sa.sum(), sb.sum(), sc.sum(), sd.sum())
        while k < length {
            sums += x[k] * SIMD4(a[k], b[k], c[k], d[k])
            k += 1
        }
        return sums
    }

    @inline(__always)
    private static func load(_ pointer: UnsafePointer<Double>) -> SIMD4<Double> {
        UnsafeRawPointer(pointer).loadUnaligned(as: SIMD4<Double>.self)
    }

    private static func dot(_ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, length: Int) -> Double {
        var sum = SIMD4<Double>.zero
        var k = 0
        while k + 4 <= length {
            sum += load(x + k) * load(y + k)
            k += 4
        }
        var total = sum.sum()
        while k < length {
            total += x[k] * y[k]
            k += 1
        }
        return total
    }

    /// ln |A|.
    var logDeterminant: Double {
        (0..<count).reduce(0) { $0 + 2 * log(lower[$1 * ($1 + 3) / 2]) }
    }

    /// A row of L up to its diagonal.
    func row(_ number: Int) -> ArraySlice<Double> {
        let start = number * (number + 1) / 2
        return lower[start...start + number]
    }

    /// L·b, `[count]`.
    func multiplied(_ b: [Double]) -> [Double] {
        (0..<count).map { row in
            let start = row * (row + 1) / 2
            return (0...row).reduce(0) { $0 + lower[start + $1] * b[$1] }
        }
    }

    /// L⁻¹·b, `[count]`.
    func forward(_ b: [Double]) -> [Double] {
        var x = b
        lower.withUnsafeBufferPointer { lower in
            x.withUnsafeMutableBufferPointer { x in
                for row in 0..<count {
                    let start = lower.baseAddress! + row * (row + 1) / 2
                    x[row] = (x[row] - Self.dot(start, UnsafePointer(x.baseAddress!), length: row)) / start[row]
                }
            }
        }
        return x
    }

    /// L⁻ᵀ·b, `[count]`.
    func backward(_ b: [Double]) -> [Double] {
        var x = b
        lower.withUnsafeBufferPointer { lower in
            x.withUnsafeMutableBufferPointer { x in
                for row in (0..<count).reversed() {
                    let start = row * (row + 1) / 2
                    x[row] /= lower[start + row]
                    for k in 0..<row { x[k] -= lower[start + k] * x[row] }
                }
            }
        }
        return x
    }

    /// The diagonal of A⁻¹, `[count]`: the squares of each column of L⁻¹, added up.
    var inverseDiagonal: [Double] {
        var x = [Double](repeating: 0, count: count)
        return lower.withUnsafeBufferPointer { lower in
            x.withUnsafeMutableBufferPointer { x in
                (0..<count).map { column in
                    let x = x.baseAddress!
                    x[column] = 1 / lower[column * (column + 3) / 2]
                    for row in (column + 1)..<max(count, column + 1) {
                        let start = lower.baseAddress! + row * (row + 1) / 2
                        x[row] = -Self.dot(start + column, x + column, length: row - column) / start[row]
                    }
                    return Self.dot(x + column, x + column, length: count - column)
                }
            }
        }
    }

    /// A⁻¹, `[count, count]` row by row.
    var inverse: [Double] {
        let size = count
        var columns = [Double](repeating: 0, count: size * size)  // row c: column c of L⁻¹
        lower.withUnsafeBufferPointer { lower in
            columns.withUnsafeMutableBufferPointer { columns in
                for column in 0..<size {
                    let x = columns.baseAddress! + column * size
                    x[column] = 1 / lower[column * (column + 3) / 2]
                    for row in (column + 1)..<max(size, column + 1) {
                        let start = lower.baseAddress! + row * (row + 1) / 2
                        x[row] = -Self.dot(start + column, x + column, length: row - column) / start[row]
                    }
                }
            }
        }
        var inverse = [Double](repeating: 0, count: size * size)
        columns.withUnsafeBufferPointer { columns in
            for row in 0..<size {
                for column in 0...row {
                    let (a, b) = (columns.baseAddress! + row * size, columns.baseAddress! + column * size)
                    let value = Self.dot(a + row, b + row, length: size - row)
                    inverse[row * size + column] = value
                    inverse[column * size + row] = value
                }
            }
        }
        return inverse
    }
}
