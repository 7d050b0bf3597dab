internal import CTorch

/// An array of numbers of any rank, in libtorch's memory.
///
/// A tensor owns one handle, and libtorch frees the memory when the last handle on it goes. Views
/// (`reshaped`, `sliced`…) share memory with the tensor that they look at. Every operation that
/// libtorch refuses throws a `TensorError`. Tensors do not cross threads: they are not `Sendable`.
public final class Tensor {
    let handle: CTTensorRef

    /// Owns the result of an operation, or throws what libtorch said instead.
    @inline(__always)
    init(
        _ result: CTTensorRef?, of operands: @autoclosure () -> [Tensor] = [], _ operation: StaticString = #function
    ) throws(TensorError) {
        guard let result else { throw lastFailure(of: operands(), operation) }
        handle = result
    }

    deinit { torch.pointee.release(handle) }
}

extension Tensor {
    /// How many dimensions there are; 0 for a single number.
    public var rank: Int { torch.pointee.rank(handle) }

    /// How many elements there are.
    public var count: Int { torch.pointee.count(handle) }

    /// The size of each dimension.
    public var shape: [Int] {
        let rank = rank
        return [Int](unsafeUninitializedCapacity: rank) { sizes, count in
            if let start = sizes.baseAddress { torch.pointee.copyShape(handle, start) }
            count = rank
        }
    }

    /// The type of the elements.
    public var dtype: DType {
        guard let dtype = DType(rawValue: torch.pointee.dtype(handle).rawValue) else {
            preconditionFailure("nash makes no tensor of libtorch's type \(torch.pointee.dtype(handle).rawValue)")
        }
        return dtype
    }

    /// Where the elements live.
    public var device: Device { Device(torch.pointee.device(handle)) }
}

extension Tensor: CustomStringConvertible {
    /// The elements as libtorch prints them.
    public var description: String { takeString(torch.pointee.describe(handle)) ?? "a tensor of shape \(shape)" }
}

// MARK: - Reading

extension Tensor {
    /// The elements in row-major order.
    ///
    /// - Throws: `TensorError` where the elements are of another type: convert them with `to` first.
    public func array<Element: TensorElement>(
        of type: Element.Type = Element.self
    ) throws(TensorError) -> [Element] {
        guard dtype == Element.dtype else {
            throw TensorError(
                operation: "array of \(type)",
                message: "the elements are \(dtype); convert with to(.\(Element.dtype)) first",
                shapes: [shape])
        }
        let count = count
        var done = true
        let elements = [Element](unsafeUninitializedCapacity: count) { buffer, filled in
            let bytes = UnsafeMutableRawBufferPointer(buffer)
            if let start = bytes.baseAddress, count > 0 {
                done = torch.pointee.read(handle, start, count * MemoryLayout<Element>.stride)
            }
            filled = done ? count : 0
        }
        try check(done, of: [self])
        return elements
    }

    /// The only element, of whatever type, as a `Double`.
    ///
    /// - Throws: `TensorError` where there is not exactly one.
    public func item() throws(TensorError) -> Double {
        var value = 0.0
        try check(torch.pointee.readScalar(handle, &value), of: [self])
        return value
    }

    /// Calls `body` with the bytes of the elements in row-major order.
    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) throws -> Result {
        let here = try to(dtype, device: .cpu).contiguous()
        return try withExtendedLifetime(here) {
            try body(UnsafeRawBufferPointer(start: torch.pointee.data(here.handle), count: count * dtype.size))
        }
    }

    /// Calls `body` with the memory of a tensor that is new, contiguous and in main memory.
    func withNewBytes<Result>(_ body: (UnsafeMutableRawBufferPointer) throws -> Result) rethrows -> Result {
        try withExtendedLifetime(self) {
            try body(UnsafeMutableRawBufferPointer(start: torch.pointee.data(handle), count: count * dtype.size))
        }
    }
}
