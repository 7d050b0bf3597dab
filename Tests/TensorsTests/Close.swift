import Tensors
import Testing

/// Expects the elements of a `float64` tensor to be `values`, to `tolerance` relative (absolute below 1).
func expect(
    _ tensor: Tensor, isCloseTo values: [Double], tolerance: Double = 1e-10,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let found: [Double] = try tensor.to(.float64).array()
    try #require(found.count == values.count, sourceLocation: sourceLocation)
    for (one, other) in zip(found, values) {
        #expect(
            abs(one - other) <= tolerance * max(1, abs(other)), "\(found) is not \(values)",
            sourceLocation: sourceLocation)
    }
}

/// sin(i·step) or cos(i·step) of the places i of `shape`, as the values beside the tests were made.
func wave(_ shape: [Int], _ step: Double, cosine: Bool = false) throws -> Tensor {
    let angles = try Tensor.arange(0, shape.reduce(1, *), step: 1, dtype: .float64).reshaped(shape) * step
    return try cosine ? angles.cos() : angles.sin()
}
