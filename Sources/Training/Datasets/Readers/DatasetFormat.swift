/// The formats that `Dataset.open` tells apart by what lies at a path.
enum DatasetFormat {
    case cifar(folder: String, files: [String])

    /// The format of what lies at `path`.
    ///
    /// - Throws: `DatasetError` that says what was looked for.
    static func find(_ path: String) throws(DatasetError) -> DatasetFormat {
        let names = try DataFile.names(in: path)
        if CIFAR.isHere(names) { return .cifar(folder: path, files: names) }
        throw DatasetError(path, "holds no data set")
    }

    var version: [Int] {
        switch self {
        case .cifar(let folder, let files): files.flatMap { DataFile.version("\(folder)/\($0)") }
        }
    }

    /// The size that decides what is read.
    func ownSize(_ options: Dataset.Options) -> ImageSize? { nil }

    func read(_ options: Dataset.Options) throws(DatasetError) -> RawData {
        switch self {
        case .cifar(let folder, _): try CIFAR.read(folder, options.labels)
        }
    }
}
