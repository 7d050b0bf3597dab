/// The cost of a piece of a network between one activation and another, measured on its graph.
///
/// Costs of networks that consist of such pieces add up exactly, so that thousands of architectures can be priced
/// from a few measured fragments instead of their graphs.
public struct Fragment: Hashable, Sendable {
    /// The shape that comes in, `[C, H, W]`.
    public let input: Shape
    /// The shape that goes out, `[C, H, W]`.
    public let output: Shape
    /// The cost of the piece, its `peakBytes` with the input freed after its last use.
    public let cost: NetworkCost
    /// The peak when the input must be kept for other readers.
    public let holdingPeakBytes: Int
    /// Whether the result is the input's own storage.
    public let isView: Bool

    /// Measures the piece that `build` adds behind the input node; rethrows what building throws.
    public init(
        input: Shape, counting: MultiplyAdds = .weights, _ build: (inout NetworkBuilder, Int) throws -> Int
    ) rethrows {
        var builder = NetworkBuilder(input: input)
        let last = try build(&builder, builder.input)
        let network = builder.finish(last, counting: counting)
        self.input = input
        output = network.nodes[last].shape
        cost = network.cost
        holdingPeakBytes = network.peak(holdingInput: true)
        isView = network.storageOwners[last] == 0
    }
}
