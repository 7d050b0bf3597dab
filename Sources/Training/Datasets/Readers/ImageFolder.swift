import Statistics

/// Images in a folder for each class, `root/cat/1.png`; or those folders once in `train` and in `test`, `val` or
/// `valid` (torchvision's `ImageFolder`, ImageNet's layout).
struct ImageFolder {
    /// An image and where it belongs.
    private struct Item {
        let path: String
        let label: Int
        let split: Dataset.Split
    }

    private static let splits: [String: Dataset.Split] = [
        "train": .train, "val": .valid, "valid": .valid, "validation": .valid, "test": .test,
    ]

    private let folder: String
    private let classNames: [String]
    private let items: [Item]
    private let hasSplits: Bool

    /// The images below a folder, nil where there is none; only names are read.
    ///
    /// - Throws: `DatasetError` where a folder cannot be read, or a split has a class that training has not.
    init?(_ folder: String, _ names: [String]) throws(DatasetError) {
        let folders = names.filter { DataFile.kind("\(folder)/\($0)") == .folder }
        hasSplits = folders.contains("train")
        let roots = hasSplits ? folders.filter { Self.splits[$0] != nil } : [""]
        // The training folder tells the classes, so it goes first.
        var (classes, items): ([String], [Item]) = ([], [])
        for root in roots.sorted(by: { ($0 == "train" ? 0 : 1, $0) < ($1 == "train" ? 0 : 1, $1) }) {
            let place = root.isEmpty ? folder : "\(folder)/\(root)"
            let own = try Self.classes(in: place)
            if classes.isEmpty { classes = own.map(\.name) }
            for (name, files) in own {
                guard let label = classes.firstIndex(of: name) else {
                    throw DatasetError("\(place)/\(name)", "a class that the folder `train` has not")
                }
                items += files.map {
                    Item(path: "\(place)/\(name)/\($0)", label: label, split: Self.splits[root] ?? .train)
                }
            }
        }
        guard !items.isEmpty else { return nil }
        (self.folder, self.items, classNames) = (folder, items, classes)
    }

    private static func classes(in folder: String) throws(DatasetError) -> [(name: String, files: [String])] {
        var classes: [(name: String, files: [String])] = []
        for name in try DataFile.names(in: folder) where DataFile.kind("\(folder)/\(name)") == .folder {
            let files = try DataFile.names(in: "\(folder)/\(name)").filter(isImage)
            if !files.isEmpty { classes.append((name, files)) }
        }
        return classes
    }

    private static func isImage(_ name: String) -> Bool {
        let ending = name.split(separator: ".").last?.lowercased() ?? ""
        return ["png", "jpg", "jpeg"].contains(ending)
    }

    /// Sizes and times of change of all images.
    var version: [Int] { items.flatMap { DataFile.version($0.path) } }

    /// The images, all of one size: the given one, or the first image's. They are grey where the first one is.
    ///
    /// - Throws: `DatasetError` of the first image that cannot be read.
    func read(_ size: ImageSize?) throws -> RawData {
        let first = try ImageBytes.header(DataFile.bytes(items[0].path), items[0].path)
        let size = size ?? first.size
        let range = 1...ImageSize.greatest
        guard range.contains(size.height), range.contains(size.width) else {
            throw DatasetError(
                items[0].path, "images of \(size) pixels are too large",
                help: "give a smaller `size`, such as [32, 32]; up to \(ImageSize.greatest) each way are possible")
        }
        let channels = first.coloured ? 3 : 1
        try checkMemory(channels * size.height * size.width)
        let images = try Parallel.map(items.count) { row in
            try Self.image(items[row].path, size, coloured: first.coloured)
        }
        return try RawData(
            name: DataFile.name(of: folder), place: folder, shape: [channels, size.height, size.width],
            classNames: classNames, samples: .pixels(Array(images.joined()), white: 255), labels: items.map(\.label),
            parts: hasSplits && items.contains { $0.split != .train } ? items.map(\.split) : nil)
    }

    private static func image(_ path: String, _ size: ImageSize, coloured: Bool) throws -> [UInt8] {
        let bytes = try DataFile.bytes(path)
        let own = try ImageBytes.header(bytes, path).size
        let pixels = try ImageBytes.pixels(bytes, own, coloured: coloured, path)
        return own == size ? pixels : Resampling(from: own, to: size).planes(pixels)
    }

    /// Refuses what does not fit in memory before it is read.
    private func checkMemory(_ sampleSize: Int) throws(DatasetError) {
        let (total, limit) = (sampleSize.multipliedReportingOverflow(by: items.count), 1 << 34)
        guard total.overflow || total.partialValue > limit else { return }
        throw DatasetError(
            folder, "\(items.count) images of \(sampleSize) bytes each are more than \(limit >> 30) GiB",
            help: "give a smaller `size`, such as [32, 32]")
    }
}
