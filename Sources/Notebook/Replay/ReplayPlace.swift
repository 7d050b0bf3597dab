import Glibc

/// A folder of its own in which a run is done again, so that nothing of the first run is overwritten: the store, the
/// record, and a copy of the run's working folder with the data that it read and empty folders.
///
/// Paths from the root lead where they led: a program that writes to one writes there again.
public final class ReplayPlace {
    /// How deep folders of the working folder are made again, and how many.
    private static let (deepest, mostFolders) = (3, 1_000)

    private let root: String
    private var made = 0

    /// The folder for studies.
    public var store: String { root + "/store" }
    /// The folder for the record.
    public var run: String { root + "/run" }
    /// Where the run works.
    public let directory: String

    /// Makes the folder, with copies of the files that the run read by relative paths; of folders of data, links.
    public init(_ run: RunRecord) throws(RunError) {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? ""
        var name = Array("\(parent.isEmpty ? "/tmp" : parent)/nash-replay-XXXXXX".utf8CString)
        guard mkdtemp(&name) != nil else {
            throw RunPlace.failure(parent.isEmpty ? "/tmp" : parent, "no folder can be made")
        }
        root = name.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        directory = root + "/files" + Self.normal(run.directory)
        try RunPlace.makeFolder(directory, withParents: true)
        makeFolders(like: run.directory, in: directory, depth: 0)
        for data in run.cells.flatMap(\.data) where !data.name.hasPrefix("/") {
            guard let path = data.path else { continue }
            try bring(path, to: root + "/files" + Self.normal("\(run.directory)/\(data.name)"))
        }
    }

    deinit { FolderTree.remove(root) }

    private func makeFolders(like folder: String, in copy: String, depth: Int) {
        guard depth < Self.deepest, let names = DataFiles.names(in: folder) else { return }
        for name in names where FolderTree.isFolder("\(folder)/\(name)") {
            made += 1
            guard made <= Self.mostFolders else { return }
            mkdir("\(copy)/\(name)", 0o700)
            makeFolders(like: "\(folder)/\(name)", in: "\(copy)/\(name)", depth: depth + 1)
        }
    }

    private func bring(_ path: String, to place: String) throws(RunError) {
        if let slash = place.lastIndex(of: "/") { try RunPlace.makeFolder(String(place[..<slash]), withParents: true) }
        if FolderTree.isFolder(path) {
            FolderTree.remove(place)
            symlink(path, place)
        } else if access(place, F_OK) != 0 {
            try Self.copy(path, to: place)
        }
    }

    private static func copy(_ path: String, to place: String) throws(RunError) {
        let source = open(path, O_RDONLY | O_CLOEXEC)
        guard source >= 0 else { throw RunPlace.failure(path, "it cannot be read") }
        defer { close(source) }
        let target = open(place, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard target >= 0 else { throw RunPlace.failure(place, "the file cannot be made") }
        defer { close(target) }
        while true {
            let count = sendfile(target, source, nil, 1 << 26)
            if count == 0 { return }
            if count < 0, errno != EINTR { throw RunPlace.failure(place, "it cannot be copied") }
        }
    }

    /// A path from the root without `.` and `..`.
    static func normal(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }
}
