/// CIFAR-10 and CIFAR-100 in their binary format: records of one label byte (CIFAR-100: the coarse, then the fine
/// one) and 3,072 bytes of a picture, 1,024 red, 1,024 green and 1,024 blue, row by row.
///
/// A. Krizhevsky: Learning Multiple Layers of Features from Tiny Images. Technical report, University of Toronto,
/// 2009. https://www.cs.toronto.edu/~kriz/cifar.html
public enum CIFAR {
    /// Which of CIFAR-100's labels is the class.
    public enum Labels: String, CaseIterable, Sendable, Hashable, Codable {
        /// 100 classes.
        case fine
        /// 20 groups of five classes each.
        case coarse
    }

    /// What differs between the two data sets.
    private struct Format: Sendable {
        let name: String
        let classes: Int
        /// How many label bytes precede a picture, and which one is the class.
        let labelBytes: Int
        let labelPlace: Int
        /// The file with the names of the classes, one a line.
        let names: String
        let published: Normalization
        let trainFiles: @Sendable (String) -> Bool
        let testFile: String

        var recordSize: Int { labelBytes + pictureSize }
    }

    private static let pictureSize = 3 * 32 * 32

    private static let ten = Format(
        name: "CIFAR-10", classes: 10, labelBytes: 1, labelPlace: 0, names: "batches.meta.txt", published: .cifar10,
        trainFiles: { $0.hasPrefix("data_batch_") && $0.hasSuffix(".bin") }, testFile: "test_batch.bin")

    private static func hundred(_ labels: Labels) -> Format {
        Format(
            name: labels == .fine ? "CIFAR-100" : "CIFAR-100 (coarse labels)", classes: labels == .fine ? 100 : 20,
            labelBytes: 2, labelPlace: labels == .fine ? 1 : 0, names: "\(labels)_label_names.txt",
            published: .cifar100, trainFiles: { $0 == "train.bin" }, testFile: "test.bin")
    }

    /// Whether the names of the files in a folder are those of CIFAR-10 or CIFAR-100.
    static func isHere(_ names: [String]) -> Bool {
        names.contains(where: ten.trainFiles) || names.contains(ten.testFile)
            || names.contains("train.bin") || names.contains("test.bin")
    }

    /// The pictures of a folder, `[3, 32, 32]`; of CIFAR-10 there may be fewer than five training files.
    ///
    /// - Throws: `DatasetError` where a file is missing, cut short, or holds a label that is no class.
    static func read(_ folder: String, _ labels: Labels) throws(DatasetError) -> RawData {
        let names = try DataFile.names(in: folder)
        let isTen = names.contains(where: ten.trainFiles) || names.contains(ten.testFile)
        let format = isTen ? ten : hundred(labels)
        let training = names.filter(format.trainFiles)
        guard !training.isEmpty else {
            throw DatasetError(
                folder, "there is \(format.testFile) but no training file of \(format.name)",
                help: "put \(isTen ? "data_batch_1.bin to data_batch_5.bin" : "train.bin") beside it")
        }
        let files =
            training.map { ($0, Dataset.Split.train) }
            + (names.contains(format.testFile) ? [(format.testFile, .test)] : [])
        var records = Records()
        for (name, split) in files { try records.append("\(folder)/\(name)", split, format) }
        return try RawData(
            name: format.name, place: folder, shape: [3, 32, 32], classNames: try classNames(folder, format),
            samples: .pixels(records.pixels, white: 255), labels: records.labels,
            parts: files.count > training.count ? records.parts : nil, published: format.published)
    }

    /// The pictures of several files.
    private struct Records {
        var pixels: [UInt8] = []
        var labels: [Int] = []
        var parts: [Dataset.Split] = []

        mutating func append(_ path: String, _ split: Dataset.Split, _ format: Format) throws(DatasetError) {
            let bytes = try DataFile.bytes(path)
            let size = format.recordSize
            guard !bytes.isEmpty, bytes.count.isMultiple(of: size) else {
                throw DatasetError(
                    path,
                    bytes.isEmpty
                        ? "the file is empty" : "\(bytes.count) bytes are no whole number of records of \(size) bytes",
                    help: "the file is cut short or of another format: take \(format.name)'s binary version anew")
            }
            pixels.reserveCapacity(pixels.count + bytes.count / size * pictureSize)
            for start in stride(from: 0, to: bytes.count, by: size) {
                let label = Int(bytes[start + format.labelPlace])
                guard label < format.classes else {
                    throw DatasetError(
                        path, "byte \(start + format.labelPlace): label \(label), where \(format.classes) classes are",
                        help: "the file is damaged or of another format: take \(format.name)'s binary version anew")
                }
                labels.append(label)
                pixels.append(contentsOf: bytes[start + format.labelBytes..<start + size])
            }
            parts += repeatElement(split, count: bytes.count / size)
        }
    }

    /// The names in the file beside the pictures; numbers where there is none.
    private static func classNames(_ folder: String, _ format: Format) throws(DatasetError) -> [String] {
        let path = "\(folder)/\(format.names)"
        guard DataFile.kind(path) == .file else { return (0..<format.classes).map(String.init) }
        let lines = String(decoding: try DataFile.bytes(path), as: UTF8.self)
            .split(whereSeparator: \.isWhitespace).map(String.init)
        guard lines.count == format.classes else {
            throw DatasetError(path, "\(lines.count) names of classes, where there are \(format.classes) classes")
        }
        return lines
    }
}
