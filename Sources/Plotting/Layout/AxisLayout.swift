import Glibc

/// An axis with its range, ticks and label settled.
struct AxisLayout {
    /// The value at the left or lower end; greater than ``high`` on an axis that runs downwards.
    var low: Double
    /// The value at the right or upper end.
    var high: Double
    let isLogarithmic: Bool
    var ticks: [Tick]
    let heading: String?
    /// Whether the ticks are names.
    let isCategorical: Bool
    /// Whether the tick labels are too long to stand side by side.
    var rotatesLabels = false
}

extension AxisLayout {
    /// An axis of numbers around `extent`; an axis from 0 to 1 where there are none.
    init(_ axis: Axis, extent: Extent?, name: String, ticks count: (Extent) -> Int) throws {
        isLogarithmic = axis.scale == .logarithmic
        heading = axis.heading
        isCategorical = false
        let range = try Self.range(axis, extent, name)
        (low, high) = (range.low, range.high)
        let suffix = axis.unit == "%" ? "%" : ""
        ticks =
            isLogarithmic
            ? Tick.logarithmic(in: range, count: count(range), suffix: suffix)
            : Tick.linear(in: range, count: count(range), suffix: suffix)
    }

    private static func range(_ axis: Axis, _ extent: Extent?, _ name: String) throws -> Extent {
        let isLogarithmic = axis.scale == .logarithmic
        for end in [axis.low, axis.high] {
            guard let end else { continue }
            guard end.isPlottable else {
                throw PlotError.badAxis("the range of the \(name) axis must be finite, not \(end)")
            }
            if isLogarithmic, end <= 0 {
                throw PlotError.badAxis("the range of the logarithmic \(name) axis must be above 0, not \(end)")
            }
        }
        var found = extent ?? (isLogarithmic ? Extent(low: 1, high: 10) : Extent(low: 0, high: 1))
        if let low = axis.low, let high = axis.high {
            guard low < high else {
                throw PlotError.badAxis("the range of the \(name) axis runs from \(low) to \(high); low must be less")
            }
            return Extent(low: low, high: high)
        }
        if let low = axis.low, found.high <= low {
            found = Extent(low: low, high: isLogarithmic ? low * 10 : low + max(1, abs(low) * 0.1))
        }
        if let high = axis.high, found.low >= high {
            found = Extent(low: isLogarithmic ? high / 10 : high - max(1, abs(high) * 0.1), high: high)
        }
        let padded = isLogarithmic ? paddedLogarithm(found) : padded(found, isPercent: axis.unit == "%")
        return Extent(low: axis.low ?? padded.low, high: axis.high ?? padded.high)
    }

    /// The share of an axis that stays free at either end.
    private static let airShare = 0.04

    /// A little air around the values, but never across zero, nor out of 0…100 %.
    private static func padded(_ extent: Extent, isPercent: Bool) -> Extent {
        let span = extent.high - extent.low
        let size = max(abs(extent.low), abs(extent.high))
        let isFlat = span <= size * 1e-12 || size < 1e-290
        let air = isFlat ? (size < 1e-290 ? 1 : size * 0.1) : span * airShare
        var padded = Extent(low: extent.low - air, high: extent.high + air)
        if extent.low >= 0 { padded.low = max(0, padded.low) }
        if extent.high <= 0, span > 0 { padded.high = min(0, padded.high) }
        if isPercent, extent.low >= 0, extent.high <= 100 { padded.high = min(100, padded.high) }
        return padded
    }

    private static func paddedLogarithm(_ extent: Extent) -> Extent {
        let ratio = extent.high / extent.low
        let air = ratio > 1.000001 ? pow(ratio, airShare) : 2
        return Extent(low: max(1e-300, extent.low / air), high: min(1e300, extent.high * air))
    }

    /// An axis of names at 0, 1, 2, …; every `stride`-th name is written.
    init(_ axis: Axis, names: [String], stride: Int, runsDown: Bool) {
        isLogarithmic = false
        isCategorical = true
        heading = axis.heading
        let last = Double(max(1, names.count)) - 0.5
        (low, high) = runsDown ? (last, -0.5) : (-0.5, last)
        ticks = names.enumerated().compactMap { index, name in
            index % stride == 0 ? Tick(position: Double(index), label: name) : nil
        }
    }
}
