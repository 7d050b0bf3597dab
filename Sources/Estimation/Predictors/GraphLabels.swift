import Networks
import Spaces

/// How often each label occurs in an architecture's graph, after no, one, two, … iterations of Weisfeiler and Lehman.
///
/// N. Shervashidze, P. Schweitzer, E. J. van Leeuwen, K. Mehlhorn and K. M. Borgwardt: Weisfeiler-Lehman Graph Kernels.
/// Journal of Machine Learning Research 12, 2011. A node's label is its layer, with its hyperparameters and its shape;
/// in each iteration it becomes that of itself and its inputs, in sorted order. The graph is the live part of the
/// network, from input to output; of a space whose networks repeat cells, one of the fewest cells stands for all.
/// Labels that no fitted architecture has are not counted.
struct GraphLabels: Sendable {
    /// One block an iteration.
    let blocks: [Range<Int>]
    /// The place of each label in a row.
    private let places: [UInt64: Int]
    let iterations: Int

    init(of matrix: GeneMatrix, in space: any Space, iterations: Int) {
        self.iterations = max(0, iterations)
        let (small, depth) = (Self.smallest(space), self.iterations)
        var texts = LayerTexts()
        let all = matrix.map { Self.labels(of: $0, in: small, iterations: depth, &texts) }
        var (places, blocks): ([UInt64: Int], [Range<Int>]) = ([:], [])
        for iteration in 0...self.iterations {
            let start = places.count
            for row in all { for label in row[iteration] where places[label] == nil { places[label] = places.count } }
            blocks.append(start..<max(places.count, start))
        }
        self.places = places
        // An iteration without a label of its own would be an empty block.
        self.blocks = places.isEmpty ? [0..<1] : blocks.filter { !$0.isEmpty }
    }

    /// The counts of some of the architectures, `[rows, labels]`.
    func rows(of matrix: GeneMatrix, _ range: Range<Int>, in space: any Space) -> [Float] {
        let width = blocks.last?.upperBound ?? 1
        var counts = [Float](repeating: 0, count: range.count * width)
        let small = Self.smallest(space)
        var texts = LayerTexts()
        for row in range {
            let start = (row - range.lowerBound) * width
            for labels in Self.labels(of: matrix[row], in: small, iterations: iterations, &texts) {
                for label in labels { if let place = places[label] { counts[start + place] += 1 } }
            }
        }
        return counts
    }

    /// For each iteration the labels of all nodes; none where no path leads through the network.
    private static func labels(
        of architecture: Architecture, in space: any Space, iterations: Int, _ texts: inout LayerTexts
    ) -> [[UInt64]] {
        guard let network = try? space.network(for: architecture).live() else {
            return [[UInt64]](repeating: [], count: iterations + 1)
        }
        return labels(of: network, iterations: iterations, &texts)
    }

    private static func smallest(_ space: any Space) -> any Space {
        guard let scalable = space as? any ScalableSpace else { return space }
        return scalable.smallest
    }

    private static func labels(of network: Network, iterations: Int, _ texts: inout LayerTexts) -> [[UInt64]] {
        var labels = network.nodes.map { texts.label(of: $0) }
        var all = [labels]
        for _ in 0..<iterations {
            let before = labels
            labels = network.nodes.indices.map { index in
                network.nodes[index].inputs.map { before[$0] }.sorted()
                    .reduce(hash(before[index] ^ 0xA076_1D64_78BD_642F)) { hash($0 &* 31 &+ $1) }
            }
            all.append(labels)
        }
        return all
    }

    /// A well mixed number (the finaliser of G. L. Steele Jr., D. Lea and C. H. Flood's SplitMix, OOPSLA 2014).
    fileprivate static func hash(_ value: UInt64) -> UInt64 {
        var word = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}

extension GraphLabels {
    /// Stores what `init(_:)` reads: of each label its upper and its lower half.
    func store(into state: inout PredictorState) {
        let labels = places.sorted { $0.value < $1.value }.map(\.key)
        state["labels"] = labels.flatMap { [Double($0 >> 32), Double($0 & 0xFFFF_FFFF)] }
        state["blocks"] = blocks.map { Double($0.upperBound) }
        state["iterations"] = [Double(iterations)]
    }

    init(_ state: PredictorState) throws {
        let halves = try state.integers("labels", in: 0..<1 << 32).map { UInt64($0) }
        let ends = try state.integers("blocks", in: 1..<max(2, halves.count / 2 + 1))
        guard let iterations = try state.integers("iterations", in: 0..<1_000).first, let last = ends.last,
            halves.count.isMultiple(of: 2), last == max(1, halves.count / 2), zip(ends, ends.dropFirst()).allSatisfy(<)
        else { throw PredictorState.damaged("its labels") }
        let labels = stride(from: 0, to: halves.count, by: 2).map { halves[$0] << 32 | halves[$0 + 1] }
        guard Set(labels).count == labels.count else { throw PredictorState.damaged("its labels") }
        places = Dictionary(uniqueKeysWithValues: labels.enumerated().map { ($1, $0) })
        blocks = zip([0] + ends, ends).map { $0..<$1 }
        self.iterations = iterations
    }
}

/// The labels of nodes by themselves, each made from its layer's text once.
private struct LayerTexts {
    private struct Key: Hashable {
        let layer: Layer
        let shape: Shape
    }

    private var known: [Key: UInt64] = [:]

    /// The same in every run of the program: labels are stored.
    mutating func label(of node: Network.Node) -> UInt64 {
        let key = Key(layer: node.layer, shape: node.shape)
        if let label = known[key] { return label }
        let text = "\(node.layer) \(node.shape)"  // hashed as by G. Fowler, L. C. Noll and K.-P. Vo, FNV-1a
        let label = GraphLabels.hash(
            text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 })
        known[key] = label
        return label
    }
}

extension ScalableSpace {
    /// The space with as few cells as it can have, of the usual width.
    fileprivate var smallest: any Space {
        (try? Self.scaled(channels: nil, cells: 1)) ?? (try? Self.scaled(channels: nil, cells: 3)) ?? self
    }
}
