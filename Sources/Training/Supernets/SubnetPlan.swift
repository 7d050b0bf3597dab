import Networks
import Spaces
import Tensors

/// How one network of a space is made of the shared tensors.
struct SubnetPlan {
    /// Where a parameter of the network comes from.
    struct Source {
        /// The shared tensor.
        let place: Int
        /// The size of the part that is taken of the first two dimensions.
        let extents: [Int]
        /// The matrices through which its kernel shrinks, and to which size.
        let steps: [(matrix: Int, size: Int)]
    }

    /// The network, dead parts included.
    let original: Network
    /// The layers that are computed, as steps.
    let plan: Plan
    /// For each step the mean that it computes, where that is done by a convolution.
    let means: [DepthwiseMean?]
    /// For each parameter of the plan.
    let sources: [Source]

    /// The plan of genes inside `space`.
    ///
    /// - Throws: `NetworkError` where dead parts are dropped and nothing is left.
    init(
        _ genes: [UInt8], of space: any ElasticSpace, _ shared: SharedTensors, input: Shape, classes: Int,
        options: Model.Options
    ) throws {
        original = try space.network(of: genes, input: input, classes: classes)
        let network = options.dead == .drop ? try original.live() : original
        plan = Plan(network)
        means = try DepthwiseMean.all(in: plan, options)
        sources = network.nodes.indices.flatMap { index in
            space.sharedParameters(ofNode: index, in: network).map { name, parameter in
                Self.source(of: parameter, under: name, shared, space.kernels)
            }
        }
    }

    private static func source(
        of parameter: Parameter, under name: String, _ shared: SharedTensors, _ kernels: [Int]
    ) -> Source {
        guard let place = shared.places[name] else { preconditionFailure("nothing is shared under \(name)") }
        let whole = shared.entries[place].extents
        var steps: [(matrix: Int, size: Int)] = []
        if whole.count == 4, parameter.extents[3] < whole[3] {
            let sizes = kernels.filter { (parameter.extents[3]...whole[3]).contains($0) }
            for (size, greater) in zip(sizes, sizes.dropFirst()).reversed() {
                guard let matrix = shared.places[SharedTensors.matrix(name, to: size, from: greater)] else {
                    preconditionFailure("the kernel \(name) cannot shrink to \(size)")
                }
                steps.append((matrix, size))
            }
        }
        return Source(place: place, extents: parameter.extents, steps: steps)
    }

    /// The parameters of the network as parts of the shared `tensors`, to which gradients flow back.
    func parameters(of tensors: [Tensor]) throws(TensorError) -> [Tensor] {
        var parameters: [Tensor] = []
        for source in sources {
            var part = tensors[source.place]
            for (dim, size) in zip(part.shape, source.extents).prefix(2).enumerated() where size.1 < size.0 {
                part = try part.sliced(0..<size.1, dim: dim)
            }
            for step in source.steps { part = try part.shrunk(to: step.size, through: tensors[step.matrix]) }
            parameters.append(part)
        }
        return parameters
    }
}

extension Tensor {
    /// The centre of the kernels `[O, I, K, K]`, `size`×`size`, each as a row multiplied by the transpose of `matrix`
    /// `[size², size²]`: kernel transformation (H. Cai et al., *Once-for-All*, ICLR 2020, section 3.3 and figure 3).
    func shrunk(to size: Int, through matrix: Tensor) throws(TensorError) -> Tensor {
        let shape = shape
        let border = (shape[3] - size) / 2
        let centre = try sliced(border..<border + size, dim: 2).sliced(border..<border + size, dim: 3)
        let rows = try centre.reshaped([shape[0] * shape[1], size * size])
        return try rows.linear(matrix).reshaped([shape[0], shape[1], size, size])
    }
}
