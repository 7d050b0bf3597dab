internal import CTorch

// Views share memory with the tensor that they look at. A dimension may count from the end: -1 is the last.

extension Tensor {
    /// The elements in the same order under another `shape`, of which one size may be -1, for what is
    /// left; a copy where memory does not allow a view.
    public func reshaped(_ shape: Int...) throws(TensorError) -> Tensor { try reshaped(shape) }

    /// The elements in the same order under another `shape`, of which one size may be -1.
    public func reshaped(_ shape: [Int]) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.reshape(handle, shape, shape.count), of: [self])
    }

    /// The dimensions in another order: `permuted(0, 3, 1, 2)` makes `[N, H, W, C]` into `[N, C, H, W]`.
    public func permuted(_ dims: Int...) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.permute(handle, dims, dims.count), of: [self])
    }

    /// Two dimensions exchanged.
    public func transposed(_ first: Int = -2, _ second: Int = -1) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.transpose(handle, first, second), of: [self])
    }

    /// Dimensions of size 1 repeated to `shape`, without copying; a size of -1 stays as it is.
    public func expanded(_ shape: Int...) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.expand(handle, shape, shape.count), of: [self])
    }

    /// A new dimension of size 1 at `dim`.
    public func unsqueezed(_ dim: Int) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.unsqueeze(handle, dim), of: [self])
    }

    /// The dimension `dim` left out, if its size is 1.
    public func squeezed(_ dim: Int) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.squeeze(handle, dim), of: [self])
    }

    /// The dimensions from `first` to `last` made one: `flattened(1)` makes `[N, C, H, W]` into `[N, C·H·W]`.
    public func flattened(_ first: Int = 0, _ last: Int = -1) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.flatten(handle, first, last), of: [self])
    }

    /// Every `step`th place of `range` along `dim`; what lies beyond the end is left out.
    public func sliced(_ range: Range<Int>, dim: Int = 0, step: Int = 1) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.slice(handle, dim, range.lowerBound, range.upperBound, step), of: [self])
    }

    /// The part at `index` along `dim`, which disappears.
    public func picked(_ index: Int, dim: Int = 0) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.pick(handle, dim, index), of: [self])
    }
}

// MARK: - Copies of pieces

extension Tensor {
    /// The parts at `indices` `[K]` along `dim`, copied.
    public func picked(_ indices: Tensor, dim: Int = 0) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.indexSelect(handle, dim, indices.handle), of: [self, indices])
    }

    /// Along `dim` the element that `indices`, of the same rank, names at each place.
    public func gathered(_ indices: Tensor, dim: Int) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.gather(handle, dim, indices.handle), of: [self, indices])
    }

    /// The elements backwards along `dims`.
    public func flipped(_ dims: Int...) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.flip(handle, dims, dims.count), of: [self])
    }

    /// `value` around the elements: how many before and after, of the last dimension first.
    public func padded(_ widths: Int..., with value: Double = 0) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.pad(handle, widths, widths.count, value), of: [self])
    }

    /// Classes `[…]` as rows `[…, classes]` with a single 1.
    public func oneHot(classes: Int) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.oneHot(handle, classes), of: [self])
    }

    /// The `parts` one after the other along `dim`.
    public static func cat(_ parts: [Tensor], dim: Int = 0) throws(TensorError) -> Tensor {
        try Tensor(try Library.load().pointee.cat(parts.map(\.handle), parts.count, dim), of: parts)
    }

    /// The `parts`, all of one shape, along a new dimension `dim`.
    public static func stack(_ parts: [Tensor], dim: Int = 0) throws(TensorError) -> Tensor {
        try Tensor(try Library.load().pointee.stack(parts.map(\.handle), parts.count, dim), of: parts)
    }
}
