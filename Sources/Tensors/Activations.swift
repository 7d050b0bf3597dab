internal import CTorch

extension Tensor {
    /// max(0, x).
    public func relu() throws(TensorError) -> Tensor { try Tensor(torch.pointee.relu(handle), of: [self]) }

    /// 1 / (1 + e⁻ˣ).
    public func sigmoid() throws(TensorError) -> Tensor { try Tensor(torch.pointee.sigmoid(handle), of: [self]) }

    /// x Φ(x), Φ being the standard normal distribution (D. Hendrycks and K. Gimpel, *Gaussian Error Linear
    /// Units*, arXiv:1606.08415, 2016), without the approximation by tanh.
    public func gelu() throws(TensorError) -> Tensor { try Tensor(torch.pointee.gelu(handle), of: [self]) }

    /// x sigmoid(x), also called swish.
    public func silu() throws(TensorError) -> Tensor { try Tensor(torch.pointee.silu(handle), of: [self]) }

    /// x min(max(x + 3, 0), 6) / 6 (A. Howard et al., *Searching for MobileNetV3*, ICCV 2019, section 5.2).
    public func hardswish() throws(TensorError) -> Tensor { try Tensor(torch.pointee.hardswish(handle), of: [self]) }

    /// min(max(x + 3, 0), 6) / 6.
    public func hardsigmoid() throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.hardsigmoid(handle), of: [self])
    }

    /// exp(x) / Σ exp(x) along `dim`.
    public func softmax(_ dim: Int = -1) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.softmax(handle, dim), of: [self])
    }

    /// The logarithm of `softmax`, without overflow.
    public func logSoftmax(_ dim: Int = -1) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.logSoftmax(handle, dim), of: [self])
    }
}
