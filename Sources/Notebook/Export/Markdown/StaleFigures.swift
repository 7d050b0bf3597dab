import Glibc

/// The name of a figure's file beside a document: `3-1.svg`, the first figure of cell 3.
struct FigureName {
    let text: String

    /// - Parameters:
    ///   - cell: the cell's number.
    ///   - place: which of its figures, from 1.
    init(cell: Int, place: Int) { text = "\(cell)-\(place).svg" }

    /// The name where a file's name is one, digit for digit; else nil.
    init?(_ name: String) {
        let parts = name.hasSuffix(".svg") ? name.dropLast(4).split(separator: "-").compactMap { Int($0) } : []
        guard parts.count == 2, parts.allSatisfy({ $0 > 0 }) else { return nil }
        self.init(cell: parts[0], place: parts[1])
        guard text == name else { return nil }
    }
}

/// Figures that an earlier document left in its folder.
enum StaleFigures {
    /// Removes files that have a figure's name and are not to be kept. A folder or file that is reached by a link is not
    /// touched; what cannot be removed stays, for the document is whole without that.
    static func remove(from folder: String, keeping kept: Set<String>) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        for name in DataFiles.names(in: folder) ?? [] where FigureName(name) != nil && !kept.contains(name) {
            var status = stat()
            guard fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0, status.st_mode & S_IFMT == S_IFREG
            else { continue }
            unlinkat(descriptor, name, 0)
        }
    }
}
