extension Dataset {
    /// The same samples for a network of another input shape `[C, H, W]`: resized, and grey copied into all channels
    /// or colours mixed to grey. The splits stay; the normalisation follows.
    ///
    /// - Throws: `DatasetError` where these are no images, or channels can neither be copied nor mixed.
    public func fitted(to shape: [Int]) throws(DatasetError) -> Dataset {
        guard shape != self.shape else { return self }
        guard shape.count == 3, shape.allSatisfy({ $0 > 0 }) else {
            throw DatasetError(name, "the shape \(shape) is not [channels, height, width]")
        }
        return try resized(ImageSize(height: shape[1], width: shape[2])).with(channels: shape[0])
    }

    /// The same samples of another size; unchanged where it is nil or their own.
    ///
    /// - Throws: `DatasetError` where these are no images, or the size is not 1 to 4,096 each way.
    public func resized(_ size: ImageSize?) throws(DatasetError) -> Dataset {
        guard let size, [size.height, size.width] != Array(shape[1...]) else { return self }
        guard case .pixels(let pixels, let white) = data.samples else { throw noImages("resized") }
        let range = 1...ImageSize.greatest
        guard range.contains(size.height), range.contains(size.width) else {
            throw DatasetError(name, "no image can be \(size) pixels", help: "give 1 to \(ImageSize.greatest) each way")
        }
        let resampling = Resampling(from: ImageSize(height: shape[1], width: shape[2]), to: size)
        return with(
            data.with([shape[0], size.height, size.width], .pixels(resampling.planes(pixels), white: white)),
            normalization)
    }

    private func with(channels: Int) throws(DatasetError) -> Dataset {
        guard case .pixels(let pixels, let white) = data.samples else { throw noImages("given other channels") }
        let plane = shape[1] * shape[2]
        let newShape = [channels] + shape[1...]
        switch (shape[0], channels) {
        case (let old, let new) where old == new: return self
        case (1, _):
            let copies = stride(from: 0, to: pixels.count, by: plane).flatMap { start in
                (0..<channels).flatMap { _ in pixels[start..<start + plane] }
            }
            return with(data.with(newShape, .pixels(copies, white: white)), normalization.replicated(channels))
        case (3, 1):
            let grey = stride(from: 0, to: pixels.count, by: 3 * plane).flatMap { start in
                (start..<start + plane).map { Self.luma(pixels[$0], pixels[$0 + plane], pixels[$0 + 2 * plane]) }
            }
            let mixed = data.with(newShape, .pixels(grey, white: white))
            let isNormalized = normalization != .none(channels: 3)
            return with(
                mixed,
                isNormalized
                    ? Normalization(of: mixed.samples, shape: newShape, rows: parts.train) : .none(channels: 1))
        default:
            throw DatasetError(name, "samples of \(shape[0]) channels cannot be given \(channels)")
        }
    }

    /// The brightness of a colour (ITU-R BT.601): .299 R + .587 G + .114 B.
    private static func luma(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> UInt8 {
        let sum: Int = 299 * Int(red) + 587 * Int(green) + 114 * Int(blue)
        return UInt8((sum + 500) / 1000)
    }

    private func noImages(_ what: String) -> DatasetError {
        DatasetError(name, "rows of a table cannot be \(what)", help: "build the network for the shape \(shape)")
    }
}

extension ImageSize {
    /// The greatest height and width that data sets may have.
    static let greatest = 4096
}

extension Normalization {
    fileprivate func replicated(_ channels: Int) -> Normalization {
        Normalization(
            mean: Array(repeating: mean[0], count: channels), deviation: Array(repeating: deviation[0], count: channels)
        )
    }
}
