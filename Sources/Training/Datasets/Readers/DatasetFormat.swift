/// The formats that `Dataset.open` tells apart by what lies at a path.
enum DatasetFormat {
    case cifar(folder: String, files: [String])
    case idx(folder: String, pairs: [IDX.Pair])
    case images(ImageFolder)

    /// The format of what lies at `path`: a folder, a folder with the usual one of CIFAR or MNIST in it, or one file
    /// of images in MNIST's format.
    ///
    /// - Throws: `DatasetError` that says what was looked for and what is there.
    static func find(_ path: String) throws(DatasetError) -> DatasetFormat {
        guard DataFile.kind(path) != .file else { return try file(path) }
        let names = try DataFile.names(in: path)
        if CIFAR.isHere(names) { return .cifar(folder: path, files: names) }
        let pairs = IDX.pairs(names)
        if !pairs.isEmpty { return .idx(folder: path, pairs: pairs) }
        let usual = ["cifar-10-batches-bin", "cifar-100-binary", "raw"].filter(names.contains)
        if usual.count == 1, DataFile.kind("\(path)/\(usual[0])") == .folder { return try find("\(path)/\(usual[0])") }
        if let images = try ImageFolder(path, names) { return .images(images) }
        throw nothing(path, names)
    }

    /// The format of a single file.
    private static func file(_ path: String) throws(DatasetError) -> DatasetFormat {
        let name = DataFile.name(of: path)
        let folder = path.hasSuffix("/\(name)") ? String(path.dropLast(name.count + 1)) : "."
        if let pair = IDX.pairs([name]).first {
            let twins = try DataFile.names(in: folder.isEmpty ? "/" : folder)
            return .idx(folder: folder, pairs: IDX.pairs(twins).filter { $0.images == pair.images })
        }
        let help =
            name.hasSuffix(".bin")
                || IDX.pairs([name.replacing("labels", with: "images").replacing("idx1", with: "idx3")]).count == 1
            ? "open the folder that it lies in"
            : "give a folder of CIFAR, of MNIST's format or of images; of a table say `load \"…\" | data target: .column`"
        throw DatasetError(path, "a single file, and a data set is a folder", help: help)
    }

    private static func nothing(_ path: String, _ names: [String]) -> DatasetError {
        let some = names.prefix(5).joined(separator: ", ")
        let there = names.isEmpty ? "it is empty" : "there are \(some)\(names.count > 5 ? ", …" : "")"
        let isPickled = names.contains("data_batch_1") || names.contains("test") && names.contains("meta")
        return DatasetError(
            path, "there is no data set in this folder: \(there)",
            help: isPickled
                ? "this is CIFAR's version for Python: take the binary one, cifar-10-binary.tar.gz"
                : "looked for data_batch_1.bin (CIFAR-10), train.bin (CIFAR-100), train-images-idx3-ubyte (MNIST) "
                    + "and folders of PNG or JPEG images, one a class")
    }

    /// Sizes and times of change of the files.
    var version: [Int] {
        switch self {
        case .cifar(let folder, let files): files.flatMap { DataFile.version("\(folder)/\($0)") }
        case .idx(let folder, let pairs):
            pairs.flatMap { [$0.images, $0.labels] }.flatMap { DataFile.version("\(folder)/\($0)") }
        case .images(let images): images.version
        }
    }

    /// The size that decides what is read: images of different sizes are resized one by one.
    func ownSize(_ options: Dataset.Options) -> ImageSize? {
        if case .images = self { options.size } else { nil }
    }

    /// Reads all of it.
    ///
    /// - Throws: `DatasetError` that names the file at fault.
    func read(_ options: Dataset.Options) throws -> RawData {
        switch self {
        case .cifar(let folder, _): try CIFAR.read(folder, options.labels)
        case .idx(let folder, let pairs): try IDX.read(folder, pairs)
        case .images(let images): try images.read(options.size)
        }
    }
}
