public import Tensors

/// A batch of labelled images as plain numbers, which any thread may read.
public struct Examples: Sendable {
    /// The shape of the images, `[N, C, H, W]`.
    public let shape: [Int]
    /// Their elements in row-major order.
    public let images: [Float]
    /// The class of each, from 0.
    public let targets: [Int]

    /// A batch; there must be as many elements as the shape says, and a target for each image.
    public init(shape: [Int], images: [Float], targets: [Int]) {
        precondition(shape.count == 4 && shape.reduce(1, *) == images.count && shape[0] == targets.count)
        (self.shape, self.images, self.targets) = (shape, images, targets)
    }

    /// The batch of the tensors `images` `[N, C, H, W]` and `targets` `[N]`.
    ///
    /// - Throws: ``ProxyError`` where their shapes do not fit together.
    public init(images: Tensor, targets: Tensor) throws {
        let shape = images.shape
        guard shape.count == 4, targets.shape == [shape[0]] else {
            throw ProxyError.undefined(
                "a batch is images [N, C, H, W] with targets [N], not \(shape) with \(targets.shape)")
        }
        self.init(
            shape: shape, images: try images.to(.float32).array(), targets: try targets.to(.int64).array())
    }

    /// How many images there are.
    public var count: Int { shape[0] }

    /// The images as a tensor `[N, C, H, W]` of their own.
    func imageTensor(_ dtype: DType) throws -> Tensor { try Tensor(images, shape: shape).to(dtype) }

    /// The targets as a tensor `[N]`.
    func targetTensor() throws -> Tensor { try Tensor(targets) }
}
