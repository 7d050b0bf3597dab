/// Resizing by a triangle filter: between pixels linear, and where the image shrinks, each result the weighted mean of
/// all pixels under a triangle as wide as the shrinking asks for.
///
/// The same as `resize` with `BILINEAR` of Pillow and torchvision (antialiased), but for their rounding.
struct Resampling {
    /// The pixels that one result is made of: the first one's place, and the weights from there on.
    private struct Tap {
        let first: Int
        let weights: [Float]
    }

    private let rows: [Tap]
    private let columns: [Tap]
    private let old: ImageSize
    private let new: ImageSize

    /// From one size to another, both positive.
    init(from old: ImageSize, to new: ImageSize) {
        (self.old, self.new) = (old, new)
        rows = Self.taps(old.height, new.height)
        columns = Self.taps(old.width, new.width)
    }

    private static func taps(_ old: Int, _ new: Int) -> [Tap] {
        let scale = Double(old) / Double(new)
        let reach = max(1, scale)
        return (0..<new).map { place in
            let centre = (Double(place) + 0.5) * scale
            let first = max(0, Int((centre - reach + 0.5).rounded(.down)))
            let end = min(old, Int((centre + reach + 0.5).rounded(.down)))
            let weights = (first..<max(end, first + 1)).map { max(0, 1 - abs((Double($0) + 0.5 - centre) / reach)) }
            let sum = weights.reduce(0, +)
            return Tap(first: first, weights: weights.map { Float($0 / sum) })
        }
    }

    /// Planes of the new size out of planes of the old one: `[P, H, W]` to `[P, H', W']`.
    func planes(_ pixels: [UInt8]) -> [UInt8] {
        let (plane, count) = (old.height * old.width, pixels.count / (old.height * old.width))
        var result: [UInt8] = []
        result.reserveCapacity(count * new.height * new.width)
        var narrow = [Float](repeating: 0, count: old.height * new.width)
        for start in stride(from: 0, to: count * plane, by: plane) {
            pixels.withUnsafeBufferPointer { pixels in
                acrossColumns(UnsafeBufferPointer(rebasing: pixels[start..<start + plane]), &narrow)
            }
            acrossRows(narrow, &result)
        }
        return result
    }

    private func acrossColumns(_ source: UnsafeBufferPointer<UInt8>, _ narrow: inout [Float]) {
        for y in 0..<old.height {
            for (x, tap) in columns.enumerated() {
                var sum: Float = 0
                for (offset, weight) in tap.weights.enumerated() {
                    sum += weight * Float(source[y * old.width + tap.first + offset])
                }
                narrow[y * new.width + x] = sum
            }
        }
    }

    private func acrossRows(_ narrow: [Float], _ result: inout [UInt8]) {
        for tap in rows {
            for x in 0..<new.width {
                var sum: Float = 0
                for (offset, weight) in tap.weights.enumerated() {
                    sum += weight * narrow[(tap.first + offset) * new.width + x]
                }
                result.append(UInt8(max(0, min(255, sum.rounded()))))
            }
        }
    }
}
