import Statistics

/// Random changes of training images that leave their class as it is.
///
/// The order is that of torchvision's usual chain, and of NATS-Bench's authors: mirror, crop, normalise, cut out.
/// Mirroring changes the class of many digits and letters: leave it out there.
public struct Augmentation: Sendable, Hashable, Codable {
    /// Width of the black border from which a crop of the old size is cut; 0 for no crop.
    public var padding: Int
    /// Whether half of the images are mirrored left to right.
    public var flip: Bool
    /// Side of the square that is set to the mean; 0 for none.
    ///
    /// T. DeVries and G. W. Taylor: Improved Regularization of Convolutional Neural Networks with Cutout. 2017. arXiv
    /// 1708.04552: the centre is uniform over the image, so that the square may lie partly outside.
    public var cutout: Int

    /// A crop out of the padded image, a mirror image half of the time, and a square cut out.
    public init(padding: Int = 0, flip: Bool = false, cutout: Int = 0) {
        (self.padding, self.flip, self.cutout) = (padding, flip, cutout)
    }

    /// CIFAR's usual one: crops out of a border of 4 pixels, and mirror images.
    ///
    /// K. He, X. Zhang, S. Ren and J. Sun: Deep Residual Learning for Image Recognition. CVPR 2016, section 4.2.
    public static let standard = Augmentation(padding: 4, flip: true)

    /// What happens to one image.
    struct Change {
        /// Rows and columns that the image moves up and left.
        var down = 0
        var right = 0
        var flipped = false
        /// The rows and columns cut out.
        var rows = 0..<0
        var columns = 0..<0
    }

    /// The change of one image of a size.
    func change(_ size: ImageSize, using generator: inout some RandomNumberGenerator) -> Change {
        var change = Change()
        if flip { change.flipped = generator.next() >> 63 == 1 }
        if padding > 0 {
            change.down = generator.below(2 * padding + 1) - padding
            change.right = generator.below(2 * padding + 1) - padding
        }
        if cutout > 0 {
            change.rows = square(around: generator.below(size.height), size.height)
            change.columns = square(around: generator.below(size.width), size.width)
        }
        return change
    }

    private func square(around centre: Int, _ size: Int) -> Range<Int> {
        max(0, centre - cutout / 2)..<min(size, centre - cutout / 2 + cutout)
    }
}
