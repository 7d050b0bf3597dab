/// The minimum of a function of a few variables without its slope.
///
/// J. A. Nelder and R. Mead: A Simplex Method for Function Minimization. The Computer Journal 7(4), 1965.
enum NelderMead {
    /// The best point found from `start` in `steps` moves; values that are not finite count as worst.
    static func minimum(of function: @escaping ([Double]) -> Double, from start: [Double], steps: Int) -> [Double] {
        let value = { (x: [Double]) in
            let y = function(x)
            return y.isFinite ? y : Double.greatestFiniteMagnitude
        }
        var corners =
            [start]
            + start.indices.map { axis in
                var corner = start
                corner[axis] += start[axis] == 0 ? 0.1 : 0.2 * start[axis]
                return corner
            }
        var values = corners.map(value)
        for _ in 0..<steps {
            let order = values.indices.sorted { values[$0] < values[$1] }
            let (best, worst) = (order[0], order[order.count - 1])
            let centre = start.indices.map { axis in
                order.dropLast().reduce(0) { $0 + corners[$1][axis] } / Double(start.count)
            }
            let along = { (t: Double) in zip(centre, corners[worst]).map { $0 + t * ($1 - $0) } }
            var (point, height) = (along(-1), 0.0)
            height = value(point)
            if height < values[best] {
                let far = along(-2)
                let farHeight = value(far)
                if farHeight < height { (point, height) = (far, farHeight) }
            } else if height >= values[order[order.count - 2]] {
                point = along(height < values[worst] ? -0.5 : 0.5)
                height = value(point)
            }
            if height < values[worst] {
                (corners[worst], values[worst]) = (point, height)
            } else {
                for corner in order.dropFirst() {
                    corners[corner] = zip(corners[best], corners[corner]).map { ($0 + $1) / 2 }
                    values[corner] = value(corners[corner])
                }
            }
        }
        return corners[values.indices.min { values[$0] < values[$1] }!]
    }
}
