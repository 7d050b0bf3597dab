import Networks
import Spaces
import Statistics
import Tensors

/// The tensors that the networks of a space share: one for each shared name, as large as the largest network needs it,
/// and the matrices through which kernels shrink.
///
/// Weight `[O, I, K, K]`, `[O, I]` or `[C]`; a matrix that leads to a kernel of S×S is `[S·S, S·S]`.
struct SharedTensors {
    /// One of them.
    struct Entry {
        /// Its shared name, such as `blocks.0.layers.1.expand.conv.weight`, or `….depthwise.conv.weight.7to5`.
        let name: String
        /// The size of each dimension.
        let extents: [Int]
        /// The layer and parameter of the largest network that it is; `nil` for a matrix.
        let origin: (parameter: Parameter, layer: Layer)?
    }

    /// All, in the order of the largest networks' layers, the matrices of a kernel behind it.
    let entries: [Entry]
    /// Where each stands.
    let places: [String: Int]

    /// Those of `space`, for images and classes.
    ///
    /// - Throws: `NetworkError` where the images are too small.
    init(_ space: any ElasticSpace, input: Shape, classes: Int) throws {
        var entries: [Entry] = []
        var places: [String: Int] = [:]
        func add(_ entry: Entry) {
            if let place = places[entry.name] {
                if entry.extents.reduce(1, *) > entries[place].extents.reduce(1, *) { entries[place] = entry }
                return
            }
            places[entry.name] = entries.count
            entries.append(entry)
        }
        for genes in space.covering {
            let network = try space.network(of: genes, input: input, classes: classes)
            for (index, node) in network.nodes.enumerated() {
                for (name, parameter) in space.sharedParameters(ofNode: index, in: network) {
                    add(Entry(name: name, extents: parameter.extents, origin: (parameter, node.layer)))
                    for size in space.kernels(below: parameter) {
                        let matrix = Self.matrix(name, to: size.to, from: size.from)
                        add(Entry(name: matrix, extents: [size.to * size.to, size.to * size.to], origin: nil))
                    }
                }
            }
        }
        (self.entries, self.places) = (entries, places)
    }

    /// The name of the matrix through which the kernel `name` shrinks by one size.
    static func matrix(_ name: String, to size: Int, from greater: Int) -> String { "\(name).\(greater)to\(size)" }

    /// The first values of all: the layers' as they begin in every model, matrices as identities.
    func tensors(
        _ initialization: Initialization, seed: Seed, options: Model.Options
    ) throws -> [Tensor] {
        try entries.map { entry in
            let tensor =
                try entry.origin.map { try initialization.tensor(for: $0.parameter, of: $0.layer, seed: seed) }
                ?? Tensor.eye(entry.extents[0])
            return try options.place(tensor).requireGrad()
        }
    }
}

extension ElasticSpace {
    /// The parameters of a node of one of its networks under their shared names.
    func sharedParameters(ofNode index: Int, in network: Network) -> [(name: String, parameter: Parameter)] {
        let node = network.nodes[index]
        guard !node.parameters.isEmpty else { return [] }
        let shared = sharedName(ofNode: index, in: network)
        return node.parameters.map { (shared + $0.name.dropFirst(node.name.count), $0) }
    }

    /// The sizes to which the kernel of `parameter` can shrink, each with the next greater one, the greatest first.
    func kernels(below parameter: Parameter) -> [(to: Int, from: Int)] {
        guard parameter.isDepthwise, let place = kernels.firstIndex(of: parameter.extents[3]) else { return [] }
        return (0..<place).reversed().map { (to: kernels[$0], from: kernels[$0 + 1]) }
    }
}

extension Parameter {
    /// Whether it is a weight `[C, 1, K, K]`: those are the kernels that shrink.
    fileprivate var isDepthwise: Bool { extents.count == 4 && extents[1] == 1 }
}
