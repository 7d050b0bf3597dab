import Glibc

/// How much room bars, boxes and cells have, side by side.
struct Slots {
    /// The distance of neighbouring places, or of their logarithms.
    let spacing: Double
    let isLogarithmic: Bool

    /// The room between `places`; on an axis of names it is 1.
    init(_ places: [Double], isCategorical: Bool, isLogarithmic: Bool) {
        self.isLogarithmic = isLogarithmic
        let sorted = Set(isLogarithmic ? places.map { log($0) } : places).sorted()
        let span = (sorted.last ?? 0) - (sorted.first ?? 0)
        let gaps = zip(sorted.dropFirst(), sorted).lazy.map { $0 - $1 }.filter { $0 > span * 1e-9 }
        spacing = isCategorical ? 1 : gaps.min() ?? (isLogarithmic ? log(2) : 1)
    }

    /// The edges of the `index`-th of `count` bars that share `fraction` of the room at a place.
    func edges(at place: Double, fraction: Double, index: Int = 0, of count: Int = 1) -> (Double, Double) {
        let middle = isLogarithmic ? log(place) : place
        let width = spacing * fraction / Double(count)
        let start = middle - spacing * fraction / 2 + width * Double(index)
        return isLogarithmic ? (exp(start), exp(start + width)) : (start, start + width)
    }
}
