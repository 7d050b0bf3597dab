internal import CTorch

// Dimensions may count from the end (-1 is the last); none at all stand for every one. With `keep` a
// reduced dimension stays, with size 1.

extension Tensor {
    /// The sum over `dims`.
    public func sum(_ dims: Int..., keep: Bool = false) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.sum(handle, dims, dims.count, keep), of: [self])
    }

    /// The mean of floating-point elements over `dims`.
    public func mean(_ dims: Int..., keep: Bool = false) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.mean(handle, dims, dims.count, keep), of: [self])
    }

    /// The greatest element over `dims`.
    public func max(_ dims: Int..., keep: Bool = false) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.amax(handle, dims, dims.count, keep), of: [self])
    }

    /// The least element over `dims`.
    public func min(_ dims: Int..., keep: Bool = false) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.amin(handle, dims, dims.count, keep), of: [self])
    }

    /// log Σ exp x, without overflow over `dims`.
    public func logSumExp(_ dims: Int..., keep: Bool = false) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.logsumexp(handle, dims, dims.count, keep), of: [self])
    }

    /// The norm (Σ |x|ᵖ)^(1/p) over `dims`, p being `order`.
    public func norm(_ dims: Int..., order: Double = 2, keep: Bool = false) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.norm(handle, order, dims, dims.count, keep), of: [self])
    }

    /// The variance over `dims`: the sum of squares divided by their number less `correction`.
    public func variance(_ dims: Int..., correction: Int = 1, keep: Bool = false) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.variance(handle, correction, dims, dims.count, keep), of: [self])
    }

    /// The product of all elements.
    public func product() throws(TensorError) -> Tensor { try Tensor(torch.pointee.prod(handle), of: [self]) }

    /// The place of the greatest element along `dim`.
    public func argmax(_ dim: Int, keep: Bool = false) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.argmax(handle, dim, keep), of: [self])
    }

    /// The places of the elements along `dim` in their order; equal ones keep theirs.
    public func argsort(_ dim: Int = -1, descending: Bool = false) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.argsort(handle, dim, descending), of: [self])
    }

    /// The running sum along `dim`.
    public func cumulativeSum(_ dim: Int) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.cumsum(handle, dim), of: [self])
    }

    /// The `k` greatest elements along `dim`, in descending order, and their places.
    public func topK(_ k: Int, _ dim: Int = -1) throws(TensorError) -> (values: Tensor, indices: Tensor) {
        var pair: [CTTensorRef?] = [nil, nil]
        try check(torch.pointee.topk(handle, k, dim, &pair), of: [self])
        return (try Tensor(pair[0]), try Tensor(pair[1]))
    }
}
