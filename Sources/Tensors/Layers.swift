internal import CTorch

// Images are [N, C, H, W]: how many, channels, height, width.

/// A height and a width; one number stands for both.
public struct Pair: Hashable, Sendable, ExpressibleByIntegerLiteral {
    /// Along H.
    public var height: Int
    /// Along W.
    public var width: Int

    /// A height and a width.
    public init(_ height: Int, _ width: Int) {
        self.height = height
        self.width = width
    }

    /// The same for height and width.
    public init(integerLiteral value: Int) { self.init(value, value) }

    var c: CTPair { CTPair(height: height, width: width) }
}

extension Tensor {
    /// x Wᵀ + b: `[…, I]` by the weight `[O, I]` and the bias `[O]` to `[…, O]`.
    public func linear(_ weight: Tensor, bias: Tensor? = nil) throws(TensorError) -> Tensor {
        try Tensor(
            torch.pointee.linear(handle, weight.handle, bias?.handle), of: [self, weight] + [bias].compactMap(\.self))
    }

    /// The cross-correlation of `[N, C, H, W]` with the weight `[O, C / groups, KH, KW]`, and the bias `[O]`.
    public func conv2d(
        _ weight: Tensor, bias: Tensor? = nil, stride: Pair = 1, padding: Pair = 0, dilation: Pair = 1, groups: Int = 1
    ) throws(TensorError) -> Tensor {
        try Tensor(
            torch.pointee.conv2d(
                handle, weight.handle, bias?.handle, stride.c, padding.c, dilation.c, groups),
            of: [self, weight] + [bias].compactMap(\.self))
    }

    /// Batch normalisation of `[N, C, …]` (S. Ioffe and C. Szegedy, *Batch Normalization*, ICML 2015,
    /// algorithm 1): each channel less its mean, by its deviation, times `weight` `[C]`, plus `bias` `[C]`.
    ///
    /// In training the mean and (biased) variance are the batch's, and the running ones `[C]`, if given,
    /// move towards them (the variance towards the unbiased one) by `momentum`, in place; otherwise the
    /// running ones are used.
    public func batchNorm(
        weight: Tensor? = nil, bias: Tensor? = nil, runningMean: Tensor? = nil, runningVariance: Tensor? = nil,
        training: Bool, momentum: Double = 0.1, epsilon: Double = 1e-5
    ) throws(TensorError) -> Tensor {
        try Tensor(
            torch.pointee.batchNorm(
                handle, weight?.handle, bias?.handle, runningMean?.handle, runningVariance?.handle, training, momentum,
                epsilon),
            of: [self] + [weight, bias, runningMean, runningVariance].compactMap(\.self))
    }

    /// The greatest element under each window; the stride is the kernel's size unless given.
    public func maxPool2d(
        _ kernel: Pair, stride: Pair? = nil, padding: Pair = 0, dilation: Pair = 1, ceil: Bool = false
    ) throws(TensorError) -> Tensor {
        let window = CTWindow(
            kernel: kernel.c, stride: (stride ?? kernel).c, padding: padding.c, dilation: dilation.c)
        return try Tensor(torch.pointee.maxPool2d(handle, window, ceil), of: [self])
    }

    /// The mean under each window; the stride is the kernel's size unless given. With `countPadding` the
    /// zeros of the padding count as elements.
    public func avgPool2d(
        _ kernel: Pair, stride: Pair? = nil, padding: Pair = 0, ceil: Bool = false, countPadding: Bool = true
    ) throws(TensorError) -> Tensor {
        let window = CTWindow(
            kernel: kernel.c, stride: (stride ?? kernel).c, padding: padding.c, dilation: Pair(1, 1).c)
        return try Tensor(torch.pointee.avgPool2d(handle, window, ceil, countPadding), of: [self])
    }

    /// Means over as many nearly equal windows as make `[N, C, size.height, size.width]`.
    public func adaptiveAvgPool2d(_ size: Pair = 1) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.adaptiveAvgPool2d(handle, size.c), of: [self])
    }

    /// Each element zero with the given `probability`, in [0, 1], and the others divided by what remains
    /// (N. Srivastava et al., *Dropout*, JMLR 15, 2014, in its inverted form). For training only.
    public func dropout(_ probability: Double, using generator: Generator) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.dropout(handle, probability, generator.handle), of: [self])
    }
}
