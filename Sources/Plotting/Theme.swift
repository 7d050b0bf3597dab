/// Colours and fonts of a figure.
public struct Theme: Sendable, Codable, Hashable {
    /// The colours of series, `0xRRGGBB`, in the order of use; after the last the first comes again with another
    /// dot and dash.
    public var palette: [UInt32]

    /// The colours of a colour scale from low to high, `0xRRGGBB`, evenly spaced; two or more.
    public var gradient: [UInt32]

    /// The paper, `0xRRGGBB`.
    public var background: UInt32

    /// Titles, labels and tick labels, `0xRRGGBB`.
    public var text: UInt32

    /// The grid, `0xRRGGBB`.
    public var grid: UInt32

    /// Axes, reference lines and muted series, `0xRRGGBB`.
    public var muted: UInt32

    /// The height of letters in pixels.
    public var fontSize: Double

    /// Makes a theme; without arguments the light one that colour-blind readers can tell apart.
    ///
    /// The palette is that of M. Okabe and K. Ito, "Color Universal Design", 2008, without the yellow and the black
    /// that drown in white paper and in text. The gradient is nine colours of viridis (S. van der Walt and
    /// N. Smith, matplotlib 1.5, 2015).
    public init(
        palette: [UInt32] = [0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, 0x6B6B6B],
        gradient: [UInt32] = [
            0x440154, 0x472D7B, 0x3B528B, 0x2C728E, 0x21918C, 0x28AE80, 0x5EC962, 0xADDC30, 0xFDE725,
        ],
        background: UInt32 = 0xFFFFFF, text: UInt32 = 0x333333, grid: UInt32 = 0xE8E8E8, muted: UInt32 = 0x9A9A9A,
        fontSize: Double = 12
    ) {
        self.palette = palette
        self.gradient = gradient
        self.background = background
        self.text = text
        self.grid = grid
        self.muted = muted
        self.fontSize = fontSize
    }
}
