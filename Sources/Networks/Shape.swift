/// The extent of one sample's activation, `[C, H, W]`; a vector is `[C, 1, 1]`.
public struct Shape: Hashable, Codable, Sendable, CustomStringConvertible {
    /// Channels, at least 1.
    public let channels: Int
    /// Rows, at least 1.
    public let height: Int
    /// Columns, at least 1.
    public let width: Int

    /// A shape of `channels` maps of `height` by `width` elements.
    public init(_ channels: Int, _ height: Int = 1, _ width: Int = 1) {
        self.channels = channels
        self.height = height
        self.width = width
    }

    /// Elements of one sample: C·H·W.
    public var count: Int { channels * height * width }

    /// Bytes of one sample stored as 32-bit floats.
    public var bytes: Int { 4 * count }

    /// The shape as text, `C×H×W`.
    public var description: String { "\(channels)×\(height)×\(width)" }
}
