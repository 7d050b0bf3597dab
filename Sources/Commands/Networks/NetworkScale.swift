import Language
import Spaces

/// Width and depth of networks of cells, where they are not the space's own.
struct NetworkScale {
    /// Channels of the first cells.
    let channels: Int?
    /// Cells in a stage, or in all.
    let cells: Int?

    /// The space with that width and depth.
    ///
    /// - Throws: `CommandError` where the space has no cells to repeat, or the numbers are out of range.
    func applied(to space: any Space) throws -> any Space {
        guard channels != nil || cells != nil else { return space }
        guard let scalable = space as? any ScalableSpace else {
            throw CommandError(
                "`\(space.name)` has no cells to repeat", help: "leave out `channels` and `cells`",
                argument: channels == nil ? "cells" : "channels", code: .unknownArgument)
        }
        do throws(SpaceError) {
            return try type(of: scalable).scaled(channels: channels, cells: cells)
        } catch {
            throw CommandError(
                "\(error.reason) are out of range", help: error.hint,
                argument: error.reason.hasSuffix("cells") ? "cells" : "channels", code: .outOfRange)
        }
    }
}
