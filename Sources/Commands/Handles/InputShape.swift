import Language
import Networks

/// The option `input: [C, H, W]`: the shape of an input sample, a space's own where it is left out.
enum InputShape {
    /// The shape that `extents` say, or `usual` where there are none. Throws `CommandError` for any but three.
    static func read(_ extents: [Int], otherwise usual: Shape) throws -> Shape {
        if extents.isEmpty { return usual }
        guard extents.count == 3, extents.allSatisfy({ $0 > 0 }) else {
            throw CommandError(
                "`input` must be three positive whole numbers",
                help: "give [channels, height, width], such as [3, 32, 32]",
                argument: "input", code: .outOfRange)
        }
        return Shape(extents[0], extents[1], extents[2])
    }
}
