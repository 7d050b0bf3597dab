import Statistics

extension Dataset {
    /// The normalised and augmented values of samples, `[N, C, H, W]`.
    ///
    /// - Throws: `DatasetError` where a table is to be augmented.
    func values<Element: BinaryFloatingPoint>(
        _ type: Element.Type, _ rows: [Int], _ augment: Augmentation?, _ seed: UInt64
    ) throws(DatasetError) -> [Element] {
        try check(augment)
        switch data.samples {
        case .numbers(let numbers): return normalized(numbers, rows)
        case .pixels(let pixels, let white):
            let levels = levels(white, as: type)
            return [Element](unsafeUninitializedCapacity: rows.count * data.sampleSize) { buffer, count in
                count = buffer.count
                pixels.withUnsafeBufferPointer { pixels in
                    levels.withUnsafeBufferPointer { levels in
                        fill(buffer, rows, pixels, levels, augment, seed)
                    }
                }
            }
        }
    }

    /// - Throws: `DatasetError` where a table is to be augmented, or the augmentation is negative.
    func check(_ augment: Augmentation?) throws(DatasetError) {
        guard let augment else { return }
        guard isImages else {
            throw DatasetError(name, "only images can be augmented, and these are rows of a table")
        }
        guard augment.padding >= 0, augment.cutout >= 0 else {
            throw DatasetError(name, "padding and cutout must not be negative")
        }
    }

    /// What each of the 256 values of a pixel becomes in each channel, `[C, 256]`: rounded once, from doubles.
    private func levels<Element: BinaryFloatingPoint>(_ white: UInt8, as type: Element.Type) -> [Element] {
        zip(normalization.mean, normalization.deviation).flatMap { mean, deviation in
            (0..<256).map { Element((Double($0) / Double(white) - mean) / deviation) }
        }
    }

    private func fill<Element: BinaryFloatingPoint>(
        _ buffer: UnsafeMutableBufferPointer<Element>, _ rows: [Int], _ pixels: UnsafeBufferPointer<UInt8>,
        _ levels: UnsafeBufferPointer<Element>, _ augment: Augmentation?, _ seed: UInt64
    ) {
        let size = ImageSize(height: shape[1], width: shape[2])
        let (channels, plane) = (shape[0], size.height * size.width)
        for (place, row) in rows.enumerated() {
            let change = augment.map { drawn(row, $0, size, seed) }
            for channel in 0..<channels {
                let first = (row * channels + channel) * plane
                let source = UnsafeBufferPointer(rebasing: pixels[first..<first + plane])
                let level = UnsafeBufferPointer(rebasing: levels[channel * 256..<(channel + 1) * 256])
                let target = buffer.baseAddress! + (place * channels + channel) * plane
                if let change {
                    Self.copy(source, level, to: target, size, change)
                } else {
                    for pixel in 0..<plane { (target + pixel).initialize(to: level[Int(source[pixel])]) }
                }
            }
        }
    }

    /// How a sample is augmented: by the seed and its number alone.
    private func drawn(
        _ row: Int, _ augment: Augmentation, _ size: ImageSize, _ seed: UInt64
    ) -> Augmentation.Change {
        var generator = Random(Seed(seed).derived("augment", .init(integerLiteral: row)))
        return augment.change(size, using: &generator)
    }

    /// One channel of one image: mirrored, moved over black, normalised, cut out.
    private static func copy<Element: BinaryFloatingPoint>(
        _ source: UnsafeBufferPointer<UInt8>, _ level: UnsafeBufferPointer<Element>,
        to target: UnsafeMutablePointer<Element>, _ size: ImageSize, _ change: Augmentation.Change
    ) {
        for y in 0..<size.height {
            let (line, from) = (target + y * size.width, y + change.down)
            for x in 0..<size.width {
                let moved = x + change.right
                let column = change.flipped ? size.width - 1 - moved : moved
                let inside = from >= 0 && from < size.height && moved >= 0 && moved < size.width
                let isCut = change.rows.contains(y) && change.columns.contains(x)
                let value = isCut ? 0 : level[inside ? Int(source[from * size.width + column]) : 0]
                (line + x).initialize(to: value)
            }
        }
    }

    private func normalized<Element: BinaryFloatingPoint>(_ numbers: [Float], _ rows: [Int]) -> [Element] {
        let (size, plane) = (data.sampleSize, shape[1] * shape[2])
        return rows.flatMap { row in
            (0..<size).map { place in
                let channel = place / plane
                return Element(
                    (Double(numbers[row * size + place]) - normalization.mean[channel])
                        / normalization.deviation[channel])
            }
        }
    }
}
