import Statistics

/// The volume of a union of boxes in three dimensions, slice by slice of the third one, from the deepest box up.
///
/// Each slice is a staircase in the plane of the other two; its steps stand by their rank in the first, and a new box
/// removes the steps that it covers. Every step is added and removed once.
struct SliceSweep {
    /// The width of each rank, ascending.
    private let widths: [Double]
    /// The height of the step at each rank.
    private var heights: [Double]
    /// The ranks at which steps stand; wider ones are lower.
    private var steps: RankSet
    private var area = 0.0

    /// The volume of the union of the boxes from the origin to each point, `[point][3]`.
    static func volume(of points: [[Double]]) -> Double {
        let ranks = Ranks(points.map { $0[0] })
        var sweep = SliceSweep(points, ranks)
        let order = Order.ascending(points.map { -$0[2] }).map(Int.init)
        var (volume, depth) = (0.0, points[order[0]][2])
        for index in order {
            volume += sweep.area * (depth - points[index][2])
            depth = points[index][2]
            sweep.add(height: points[index][1], at: Int(ranks.classes[index]))
        }
        return volume + sweep.area * depth
    }

    private init(_ points: [[Double]], _ ranks: Ranks) {
        var widths = [Double](repeating: 0, count: ranks.sizes.count)
        for (point, rank) in zip(points, ranks.classes) { widths[Int(rank)] = point[0] }
        self.widths = widths
        heights = widths.map { _ in 0 }
        steps = RankSet(count: widths.count)
    }

    /// Adds a box to the staircase, and to its area what the box covers that nothing did.
    private mutating func add(height: Double, at rank: Int) {
        var ground = steps.first(from: rank).map { heights[$0] } ?? 0
        guard height > ground else { return }
        var right = widths[rank]
        // From the right edge leftwards: each lower step is covered, the first higher one ends the gain.
        while let left = steps.last(before: rank) {
            area += (right - widths[left]) * (height - ground)
            (right, ground) = (widths[left], heights[left])
            guard ground <= height else {
                insert(height, at: rank)
                return
            }
            steps.remove(left)
        }
        area += right * (height - ground)
        insert(height, at: rank)
    }

    private mutating func insert(_ height: Double, at rank: Int) {
        heights[rank] = height
        steps.insert(rank)
    }
}

/// A set of small numbers with neighbours found in logarithmic time to the base 64: each word's bits say which words
/// of the level below are not empty.
struct RankSet {
    private var levels: [[UInt64]] = []

    /// An empty set of numbers in 0 ..< count.
    init(count: Int) {
        var words = count
        repeat {
            words = max(1, (words + 63) / 64)
            levels.append([UInt64](repeating: 0, count: words))
        } while words > 1
    }

    mutating func insert(_ number: Int) {
        var place = number
        for level in levels.indices {
            levels[level][place / 64] |= 1 << UInt64(place % 64)
            place /= 64
        }
    }

    mutating func remove(_ number: Int) {
        var place = number
        for level in levels.indices {
            levels[level][place / 64] &= ~(1 << UInt64(place % 64))
            guard levels[level][place / 64] == 0 else { return }
            place /= 64
        }
    }

    /// The least member that is at least a number.
    func first(from number: Int) -> Int? {
        var place = number
        for level in levels.indices {
            guard place / 64 < levels[level].count else { return nil }
            let word = levels[level][place / 64] >> UInt64(place % 64)
            if word != 0 { return descend(place + word.trailingZeroBitCount, from: level) { $0.trailingZeroBitCount } }
            place = place / 64 + 1
        }
        return nil
    }

    /// The greatest member below a number.
    func last(before number: Int) -> Int? {
        var place = number
        for level in levels.indices {
            let word = levels[level][min(place / 64, levels[level].count - 1)] & ((1 << UInt64(place % 64)) - 1)
            if word != 0 {
                return descend(place / 64 * 64 + 63 - word.leadingZeroBitCount, from: level) {
                    63 - $0.leadingZeroBitCount
                }
            }
            place /= 64
        }
        return nil
    }

    /// From a bit of a level down to a member, by a choice of bit in each word.
    private func descend(_ place: Int, from level: Int, _ bit: (UInt64) -> Int) -> Int {
        (0..<level).reversed().reduce(place) { place, level in place * 64 + bit(levels[level][place]) }
    }
}
