internal import CTorch

// Shapes broadcast as NumPy's do: dimensions are matched from the last, and one of size 1 is repeated.

extension Tensor {
    /// The sum, element by element.
    public static func + (x: Tensor, y: Tensor) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.add(x.handle, y.handle), of: [x, y])
    }

    /// The sum, element by element.
    public static func + (x: Tensor, y: some ScalarConvertible) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.addScalar(x.handle, y.scalar.c), of: [x])
    }

    /// The sum, element by element.
    public static func + (x: some ScalarConvertible, y: Tensor) throws(TensorError) -> Tensor {
        try y + x
    }

    /// The difference, element by element.
    public static func - (x: Tensor, y: Tensor) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.sub(x.handle, y.handle), of: [x, y])
    }

    /// The difference, element by element.
    public static func - (x: Tensor, y: some ScalarConvertible) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.subScalar(x.handle, y.scalar.c), of: [x])
    }

    /// The difference, element by element.
    public static func - (x: some ScalarConvertible, y: Tensor) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.subFromScalar(x.scalar.c, y.handle), of: [y])
    }

    /// The product, element by element.
    public static func * (x: Tensor, y: Tensor) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.mul(x.handle, y.handle), of: [x, y])
    }

    /// The product, element by element.
    public static func * (x: Tensor, y: some ScalarConvertible) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.mulScalar(x.handle, y.scalar.c), of: [x])
    }

    /// The product, element by element.
    public static func * (x: some ScalarConvertible, y: Tensor) throws(TensorError) -> Tensor {
        try y * x
    }

    /// The quotient, element by element; of integers too it is a floating-point number.
    public static func / (x: Tensor, y: Tensor) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.div(x.handle, y.handle), of: [x, y])
    }

    /// The quotient, element by element; of integers too it is a floating-point number.
    public static func / (x: Tensor, y: some ScalarConvertible) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.divScalar(x.handle, y.scalar.c), of: [x])
    }

    /// The quotient, element by element; of integers too it is a floating-point number.
    public static func / (x: some ScalarConvertible, y: Tensor) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.divScalarBy(x.scalar.c, y.handle), of: [y])
    }

    /// The negative of every element.
    public static prefix func - (x: Tensor) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.neg(x.handle), of: [x])
    }

    /// The matrix product `[n, k] × [k, m] → [n, m]`; of vectors the inner product; leading dimensions
    /// are a batch and broadcast.
    public func matmul(_ other: Tensor) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.matmul(handle, other.handle), of: [self, other])
    }

    /// Every element to the power of the other's.
    public func pow(_ exponent: Tensor) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.pow(handle, exponent.handle), of: [self, exponent])
    }

    /// Every element to the power `exponent`.
    public func pow(_ exponent: some ScalarConvertible) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.powScalar(handle, exponent.scalar.c), of: [self])
    }

    /// The greater of each two elements.
    public func maximum(_ other: Tensor) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.maximum(handle, other.handle), of: [self, other])
    }

    /// The lesser of each two elements.
    public func minimum(_ other: Tensor) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.minimum(handle, other.handle), of: [self, other])
    }

    /// Every element brought into `range`.
    public func clamped(to range: ClosedRange<Double>) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.clamp(handle, range.lowerBound, range.upperBound), of: [self])
    }
}

// MARK: - Functions of each element

extension Tensor {
    /// |x|.
    public func abs() throws(TensorError) -> Tensor { try Tensor(torch.pointee.abs(handle), of: [self]) }
    /// -1, 0 or 1.
    public func sign() throws(TensorError) -> Tensor { try Tensor(torch.pointee.sign(handle), of: [self]) }
    /// eˣ.
    public func exp() throws(TensorError) -> Tensor { try Tensor(torch.pointee.exp(handle), of: [self]) }
    /// The natural logarithm.
    public func log() throws(TensorError) -> Tensor { try Tensor(torch.pointee.log(handle), of: [self]) }
    /// log(1 + x), exact for small x.
    public func log1p() throws(TensorError) -> Tensor { try Tensor(torch.pointee.log1p(handle), of: [self]) }
    /// √x.
    public func sqrt() throws(TensorError) -> Tensor { try Tensor(torch.pointee.sqrt(handle), of: [self]) }
    /// 1/√x.
    public func rsqrt() throws(TensorError) -> Tensor { try Tensor(torch.pointee.rsqrt(handle), of: [self]) }
    /// x².
    public func square() throws(TensorError) -> Tensor { try Tensor(torch.pointee.square(handle), of: [self]) }
    /// 1/x.
    public func reciprocal() throws(TensorError) -> Tensor { try Tensor(torch.pointee.reciprocal(handle), of: [self]) }
    /// sin x.
    public func sin() throws(TensorError) -> Tensor { try Tensor(torch.pointee.sin(handle), of: [self]) }
    /// cos x.
    public func cos() throws(TensorError) -> Tensor { try Tensor(torch.pointee.cos(handle), of: [self]) }
    /// tanh x.
    public func tanh() throws(TensorError) -> Tensor { try Tensor(torch.pointee.tanh(handle), of: [self]) }
    /// The error function.
    public func erf() throws(TensorError) -> Tensor { try Tensor(torch.pointee.erf(handle), of: [self]) }
    /// The greatest whole number that is not greater.
    public func floor() throws(TensorError) -> Tensor { try Tensor(torch.pointee.floor(handle), of: [self]) }
    /// The nearest whole number; of two the even one.
    public func round() throws(TensorError) -> Tensor { try Tensor(torch.pointee.round(handle), of: [self]) }
}

// MARK: - Linear algebra

extension Tensor {
    /// The eigenvalues `[N]` of a symmetric matrix `[N, N]`, in ascending order.
    public func eigvalsh() throws(TensorError) -> Tensor { try Tensor(torch.pointee.eigvalsh(handle), of: [self]) }

    /// The correlation matrix `[N, N]` of the rows of `[N, M]`.
    public func corrcoef() throws(TensorError) -> Tensor { try Tensor(torch.pointee.corrcoef(handle), of: [self]) }

    /// The sign of the determinant of `[N, N]`, and the logarithm of its magnitude (-∞ where it is singular).
    public func slogdet() throws(TensorError) -> (sign: Tensor, logarithm: Tensor) {
        var pair: [CTTensorRef?] = [nil, nil]
        try check(torch.pointee.slogdet(handle, &pair), of: [self])
        return (try Tensor(pair[0]), try Tensor(pair[1]))
    }
}
