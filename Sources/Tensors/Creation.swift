internal import CTorch

extension Tensor {
    /// A tensor of the given `shape` that holds `elements` in row-major order.
    ///
    /// - Throws: `TensorError` where there are not as many elements as the shape asks for.
    public convenience init<Element: TensorElement>(
        _ elements: [Element], shape: [Int]? = nil, device: Device = .cpu
    ) throws(TensorError) {
        let shape = shape ?? [elements.count]
        guard shape.allSatisfy({ $0 >= 0 }),
            shape.reduce(1, { $0.multipliedReportingOverflow(by: $1).partialValue }) == elements.count
        else {
            throw TensorError(
                operation: "Tensor", message: "\(elements.count) elements do not fill the shape \(shape)")
        }
        let torch = try Library.load()
        let handle = elements.withUnsafeBytes {
            torch.pointee.fromBytes($0.baseAddress, shape, shape.count, Element.dtype.options(on: device))
        }
        try self.init(handle, of: [], "Tensor")
    }

    /// A single number, of rank 0.
    public convenience init(_ value: some ScalarConvertible, dtype: DType = .float32, device: Device = .cpu)
        throws(TensorError)
    {
        try self.init(
            try Library.load().pointee.full([], 0, value.scalar.c, dtype.options(on: device)), of: [], "Tensor")
    }

    /// A tensor whose elements hold whatever the memory held.
    public static func empty(
        _ shape: [Int], dtype: DType = .float32, device: Device = .cpu
    ) throws(TensorError) -> Tensor {
        try Tensor(try Library.load().pointee.empty(shape, shape.count, dtype.options(on: device)))
    }

    /// A tensor of which every element is `value`.
    public static func full(
        _ shape: [Int], _ value: some ScalarConvertible, dtype: DType = .float32, device: Device = .cpu
    ) throws(TensorError) -> Tensor {
        try Tensor(try Library.load().pointee.full(shape, shape.count, value.scalar.c, dtype.options(on: device)))
    }

    /// A tensor of zeros.
    public static func zeros(
        _ shape: [Int], dtype: DType = .float32, device: Device = .cpu
    ) throws(TensorError) -> Tensor {
        try full(shape, 0, dtype: dtype, device: device)
    }

    /// A tensor of ones.
    public static func ones(
        _ shape: [Int], dtype: DType = .float32, device: Device = .cpu
    ) throws(TensorError) -> Tensor {
        try full(shape, 1, dtype: dtype, device: device)
    }

    /// The numbers from `start` up to but without `end`, `step` apart: `[N]`.
    public static func arange<Number: ScalarConvertible>(
        _ start: Number, _ end: Number, step: Number, dtype: DType = .int64, device: Device = .cpu
    ) throws(TensorError) -> Tensor {
        try Tensor(
            try Library.load().pointee.arange(
                start.scalar.c, end.scalar.c, step.scalar.c, dtype.options(on: device)))
    }

    /// The identity matrix `[count, count]`.
    public static func eye(_ count: Int, dtype: DType = .float32, device: Device = .cpu) throws(TensorError) -> Tensor {
        try Tensor(try Library.load().pointee.eye(count, dtype.options(on: device)))
    }

    /// A tensor of the same shape, type, device and layout, whose elements hold whatever the memory held.
    public func emptyLike() throws(TensorError) -> Tensor { try Tensor(torch.pointee.emptyLike(handle), of: [self]) }

    /// Zeros of the same shape, type, device and layout.
    public func zerosLike() throws(TensorError) -> Tensor { try emptyLike().fill(0) }

    /// Ones of the same shape, type, device and layout.
    public func onesLike() throws(TensorError) -> Tensor { try emptyLike().fill(1) }
}

// MARK: - Copies and conversions

extension Tensor {
    /// The same numbers as another type or on another device; the tensor itself where nothing differs.
    public func to(_ dtype: DType? = nil, device: Device? = nil) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.to(handle, (dtype ?? self.dtype).options(on: device ?? self.device)), of: [self])
    }

    /// A copy in memory of its own, through which gradients flow.
    public func clone() throws(TensorError) -> Tensor { try Tensor(torch.pointee.clone(handle), of: [self]) }

    /// The same memory, cut off from the graph of gradients.
    public func detached() throws(TensorError) -> Tensor { try Tensor(torch.pointee.detach(handle), of: [self]) }

    /// The elements in row-major order in memory; the tensor itself where they are already.
    public func contiguous() throws(TensorError) -> Tensor { try Tensor(torch.pointee.contiguous(handle), of: [self]) }

    /// The elements `[N, C, H, W]` with the channels next to each other in memory, as convolutions like it.
    public func channelsLast() throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.channelsLast(handle), of: [self])
    }
}

// MARK: - Changes in place

extension Tensor {
    /// Makes every element `value`.
    @discardableResult
    public func fill(_ value: some ScalarConvertible) throws(TensorError) -> Tensor {
        try check(torch.pointee.fill(handle, value.scalar.c), of: [self])
        return self
    }

    /// Copies the elements of `source`, broadcast to this shape and converted to this type.
    @discardableResult
    public func assign(_ source: Tensor) throws(TensorError) -> Tensor {
        try check(torch.pointee.assign(handle, source.handle), of: [self, source])
        return self
    }

    /// Adds `scale` times `other`.
    @discardableResult
    public func add(_ other: Tensor, scale: Double = 1) throws(TensorError) -> Tensor {
        try check(torch.pointee.addInPlace(handle, other.handle, scale), of: [self, other])
        return self
    }

    /// Multiplies by `other`, element by element.
    @discardableResult
    public func multiply(by other: Tensor) throws(TensorError) -> Tensor {
        try check(torch.pointee.multiplyInPlace(handle, other.handle), of: [self, other])
        return self
    }

    /// Multiplies by a number.
    @discardableResult
    public func multiply(by factor: some ScalarConvertible) throws(TensorError) -> Tensor {
        try check(torch.pointee.scaleInPlace(handle, factor.scalar.c), of: [self])
        return self
    }
}
