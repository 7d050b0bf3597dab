public import Networks

extension OFASpace {
    /// A stage: layers of one shape, the first of which may halve the maps and change the channels.
    public struct Stage: Hashable, Sendable {
        /// Channels that come out.
        public var channels: Int
        /// The stride of the first layer.
        public var stride: Int
        /// Whether its layers squeeze and excite.
        public var squeezes: Bool
        /// The non-linearity inside its layers.
        public var activation: Layer.Activation

        /// A stage.
        public init(_ channels: Int, stride: Int = 1, squeezes: Bool = false, activation: Layer.Activation = .relu) {
            (self.channels, self.stride, self.squeezes, self.activation) = (channels, stride, squeezes, activation)
        }
    }

    /// What stands before and behind the stages, and the stages.
    public struct Frame: Hashable, Sendable {
        /// Channels of the first 3×3 convolution.
        public var stem: Int
        /// Its stride.
        public var stemStride: Int
        /// Whether a layer of MobileNetV3 with expansion 1 follows it, that does not change.
        public var hasFixedLayer: Bool
        /// The non-linearity of stem and head.
        public var activation: Layer.Activation
        /// The stages.
        public var stages: [Stage]
        /// Channels of a 1×1 convolution behind the stages; none without.
        public var head: Int?
        /// Channels of a 1×1 convolution without normalisation behind the pool; none without.
        public var mix: Int?

        /// A frame.
        public init(
            stem: Int, stemStride: Int = 1, hasFixedLayer: Bool = false, activation: Layer.Activation = .relu,
            stages: [Stage], head: Int? = nil, mix: Int? = nil
        ) {
            (self.stem, self.stemStride, self.hasFixedLayer) = (stem, stemStride, hasFixedLayer)
            (self.activation, self.stages, self.head, self.mix) = (activation, stages, head, mix)
        }
    }

    /// Frames that are built in.
    public enum Size: String, Hashable, Sendable, CaseIterable {
        /// For images of 8 rows, as digits are: 16, 24, 32… channels.
        case tiny
        /// For images of 32 rows, as CIFAR's are.
        case small
        /// MobileNetV3-Large, for images of 128 rows or more.
        case large

        /// The images that it is made for, `[C, H, W]`.
        public var input: Shape {
            switch self {
            case .tiny: Shape(1, 8, 8)
            case .small: Shape(3, 32, 32)
            case .large: Shape(3, 224, 224)
            }
        }

        /// How many classes it tells apart.
        public var classes: Int { self == .large ? 1_000 : 10 }

        /// How many stages it has unless told otherwise.
        public var stages: Int { self == .tiny ? 3 : 5 }

        /// The depths that a stage has unless told otherwise.
        public var depths: [Int] { self == .tiny ? [1, 2, 3] : [2, 3, 4] }

        /// The widths that a layer has unless told otherwise.
        public var widths: [Int] { self == .tiny ? [2, 3, 4] : [3, 4, 6] }

        /// The frame of so many stages; further ones than it has repeat the last with stride 1.
        public func frame(stages count: Int) -> Frame {
            var frame = frame
            while let last = frame.stages.last, frame.stages.count < count {
                frame.stages.append(
                    Stage(last.channels, squeezes: last.squeezes, activation: last.activation))
            }
            frame.stages = Array(frame.stages.prefix(max(0, count)))
            return frame
        }

        private var frame: Frame {
            switch self {
            case .tiny:
                return Frame(stem: 16, stages: [Stage(16), Stage(24, stride: 2), Stage(32, stride: 2)])
            case .small:
                let (channels, strides) = ([24, 40, 64, 96, 128], [1, 2, 2, 1, 1])
                return Frame(
                    stem: 24, activation: .hardSwish,
                    stages: zip(channels, strides).map { Stage($0, stride: $1, activation: .hardSwish) }, head: 512)
            case .large:
                return Frame(
                    stem: 16, stemStride: 2, hasFixedLayer: true, activation: .hardSwish,
                    stages: [
                        Stage(24, stride: 2), Stage(40, stride: 2, squeezes: true),
                        Stage(80, stride: 2, activation: .hardSwish),
                        Stage(112, squeezes: true, activation: .hardSwish),
                        Stage(160, stride: 2, squeezes: true, activation: .hardSwish),
                    ],
                    head: 960, mix: 1_280)
            }
        }
    }
}
