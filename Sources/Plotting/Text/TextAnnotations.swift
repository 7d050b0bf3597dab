/// Texts and reference lines over a text plot.
extension DotRaster {
    /// Draws the annotations of a figure, and the line of zero where bars hang from it.
    mutating func annotate(_ drawing: Drawing) {
        let (x, y) = (frame.x, frame.y)
        if drawing.layers.contains(where: { $0.shape == .rectangles }) {
            if !x.isCategorical, x.low < 0, x.high > 0 { guideline((0, y.low), (0, y.high), every: 2) }
            if !y.isCategorical, y.low < 0, y.high > 0 { guideline((x.low, 0), (x.high, 0), every: 2) }
        }
        for annotation in drawing.figure.annotations { annotate(annotation) }
    }

    private mutating func annotate(_ annotation: Annotation) {
        let (x, y) = (frame.x, frame.y)
        switch annotation {
        case .text(let text, let placeX, let placeY):
            guard let dot = frame.dot(placeX, placeY) else { return }
            let column = dot.x / 2 - frame.left
            let isRight = column * 2 > frame.columns
            write(text, column: column + (isRight ? -2 : 2), row: dot.y / 4, endsThere: isRight)
        case .horizontal(let place, let text):
            guard y.holds(place) else { return }
            guideline((x.low, place), (x.high, place), every: 3)
            let row = frame.row(place)
            write(text ?? "", column: frame.columns - 1, row: row > frame.top ? row - 1 : row + 1, endsThere: true)
        case .vertical(let place, let text):
            guard x.holds(place) else { return }
            guideline((place, y.low), (place, y.high), every: 3)
            let column = frame.column(place) - frame.left
            let isRight = column * 2 > frame.columns
            write(text ?? "", column: column + (isRight ? -1 : 1), row: frame.top, endsThere: isRight)
        }
    }

    /// Writes a text within the frame from a column on, or so that it ends there.
    private mutating func write(_ text: String, column: Int, row: Int, endsThere: Bool) {
        let room = endsThere ? column + 1 : frame.columns - column
        let text = text.fitted(to: max(0, room))
        writeInFrame(text, column: endsThere ? column + 1 - text.columns : column, row: row)
    }
}
