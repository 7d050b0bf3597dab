import Tensors
import Testing

/// Expects the elements of a tensor to be `values`, to `tolerance` relative (absolute below 1).
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
