import Networks

/// How cells stack up in the DARTS evaluation network.
struct DARTSPlan: Sendable {
    /// One cell's place.
    struct Cell: Hashable, Sendable {
        let index: Int
        /// Channels of each node.
        let channels: Int
        /// Whether it halves the maps.
        let reduces: Bool
        /// Whether the cell before it does, so that the state before that is twice as large.
        let followsReduction: Bool
    }

    let channels: Int
    let cells: [Cell]

    init(channels: Int, cells count: Int) {
        self.channels = channels
        let reductions = [count / 3, 2 * count / 3]
        cells = (0..<count).map { index in
            Cell(
                index: index, channels: channels << reductions.count { $0 <= index },
                reduces: reductions.contains(index), followsReduction: reductions.contains(index - 1))
        }
    }

    /// Adds the stem, three times as wide as the first nodes.
    func stem(_ net: inout NetworkBuilder, _ x: Int) throws -> Int {
        try net.batchNorm(try net.convolution(x, "stem.0", to: 3 * channels, .init(3)), "stem.1")
    }

    /// Adds what brings the state before the previous cell, or the previous one, to the cell's width.
    func preprocess(_ state: Int, for cell: Cell, _ net: inout NetworkBuilder, _ x: Int) throws -> Int {
        let name = "cells.\(cell.index).preprocess\(state)"
        return state == 0 && cell.followsReduction
            ? try net.factorizedReduce(x, name, to: cell.channels) : try net.reluConvBN(x, name, to: cell.channels)
    }

    /// Adds a whole cell behind the results of the two before it.
    func add(
        _ place: Cell, _ cell: DARTSCell, _ net: inout NetworkBuilder, _ previous: ArraySlice<Int>
    ) throws -> Int {
        var states: [Int] = []
        for (state, x) in previous.enumerated() { states.append(try preprocess(state, for: place, &net, x)) }
        for node in 0..<4 {
            var terms: [Int] = []
            for edge in 2 * node..<2 * node + 2 {
                let source = cell.sources[edge]
                let stride = place.reduces && source < 2 ? 2 : 1
                let name = "cells.\(place.index)._ops.\(edge)"
                terms.append(try net.dartsOperation(cell.operations[edge], states[source], name, stride: stride))
            }
            states.append(try net.add(.add, terms))
        }
        return try net.add(.concatenate, Array(states.suffix(4)))
    }
}
