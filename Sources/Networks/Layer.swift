/// One operation of a network, with every number that fixes its parameters.
public enum Layer: Hashable, Codable, Sendable {
    /// The images that come in.
    case input
    /// A two-dimensional convolution.
    case convolution(Convolution)
    /// A matrix product on a flattened input, `[inputs] → [outputs]`.
    case linear(inputs: Int, outputs: Int, bias: Bool)
    /// Batch normalisation over `channels` maps; only the affine form has parameters (a scale and a shift a channel).
    case batchNorm(channels: Int, affine: Bool)
    /// An element-wise non-linearity.
    case activation(Activation)
    /// The mean over a window; padded places are not counted in the mean.
    case averagePool(Window)
    /// The maximum over a window.
    case maxPool(Window)
    /// The mean over each whole map: `[C, H, W] → [C, 1, 1]`.
    case globalAveragePool
    /// Its input, unchanged.
    case identity
    /// Zeros in the shape of its input: no signal passes.
    case zero
    /// A constant of zeros that depends on no input. It stands for a dead part of a concatenation.
    case blank(Shape)
    /// The element-wise sum of its inputs.
    case add
    /// The element-wise product of two inputs, the second of which may be `[C, 1, 1]` (squeeze-and-excitation).
    case multiply
    /// Its inputs one after another along the channels.
    case concatenate
    /// `[C, H, W] → [C·H·W]`.
    case flatten
    /// `[C, H, W]` seen as `[groups, C/groups, H, W]`, the first two axes swapped (ShuffleNet).
    case channelShuffle(groups: Int)
    /// The input without its first row and column: the second half of a factorized reduction starts there.
    case shift

    /// A convolution with a square kernel.
    public struct Convolution: Hashable, Codable, Sendable {
        /// Channels in, a multiple of `groups`.
        public let inputs: Int
        /// Channels out, a multiple of `groups`.
        public let outputs: Int
        /// Rows, columns, stride, padding and dilation of the kernel.
        public let window: Window
        /// Independent groups of channels; `inputs` of them make it depthwise.
        public let groups: Int
        /// Whether each output channel has a bias.
        public let bias: Bool

        /// A convolution; `groups` must divide both channel counts, or building the network throws.
        public init(inputs: Int, outputs: Int, window: Window, groups: Int = 1, bias: Bool = false) {
            self.inputs = inputs
            self.outputs = outputs
            self.window = window
            self.groups = groups
            self.bias = bias
        }
    }

    /// A square window that slides over a map.
    public struct Window: Hashable, Codable, Sendable {
        /// Rows and columns of the kernel.
        public let kernel: Int
        /// Step in both directions.
        public let stride: Int
        /// Elements added on each side.
        public let padding: Int
        /// Distance between the kernel's elements.
        public let dilation: Int

        /// A window; without `padding`, half the kernel's reach, so that stride 1 keeps the size of an odd kernel's map.
        public init(_ kernel: Int, stride: Int = 1, padding: Int? = nil, dilation: Int = 1) {
            self.kernel = kernel
            self.stride = stride
            self.padding = padding ?? dilation * (kernel - 1) / 2
            self.dilation = dilation
        }

        /// Places of the window along `length` elements: ⌊(length + 2·padding − dilation·(kernel − 1) − 1)/stride⌋ + 1.
        func steps(along length: Int) -> Int {
            let room = length + 2 * padding - dilation * (kernel - 1) - 1
            return room < 0 ? 0 : room / stride + 1
        }
    }

    /// The non-linearities, by their usual names.
    public enum Activation: String, Hashable, Codable, Sendable, CaseIterable {
        /// max(0, x).
        case relu
        /// min(max(0, x), 6).
        case relu6
        /// x·relu6(x + 3)/6.
        case hardSwish
        /// relu6(x + 3)/6.
        case hardSigmoid
        /// 1/(1 + e⁻ˣ).
        case sigmoid
        /// x/(1 + e⁻ˣ).
        case silu
    }
}
