import Networks
import Tensors

/// The mean over a window as a depthwise convolution with ones, divided by how many elements lie under the window.
///
/// It equals libtorch's average pool up to rounding. On 32-bit floats in main memory a 3×3 pool of `[64, 16, 32, 32]`
/// takes 14 ms instead of 40, forward and backward, as libtorch's own has no vector instructions there.
struct DepthwiseMean {
    /// The window.
    private let window: Layer.Window
    /// Ones, `[C, 1, K, K]`.
    private let ones: Tensor
    /// One over the number of elements under the window at each place, `[1, 1, H, W]`.
    private let shares: Tensor
    /// The shape that comes in.
    private let input: Shape

    init(_ window: Layer.Window, over input: Shape) throws(TensorError) {
        self.window = window
        self.input = input
        ones = try Tensor.ones([input.channels, 1, window.kernel, window.kernel])
        let place = try Tensor.ones([1, 1, input.height, input.width])
        let counts = try place.conv2d(
            ones.sliced(0..<1), stride: Pair(window.stride), padding: Pair(window.padding))
        shares = try counts.reciprocal()
    }

    /// The means of `[N, C, H, W]`; `nil` for maps of another size than those of the network.
    func callAsFunction(_ x: Tensor) throws(TensorError) -> Tensor? {
        guard Array(x.shape.dropFirst()) == [input.channels, input.height, input.width] else { return nil }
        return try x.conv2d(
            ones, stride: Pair(window.stride), padding: Pair(window.padding), groups: input.channels) * shares
    }

    /// For each step the mean that it computes, where it is an average pool; equal ones are shared.
    static func all(in plan: Plan, _ options: Model.Options) throws -> [DepthwiseMean?] {
        guard options.dtype == .float32, options.device == .cpu else {
            return Array(repeating: nil, count: plan.steps.count)
        }
        var made: [Key: DepthwiseMean] = [:]
        var all: [DepthwiseMean?] = []
        for step in plan.steps {
            let node = plan.network.nodes[step.node]
            guard case .averagePool(let window) = node.layer else {
                all.append(nil)
                continue
            }
            let key = Key(window: window, input: plan.network.nodes[node.inputs[0]].shape)
            let mean = try made[key] ?? DepthwiseMean(window, over: key.input)
            made[key] = mean
            all.append(mean)
        }
        return all
    }

    private struct Key: Hashable {
        let window: Layer.Window
        let input: Shape
    }
}
