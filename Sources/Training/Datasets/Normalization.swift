/// What is subtracted from the values of each channel, and by what the rest is divided.
///
/// Pixels count as 0 (black) to 1 (white).
public struct Normalization: Sendable, Hashable {
    /// The mean of each channel, `[C]`.
    public let mean: [Double]
    /// The standard deviation of each channel, `[C]`; 1 where a channel is constant.
    public let deviation: [Double]

    /// Subtracts `mean` and divides by `deviation`, both `[C]`.
    public init(mean: [Double], deviation: [Double]) {
        precondition(mean.count == deviation.count, "as many means as deviations")
        self.mean = mean
        self.deviation = deviation.map { $0 > 0 ? $0 : 1 }
    }

    /// Leaves `channels` channels as they are.
    public static func none(channels: Int) -> Normalization {
        Normalization(mean: Array(repeating: 0, count: channels), deviation: Array(repeating: 1, count: channels))
    }

    /// CIFAR-10's, as NATS-Bench's authors trained with; to three digits those of the 50,000 training images.
    ///
    /// X. Dong, L. Liu, K. Musial and B. Gabrys: NATS-Bench. IEEE TPAMI 44(7), 2022; their code, `get_datasets.py`.
    public static let cifar10 = Normalization(
        mean: [125.3 / 255, 123.0 / 255, 113.9 / 255], deviation: [63.0 / 255, 62.1 / 255, 66.7 / 255])

    /// CIFAR-100's, of the same source.
    public static let cifar100 = Normalization(
        mean: [129.3 / 255, 124.1 / 255, 112.4 / 255], deviation: [68.2 / 255, 65.4 / 255, 70.4 / 255])
}

extension Normalization {
    /// The mean and population standard deviation of each channel over the samples `rows`.
    init(of samples: Samples, shape: [Int], rows: [Int]) {
        let (channels, plane) = (shape[0], shape[1] * shape[2])
        let moments = (0..<channels).map { channel in
            let planes = rows.lazy.map { ($0 * channels + channel) * plane }
            return switch samples {
            case .pixels(let pixels, let white): Self.moments(pixels, white, planes, plane)
            case .numbers(let numbers): Self.moments(numbers, planes, plane)
            }
        }
        self.init(mean: moments.map(\.mean), deviation: moments.map(\.deviation))
    }

    /// Exact: sums of whole numbers.
    private static func moments(
        _ pixels: [UInt8], _ white: UInt8, _ planes: some Sequence<Int>, _ size: Int
    ) -> (mean: Double, deviation: Double) {
        var counts = [Int](repeating: 0, count: 256)
        pixels.withUnsafeBufferPointer { pixels in
            counts.withUnsafeMutableBufferPointer { counts in
                for start in planes {
                    for place in start..<start + size { counts[Int(pixels[place])] += 1 }
                }
            }
        }
        let total = Double(counts.reduce(0, +))
        let mean = Double(counts.enumerated().reduce(0) { $0 + $1.offset * $1.element }) / total
        let square = counts.enumerated().reduce(0.0) { sum, bin in
            let distance = Double(bin.offset) - mean
            return sum + Double(bin.element) * distance * distance
        }
        return (mean / Double(white), (square / total).squareRoot() / Double(white))
    }

    /// In two passes, so that a large mean costs no digits.
    private static func moments(
        _ numbers: [Float], _ planes: some Sequence<Int>, _ size: Int
    ) -> (mean: Double, deviation: Double) {
        let values = planes.flatMap { numbers[$0..<$0 + size] }.map(Double.init)
        let mean = values.reduce(0, +) / Double(values.count)
        let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (mean, (square / Double(values.count)).squareRoot())
    }
}
