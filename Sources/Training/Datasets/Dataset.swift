public import Networks

/// Samples with their classes, parted into training, validation and test samples: what networks learn from and are
/// judged by.
///
/// The values stay as they were read, one byte a pixel where they are images, and are shared between threads without
/// a copy; tensors are made batch by batch on the thread that asks.
public struct Dataset: Sendable {
    /// Choices made when a data set is opened.
    public struct Options: Sendable, Hashable, Codable {
        /// Height and width of the images; nil for their own.
        public var size: ImageSize?
        /// The share of the training samples held out for validation, 0 ..< 1, where the format has no such part.
        public var valid: Double
        /// The share of all samples set aside for testing, 0 ..< 1, where the format has no splits.
        public var test: Double
        /// What the splits are drawn by.
        public var seed: UInt64
        /// Whether the values of each channel get mean 0 and deviation 1.
        public var normalize: Bool
        /// Which of CIFAR-100's two labels is the class.
        public var labels: CIFAR.Labels

        /// All choices, each with its usual value.
        public init(
            size: ImageSize? = nil, valid: Double = 0, test: Double = 0.2, seed: UInt64 = 0, normalize: Bool = true,
            labels: CIFAR.Labels = .fine
        ) {
            (self.size, self.valid, self.test) = (size, valid, test)
            (self.seed, self.normalize, self.labels) = (seed, normalize, labels)
        }
    }

    let data: RawData
    let parts: Parts

    /// The choices with which it was opened.
    public let options: Options

    /// What is done to the values of each channel when a batch is made.
    public let normalization: Normalization

    /// Where it was read; nil for one that nash ships, and for one that was made of a table.
    public internal(set) var path: String?

    /// Parts the samples into splits and measures their normalisation, on the training samples alone, where none is
    /// published.
    ///
    /// - Throws: `DatasetError` where a share is not in 0 ..< 1, or no training sample remains.
    public init(_ data: RawData, _ options: Options = Options()) throws(DatasetError) {
        for (name, share) in [("valid", options.valid), ("test", options.test)] where !(0..<1).contains(share) {
            throw DatasetError(data.name, "the share `\(name)` is \(share)", help: "give 0 up to but without 1")
        }
        (self.data, self.options) = (data, options)
        parts = Parts(data, options)
        guard !parts.train.isEmpty else {
            throw DatasetError(data.name, "no sample remains for training", help: "set aside fewer for validation")
        }
        normalization =
            !options.normalize
            ? .none(channels: data.shape[0])
            : data.published ?? Normalization(of: data.samples, shape: data.shape, rows: parts.train)
    }

    private init(_ data: RawData, like other: Dataset, _ normalization: Normalization) {
        (self.data, parts, options, path) = (data, other.parts, other.options, other.path)
        self.normalization = normalization
    }

    /// The same samples opened with other choices.
    ///
    /// - Throws: `DatasetError` as `init` and `resized`.
    public func parted(_ options: Options) throws(DatasetError) -> Dataset {
        var dataset = try Dataset(data, options).resized(options.size)
        dataset.path = path
        return dataset
    }

    /// The same splits of other values of the same samples.
    func with(_ data: RawData, _ normalization: Normalization) -> Dataset {
        Dataset(data, like: self, normalization)
    }
}

extension Dataset {
    /// The data set's name.
    public var name: String { data.name }

    /// The shape of one sample, `[C, H, W]`; a row of a table of F features is `[F, 1, 1]`.
    public var shape: [Int] { data.shape }

    /// The shape of the networks' input that takes the samples as they are.
    public var inputShape: Shape { Shape(shape[0], shape[1], shape[2]) }

    /// How many classes there are.
    public var classes: Int { data.classNames.count }

    /// The names of the classes in their order; their numbers where no names are known.
    public var classNames: [String] { data.classNames }

    /// How many samples there are in all splits together.
    public var count: Int { data.labels.count }

    /// How many samples a split has.
    public func count(of split: Split) -> Int { parts[split].count }

    /// The numbers of a split's samples, each in 0 ..< `count`, in ascending order.
    public func rows(of split: Split) -> [Int] { parts[split] }

    /// The class of each sample, `[N]`.
    public var labels: [Int] { data.labels }

    /// A fingerprint (XXH64) of shape, values and classes as they were read, 16 hexadecimal digits.
    public var fingerprint: String { data.fingerprint }

    /// Whether the samples are images, that can be cropped, mirrored and resized.
    public var isImages: Bool { if case .pixels = data.samples { true } else { false } }
}

/// Height and width of images, in pixels.
public struct ImageSize: Sendable, Hashable, Codable, CustomStringConvertible {
    /// In pixels, 1 or more.
    public let height: Int
    /// In pixels, 1 or more.
    public let width: Int

    /// An image of this height and width.
    public init(height: Int, width: Int) {
        self.height = height
        self.width = width
    }

    /// `32×32`, height first.
    public var description: String { "\(height)×\(width)" }
}
