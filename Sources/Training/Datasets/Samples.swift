/// The values of all samples `[N, C, H, W]` as they were read, one after the other.
///
/// Threads share them without a copy.
public enum Samples: Sendable {
    /// Pixels of one byte, of which `white` stands for 1.
    case pixels([UInt8], white: UInt8)
    /// Numbers as they are.
    case numbers([Float])

    /// How many values there are: N · C · H · W.
    public var count: Int {
        switch self {
        case .pixels(let pixels, _): pixels.count
        case .numbers(let numbers): numbers.count
        }
    }
}

/// What a reader finds: samples with their classes, not yet parted into splits.
public struct RawData: Sendable {
    /// The data set's name.
    public let name: String
    /// The shape of one sample, `[C, H, W]`; a row of a table of F features is `[F, 1, 1]`.
    public let shape: [Int]
    /// The names of the classes in their order.
    public let classNames: [String]
    /// The values `[N, C, H, W]`.
    public let samples: Samples
    /// The class of each sample, `[N]`.
    public let labels: [Int]
    /// The split to which the format assigns each sample `[N]`; nil where it has no splits.
    public let parts: [Dataset.Split]?
    /// The mean and deviation that everyone uses with this data set, where there are such.
    public let published: Normalization?
    /// A fingerprint of shape, values and classes, 16 hexadecimal digits.
    public let fingerprint: String

    /// - Throws: `DatasetError` where there is no sample, or a label is no class.
    /// - Precondition: the samples, labels and parts are as many as each other.
    public init(
        name: String, place: String, shape: [Int], classNames: [String], samples: Samples, labels: [Int],
        parts: [Dataset.Split]? = nil, published: Normalization? = nil
    ) throws(DatasetError) {
        precondition(samples.count == labels.count * shape.reduce(1, *), "samples and labels differ in number")
        precondition(parts.map { $0.count == labels.count } ?? true, "samples and parts differ in number")
        guard !labels.isEmpty else { throw DatasetError(place, "there is no sample in it") }
        if let wrong = labels.firstIndex(where: { !classNames.indices.contains($0) }) {
            throw DatasetError(
                place, "sample \(wrong) has the class \(labels[wrong]), and there are \(classNames.count) classes",
                help: "the file is damaged, or of another format")
        }
        (self.name, self.shape, self.classNames) = (name, shape, classNames)
        (self.samples, self.labels, self.parts, self.published) = (samples, labels, parts, published)
        fingerprint = Self.fingerprint(shape, samples, labels)
    }

    private init(_ other: RawData, _ shape: [Int], _ samples: Samples) {
        (name, classNames, labels, parts) = (other.name, other.classNames, other.labels, other.parts)
        (self.shape, self.samples) = (shape, samples)
        (published, fingerprint) = (other.published, other.fingerprint)
    }

    /// Other values of the same samples, under the fingerprint of what was read.
    func with(_ shape: [Int], _ samples: Samples) -> RawData { RawData(self, shape, samples) }

    /// How many values one sample has.
    public var sampleSize: Int { shape.reduce(1, *) }

    private static func fingerprint(_ shape: [Int], _ samples: Samples, _ labels: [Int]) -> String {
        var hash = Fingerprint()
        shape.withUnsafeBytes { hash.absorb($0) }
        switch samples {
        case .pixels(let pixels, let white):
            withUnsafeBytes(of: white) { hash.absorb($0) }
            pixels.withUnsafeBytes { hash.absorb($0) }
        case .numbers(let numbers): numbers.withUnsafeBytes { hash.absorb($0) }
        }
        labels.withUnsafeBytes { hash.absorb($0) }
        return hash.text
    }
}
