import Glibc

/// The tables of one benchmark in one folder, shipped or the user's.
struct TableFolder: Hashable, Sendable {
    /// Where it is.
    let path: String
    /// Whose it is.
    let origin: TableOrigin

    /// One file of a folder.
    struct File: Sendable {
        /// What it is called: its name up to the extension.
        let name: String
        /// The whole path.
        let path: String
        /// The folder that it belongs to.
        let folder: TableFolder

        /// The file's content.
        func read() throws(MeasurementError) -> TableFile { try TableFile(path, origin: folder.origin) }
    }

    /// The order of the architectures, where the folder has one of its own.
    var architectures: File? {
        for name in ["architectures.csv.gz", "architectures.csv"] where access("\(path)/\(name)", F_OK) == 0 {
            return File(name: "architectures", path: "\(path)/\(name)", folder: self)
        }
        return nil
    }

    /// The files of a kind, in alphabetic order of their names; no file is opened.
    ///
    /// A name that could not be said in the language is passed over; of `x.csv` and `x.csv.gz` the compressed one counts.
    /// - Throws: `MeasurementError.unreadable` where a folder that is there cannot be listed.
    func files(_ content: Tables.Content) throws(MeasurementError) -> [File] {
        let folder = "\(path)/\(content.rawValue)"
        var extensions: [String: String] = [:]
        for entry in try entries(of: folder) {
            guard let ending = [".csv.gz", ".csv"].first(where: entry.hasSuffix) else { continue }
            let name = String(entry.dropLast(ending.count))
            guard content == .curves || name.isName else { continue }
            extensions[name] = max(extensions[name] ?? "", ending)
        }
        return extensions.sorted { $0.key < $1.key }
            .map { File(name: $0.key, path: "\(folder)/\($0.key)\($0.value)", folder: self) }
    }

    /// The names in a folder; none where a user's folder does not exist.
    private func entries(of folder: String) throws(MeasurementError) -> [String] {
        guard let stream = opendir(folder) else {
            if origin == .user, errno == ENOENT || errno == ENOTDIR { return [] }
            throw .unreadable(file: folder, reason: String(cString: strerror(errno)), origin: origin)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            names.append(
                withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                })
        }
        return names
    }
}

extension String {
    /// Whether it is a name of the language: letters, digits and `_`, no digit first.
    fileprivate var isName: Bool {
        guard let first = utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return false }
        return utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
    }
}
