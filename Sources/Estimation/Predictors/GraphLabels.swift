import Networks
import Spaces
import Statistics

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
    private let iterations: Int

    init(of matrix: GeneMatrix, in space: any Space, iterations: Int) {
        self.iterations = max(0, iterations)
        let all = Self.labels(of: matrix, in: space, iterations: self.iterations)
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

    /// The counts of each architecture, `[N, labels]`.
    func rows(of matrix: GeneMatrix, in space: any Space) -> [Float] {
        let width = blocks.last?.upperBound ?? 1
        return Self.labels(of: matrix, in: space, iterations: iterations).flatMap { labels in
            var counts = [Float](repeating: 0, count: width)
            for label in labels.joined() { if let place = places[label] { counts[place] += 1 } }
            return counts
        }
    }

    /// For each architecture and iteration the labels of all nodes; none where no path leads through the network.
    private static func labels(of matrix: GeneMatrix, in space: any Space, iterations: Int) -> [[[UInt64]]] {
        let small = smallest(space)
        let rows = try? Parallel.map(matrix.count) { row in
            let network = try? small.network(for: matrix[row]).live()
            return network.map { labels(of: $0, iterations: iterations) }
                ?? [[UInt64]](repeating: [], count: iterations + 1)
        }
        return rows ?? []
    }

    private static func smallest(_ space: any Space) -> any Space {
        guard let scalable = space as? any ScalableSpace else { return space }
        return scalable.smallest
    }

    /// Labels differ from one run of the program to the next, but what has the same label does not.
    private static func labels(of network: Network, iterations: Int) -> [[UInt64]] {
        var labels = network.nodes.map { node in
            hash(
                "\(node.layer) \(node.shape)".utf8.reduce(0xCBF2_9CE4_8422_2325) {
                    ($0 ^ UInt64($1)) &* 0x100_0000_01B3
                })
        }
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
    private static func hash(_ value: UInt64) -> UInt64 {
        var word = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}

extension ScalableSpace {
    /// The space with as few cells as it can have, of the usual width.
    fileprivate var smallest: any Space {
        (try? Self.scaled(channels: nil, cells: 1)) ?? (try? Self.scaled(channels: nil, cells: 3)) ?? self
    }
}
