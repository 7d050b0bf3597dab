/// A space whose networks repeat cells, so that they can be built narrower or shallower than the benchmark's.
public protocol ScalableSpace: Space {
    /// The same space with other widths or depths of its networks; the space's usual ones where `nil`.
    ///
    /// Throws ``SpaceError`` for numbers without sense.
    ///
    /// - Parameters:
    ///   - channels: of the first cells, at least 1.
    ///   - cells: what the space counts as its depth.
    static func scaled(channels: Int?, cells: Int?) throws(SpaceError) -> Self
}

extension NATSTopology: ScalableSpace {
    /// The space with `channels` in the first stage and `cells` in each stage, at least 1.
    public static func scaled(channels: Int?, cells: Int?) throws(SpaceError) -> NATSTopology {
        try check(channels, cells, leastCells: 1)
        return NATSTopology(channels: channels ?? usual.channels, cells: cells ?? usual.cells)
    }
}

extension DARTS: ScalableSpace {
    /// The space with `channels` in the first cells and `cells` in all, at least 3.
    public static func scaled(channels: Int?, cells: Int?) throws(SpaceError) -> DARTS {
        try check(channels, cells, leastCells: 3)
        return DARTS(channels: channels ?? usual.channels, cells: cells ?? usual.cells)
    }
}

extension ScalableSpace {
    fileprivate static func check(_ channels: Int?, _ cells: Int?, leastCells: Int) throws(SpaceError) {
        if let channels, !(1...4096).contains(channels) {
            throw SpaceError("\(Self.self)", "\(channels) channels", try: "use 1 to 4096 channels")
        }
        if let cells, !(leastCells...1000).contains(cells) {
            throw SpaceError("\(Self.self)", "\(cells) cells", try: "use \(leastCells) to 1000 cells")
        }
    }
}
