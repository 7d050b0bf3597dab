import Glibc
import Networks
import Tensors

/// The two activations [v, d] of a layer as ``PathFlow`` keeps them: scaled, and without repetitions.
///
/// A map of an image of ones is constant but for the border: behind layers that reach `reach` places far, its rows (and
/// columns) from `reach` to `height − 1 − reach` are equal. Of them only as many are stored as make the map `side` wide;
/// `side` is one of a few sizes, so that a map is seldom widened.
struct Flow {
    /// `[2, C, side, side]`, or `[2, C]`: to be multiplied by 2^`exponent`.
    private(set) var maps: Tensor
    /// The power of two by which the maps were divided.
    private(set) var exponent: Int32 = 0
    /// A number that no element of `maps` exceeds.
    var bound: Double
    /// How many rows at each border may differ from the middle.
    private var reach = 0
    /// How many rows and columns the whole map has.
    private var extent: Int

    /// v = 1, d = 0.
    init(ones shape: Shape) throws {
        // Maps that are not square are stored whole.
        let side = shape.height == shape.width ? Flow.side(reach: 0, of: shape.height) : nil
        maps = try Tensor.zeros([2, shape.channels, side ?? shape.height, side ?? shape.width]).channelsLast()
        try maps.picked(0).fill(1)
        extent = side == nil ? 0 : shape.height
        bound = 1
    }

    /// Nothing flows.
    init(zeros shape: Shape) throws {
        maps = try Tensor.zeros([2, shape.channels, shape.height, shape.width]).channelsLast()
        (bound, extent) = (0, shape.height)
        reach = extent
    }

    /// The same but for the maps.
    func with(_ maps: Tensor) -> Flow {
        var flow = self
        flow.maps = maps
        return flow
    }

    /// Divided by a power of two where the next layers might leave the range of `float32`.
    ///
    /// The bound grows faster than the maps; before it is acted upon, it is replaced by what the maps really hold.
    func tamed() throws -> Flow {
        guard bound > 0x1p40 else { return self }
        var flow = self
        flow.bound = try maps.max().item()
        guard flow.bound > 0x1p20 else { return flow }
        let excess = Int32(ilogb(flow.bound))
        flow = try flow.shifted(by: excess)
        flow.exponent += excess
        return flow
    }

    /// The maps divided by 2^`excess`.
    private func shifted(by excess: Int32) throws -> Flow {
        guard excess != 0 else { return self }
        var flow = self
        flow.maps = try maps * scalbn(1, -excess)
        flow.bound = scalbn(bound, -excess)
        return flow
    }
}

// MARK: - Sums

extension Flow {
    /// Flows of one shape added.
    static func sum(_ flows: [Flow]) throws -> Flow {
        let flows = try aligned(flows)
        return try flows.dropFirst().reduce(flows[0]) { sum, flow in
            var next = sum.with(try sum.maps + flow.maps)
            next.bound += flow.bound
            return next
        }
    }

    /// Flows of one height and width one after the other along the channels.
    static func concatenation(_ flows: [Flow]) throws -> Flow {
        let flows = try aligned(flows)
        var next = flows[0].with(try Tensor.cat(flows.map(\.maps), dim: 1))
        next.bound = flows.reduce(0) { max($0, $1.bound) }
        return next
    }

    /// The flows with the same exponent and the same side, the greatest of each.
    private static func aligned(_ flows: [Flow]) throws -> [Flow] {
        guard flows.count > 1 else { return flows }
        let exponent = flows.reduce(Int32.min) { max($0, $1.exponent) }
        let reach = flows.reduce(0) { max($0, $1.reach) }
        return try flows.map { flow in
            var next = try flow.shifted(by: exponent - flow.exponent).widened(toReach: reach)
            next.exponent = exponent
            return next
        }
    }
}

// MARK: - Repetitions

extension Flow {
    /// How wide a map of `extent` is stored: 2 · reach + 1 places tell all; rounded up to 8 n + 2.
    private static func side(reach: Int, of extent: Int) -> Int {
        min(extent, (max(0, 2 * reach - 1) + 7) / 8 * 8 + 2)
    }

    /// Ready for a window: with room for what it reaches, or whole where it changes the map's size.
    func widened(for window: Layer.Window) throws -> Flow {
        let far = window.dilation * (window.kernel - 1) / 2
        let keepsSize = window.stride == 1 && window.kernel % 2 == 1 && window.padding == far
        return keepsSize ? try widened(toReach: reach + far) : try unrepeated()
    }

    /// All rows and columns.
    private func whole() throws -> Flow { try widened(toReach: extent) }

    /// All rows and columns, for a layer after which the map has others.
    func unrepeated() throws -> Flow {
        var flow = try whole()
        flow.extent = 0
        return flow
    }

    private func widened(toReach reach: Int) throws -> Flow {
        guard extent > 0, maps.rank == 4 else { return self }
        var flow = self
        flow.reach = min(reach, extent)
        let (old, new) = (maps.shape[2], Flow.side(reach: flow.reach, of: extent))
        guard new > old else { return flow }
        let middle = old / 2
        // Each new place takes an old one: those before the middle, the middle repeated, those behind it.
        let places = try Tensor((0..<new).map { $0 <= middle ? $0 : max(middle, $0 - (new - old)) })
        flow.maps = try maps.picked(places, dim: 2).picked(places, dim: 3).channelsLast()
        return flow
    }
}
