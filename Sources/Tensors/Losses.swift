internal import CTorch

/// What the losses of the rows come to.
public enum Reduction: Sendable {
    /// A loss for each row.
    case none
    /// Their mean.
    case mean
    /// Their sum.
    case sum

    var c: CTReduction {
        switch self {
        case .none: CTNone
        case .mean: CTMean
        case .sum: CTSum
        }
    }
}

extension Tensor {
    /// The cross-entropy of logits `[N, classes]` against `target`: classes `[N]` of `int64`, or
    /// probabilities `[N, classes]`.
    ///
    /// - Parameters:
    ///   - weight: a weight for each class `[classes]`; the mean is then the weighted one.
    ///   - smoothing: in [0, 1], the part of the target that is spread over all classes (C. Szegedy et al.,
    ///     *Rethinking the Inception Architecture*, CVPR 2016, section 7).
    public func crossEntropy(
        _ target: Tensor, weight: Tensor? = nil, reduction: Reduction = .mean, smoothing: Double = 0
    ) throws(TensorError) -> Tensor {
        try Tensor(
            torch.pointee.crossEntropy(handle, target.handle, weight?.handle, reduction.c, smoothing),
            of: [self, target] + [weight].compactMap(\.self))
    }

    /// The squared difference from `target`, of the same shape.
    public func squaredError(_ target: Tensor, reduction: Reduction = .mean) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.mseLoss(handle, target.handle, reduction.c), of: [self, target])
    }
}
