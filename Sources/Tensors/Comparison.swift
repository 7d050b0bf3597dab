internal import CTorch

// Element by element; the results are tensors of `bool`.

extension Tensor {
    /// Where `x` is equal.
    public static func .== (x: Tensor, y: Tensor) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.eq(x.handle, y.handle), of: [x, y])
    }

    /// Where `x` is equal.
    public static func .== (x: Tensor, y: some ScalarConvertible) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.eqScalar(x.handle, y.scalar.c), of: [x])
    }

    /// Where `x` is different.
    public static func .!= (x: Tensor, y: Tensor) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.ne(x.handle, y.handle), of: [x, y])
    }

    /// Where `x` is different.
    public static func .!= (x: Tensor, y: some ScalarConvertible) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.neScalar(x.handle, y.scalar.c), of: [x])
    }

    /// Where `x` is less.
    public static func .< (x: Tensor, y: Tensor) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.lt(x.handle, y.handle), of: [x, y])
    }

    /// Where `x` is less.
    public static func .< (x: Tensor, y: some ScalarConvertible) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.ltScalar(x.handle, y.scalar.c), of: [x])
    }

    /// Where `x` is less or equal.
    public static func .<= (x: Tensor, y: Tensor) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.le(x.handle, y.handle), of: [x, y])
    }

    /// Where `x` is less or equal.
    public static func .<= (x: Tensor, y: some ScalarConvertible) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.leScalar(x.handle, y.scalar.c), of: [x])
    }

    /// Where `x` is greater.
    public static func .> (x: Tensor, y: Tensor) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.gt(x.handle, y.handle), of: [x, y])
    }

    /// Where `x` is greater.
    public static func .> (x: Tensor, y: some ScalarConvertible) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.gtScalar(x.handle, y.scalar.c), of: [x])
    }

    /// Where `x` is greater or equal.
    public static func .>= (x: Tensor, y: Tensor) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.ge(x.handle, y.handle), of: [x, y])
    }

    /// Where `x` is greater or equal.
    public static func .>= (x: Tensor, y: some ScalarConvertible) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.geScalar(x.handle, y.scalar.c), of: [x])
    }

    /// Where both hold (are not zero).
    public static func .& (x: Tensor, y: Tensor) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.logicalAnd(x.handle, y.handle), of: [x, y])
    }

    /// Where either holds (is not zero).
    public static func .| (x: Tensor, y: Tensor) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.logicalOr(x.handle, y.handle), of: [x, y])
    }

    /// Where `x` does not hold (is zero).
    public static prefix func .! (x: Tensor) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.logicalNot(x.handle), of: [x])
    }

    /// Where an element is not a number.
    public func isNaN() throws(TensorError) -> Tensor { try Tensor(torch.pointee.isnan(handle), of: [self]) }

    /// Where an element is neither infinite nor not a number.
    public func isFinite() throws(TensorError) -> Tensor { try Tensor(torch.pointee.isfinite(handle), of: [self]) }

    /// The elements of `x` where this tensor of `bool` holds, and those of `y` elsewhere.
    public func select(_ x: Tensor, else y: Tensor) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.select(handle, x.handle, y.handle), of: [self, x, y])
    }

    /// Whether every element holds (is not zero).
    public func all() throws(TensorError) -> Bool { try Tensor(torch.pointee.all(handle), of: [self]).item() != 0 }

    /// Whether any element holds (is not zero).
    public func any() throws(TensorError) -> Bool { try Tensor(torch.pointee.any(handle), of: [self]).item() != 0 }

    /// Whether shape and elements are the same.
    public func isEqual(to other: Tensor) throws(TensorError) -> Bool {
        var result = false
        try check(torch.pointee.equal(handle, other.handle, &result), of: [self, other])
        return result
    }
}
