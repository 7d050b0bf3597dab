/// Primitive shapes of one kind and look.
struct Layer {
    /// What a row of ``columns`` draws.
    enum Shape: Hashable {
        /// `x y`: a dot.
        case points
        /// `x y value`: a dot of the colour scale.
        case colouredPoints
        /// `x y`: the next corner of a line; NaN lifts the pen.
        case lines
        /// `x y`: the next level of a staircase; NaN lifts the pen.
        case steps
        /// `x low high`: the next edge of an area; NaN ends the area.
        case ribbon
        /// `x y x0 x1 y0 y1`: a filled rectangle.
        case rectangles
        /// `x y x0 x1 y0 y1`: the box of a box plot.
        case boxes
        /// `x y x0 x1 y0 y1 value`: a rectangle of the colour scale.
        case cells
        /// `x y dx dy`: a straight stroke.
        case segments
    }

    var shape: Shape
    var columns: [[Double]]
    var paint: Paint
    /// Whether bars and boxes lie on their sides.
    var isSideways = false

    /// How many rows the layer has.
    var rows: Int { columns.first?.count ?? 0 }

    /// What the layer takes up along the horizontal axis.
    var extentX: Extent? { extent([0] + (hasEdges ? [2, 3] : []), shape == .segments ? (0, 2) : nil) }

    /// What the layer takes up along the vertical axis.
    var extentY: Extent? {
        extent(shape == .ribbon ? [1, 2] : [1] + (hasEdges ? [4, 5] : []), shape == .segments ? (1, 3) : nil)
    }

    /// The layer with the floor for every height of 0 or less: a logarithmic axis has no place for them, so lines and
    /// bands fall to its lower end. A floor of NaN leaves them out.
    func standing(on floor: Double) -> Layer {
        guard [.lines, .steps, .ribbon, .points, .colouredPoints].contains(shape) else { return self }
        var layer = self
        for index in shape == .ribbon ? [1, 2] : [1] {
            layer.columns[index] = columns[index].map { $0 <= 0 ? floor : $0 }
        }
        return layer
    }

    private var hasEdges: Bool { shape == .rectangles || shape == .boxes || shape == .cells }

    private func extent(_ indices: [Int], _ stroke: (start: Int, length: Int)?) -> Extent? {
        guard !columns.isEmpty else { return nil }
        var result: Extent?
        for index in indices { result = .union(result, Extent(columns[index])) }
        guard let stroke else { return result }
        return .union(result, Extent(zip(columns[stroke.start], columns[stroke.length]).lazy.map(+)))
    }
}

/// The look of a layer.
struct Paint: Hashable {
    /// The size of dots where there are tens of thousands.
    static let smallestDot = 0.25

    /// `0xRRGGBB`.
    var colour: UInt32
    /// 0 is invisible, 1 opaque.
    var opacity = 1.0
    /// Pixels.
    var lineWidth = 2.0
    /// In gnuplot's unit, about six pixels across.
    var pointSize = 1.0
    /// Which of the palette's rounds the colour is of, from 0: later rounds take other dots and dashes.
    var round = 0
    /// The place of the series among all that have a colour, from 0; below 0 for what has none of its own.
    var ordinal = 0
}
