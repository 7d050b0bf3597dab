import Glibc

/// The room between the axes of a text plot, and where values lie in it.
struct TextFrame {
    /// The upper left cell.
    let left, top: Int
    /// How many cells there are.
    let columns, rows: Int
    let x, y: AxisLayout

    /// The dots of the grid from the left of the frame to a value, which may lie outside.
    func across(_ value: Double) -> Double { x.fraction(value) * Double(columns * 2) }

    /// The dots from the top of the frame to a value, which may lie outside.
    func down(_ value: Double) -> Double { (1 - y.fraction(value)) * Double(rows * 4) }

    /// The dot of a point, in dots of the grid; nil outside the frame.
    func dot(_ x: Double, _ y: Double) -> (x: Int, y: Int)? {
        let (across, down) = (across(x), down(y))
        let air = 1e-6
        guard across >= -air, down >= -air, across <= Double(columns * 2) + air, down <= Double(rows * 4) + air else {
            return nil
        }
        return dot(across: across, down: down)
    }

    /// The dot of a place within the frame, in dots of the grid.
    func dot(across: Double, down: Double) -> (x: Int, y: Int) {
        (
            left * 2 + min(columns * 2 - 1, max(0, Int(across.rounded(.down)))),
            top * 4 + min(rows * 4 - 1, max(0, Int(down.rounded(.down))))
        )
    }

    /// The column of a value within the range, in cells of the grid.
    func column(_ value: Double) -> Int { dot(across: across(value), down: 0).x / 2 }

    /// The row of a value within the range, in cells of the grid.
    func row(_ value: Double) -> Int { dot(across: 0, down: down(value)).y / 4 }

    /// The part of a stroke that lies in the frame, in dots from its corner; nil where none does
    /// (Y.-D. Liang and B. Barsky, "A new concept and method for line clipping", 1984).
    func clipped(
        _ start: (x: Double, y: Double), _ end: (x: Double, y: Double)
    ) -> (start: (x: Double, y: Double), end: (x: Double, y: Double))? {
        let (dx, dy) = (end.x - start.x, end.y - start.y)
        guard dx.isFinite, dy.isFinite else { return nil }
        var (first, last) = (0.0, 1.0)
        let edges = [
            (-dx, start.x), (dx, Double(columns * 2) - start.x), (-dy, start.y), (dy, Double(rows * 4) - start.y),
        ]
        for (speed, room) in edges {
            if speed == 0, room < 0 { return nil }
            if speed < 0 { first = max(first, room / speed) }
            if speed > 0 { last = min(last, room / speed) }
        }
        guard first <= last else { return nil }
        return ((start.x + dx * first, start.y + dy * first), (start.x + dx * last, start.y + dy * last))
    }
}

extension AxisLayout {
    /// How far along the axis a value lies: 0 at ``low``, 1 at ``high``.
    func fraction(_ value: Double) -> Double {
        isLogarithmic ? (log(value) - log(low)) / (log(high) - log(low)) : (value - low) / (high - low)
    }
}
