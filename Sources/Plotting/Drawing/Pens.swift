/// Which colour, dot and dash each series has: those of one name share them.
struct Pens {
    /// What series have in common that share a colour.
    enum Key: Hashable {
        case name(String)
        case index(Int)
    }

    private let keys: [Key]
    private let paints: [Key: Paint]
    private let emphases: [Series.Emphasis]
    private let theme: Theme

    init(_ series: [Series], theme: Theme) {
        self.theme = theme
        emphases = series.map(\.emphasis)
        keys = series.enumerated().map { index, series in series.name.map(Key.name) ?? .index(index) }
        var paints: [Key: Paint] = [:]
        let palette = theme.palette.isEmpty ? [theme.text] : theme.palette
        for (key, series) in zip(keys, series) where paints[key] == nil && series.emphasis != .muted {
            let ordinal = paints.count
            paints[key] = Paint(
                colour: palette[ordinal % palette.count], round: ordinal / palette.count, ordinal: ordinal)
        }
        self.paints = paints
    }

    /// What the series at an index shares with those of its colour.
    func key(_ index: Int) -> Key { keys[index] }

    /// The look of the series at an index.
    func paint(_ index: Int) -> Paint {
        var paint = paints[keys[index]] ?? Paint(colour: theme.muted)
        switch emphases[index] {
        case .normal: paint.lineWidth = paints.count > 12 ? 1.2 : 2
        case .muted: (paint.colour, paint.lineWidth, paint.ordinal) = (theme.muted, 1, -1)
        case .strong: paint.lineWidth = 3
        }
        return paint
    }
}

extension Theme {
    /// The gradient, or that of the default theme where it has fewer than two colours.
    var stops: [UInt32] { gradient.count > 1 ? gradient : Theme().gradient }

    /// The look of strokes in the colour of text.
    var ink: Paint { Paint(colour: text, ordinal: -1) }
}
