/// MNIST's format, and Fashion-MNIST's, KMNIST's and EMNIST's: a file of images and one of labels, each two zero
/// bytes, the type (8: bytes), the number of dimensions, their sizes in 32 bits, big end first, and the values; plain
/// or in gzip.
///
/// Y. LeCun, C. Cortes and C. J. C. Burges: The MNIST database of handwritten digits, 1998, "The IDX file format".
enum IDX {
    /// A file of images with its labels.
    struct Pair: Hashable {
        let images: String
        let labels: String
        let split: Dataset.Split
    }

    /// The pairs among the files of a folder: each name with `images` and `idx3`, or `idx4` for several channels.
    /// What has `train` in its name is for training, all else for testing.
    static func pairs(_ names: [String]) -> [Pair] {
        names.compactMap { name in
            guard name.contains("images"), name.contains("idx3") || name.contains("idx4") else { return nil }
            let labels = name.replacing("images", with: "labels").replacing("idx3", with: "idx1")
                .replacing("idx4", with: "idx1")
            let twin = labels.hasSuffix(".gz") ? String(labels.dropLast(3)) : labels + ".gz"
            // Of a file there may be both a packed and an unpacked form.
            if name.hasSuffix(".gz"), names.contains(String(name.dropLast(3))) { return nil }
            return Pair(
                images: name, labels: names.contains(labels) || !names.contains(twin) ? labels : twin,
                split: name.contains("train") ? .train : .test)
        }
    }

    /// The images of a folder, `[1, H, W]` or `[C, H, W]`.
    ///
    /// - Throws: `DatasetError` where a file is missing, cut short or of another type, or files do not go together.
    static func read(_ folder: String, _ pairs: [Pair]) throws(DatasetError) -> RawData {
        var (shape, pixels, labels, parts): ([Int], [UInt8], [Int], [Dataset.Split]) = ([], [], [], [])
        for pair in pairs {
            let (imagePath, labelPath) = ("\(folder)/\(pair.images)", "\(folder)/\(pair.labels)")
            let images = try Array(imagePath, dimensions: 3...4)
            let classes = try Array(labelPath, dimensions: 1...1)
            guard images.sizes[0] == classes.sizes[0] else {
                throw DatasetError(
                    labelPath, "\(classes.sizes[0]) labels, where \(pair.images) has \(images.sizes[0]) images")
            }
            let own = images.sizes.count == 3 ? [1] + images.sizes[1...] : Swift.Array(images.sizes[1...])
            guard shape.isEmpty || own == shape else {
                throw DatasetError(imagePath, "images of \(own), where the other file has \(shape)")
            }
            shape = own
            pixels += images.values
            labels += classes.values.map(Int.init)
            parts += repeatElement(pair.split, count: classes.values.count)
        }
        return try RawData(
            name: DataFile.name(of: folder), place: folder, shape: shape,
            classNames: (0...(labels.max() ?? 0)).map(String.init), samples: .pixels(pixels, white: 255),
            labels: labels, parts: parts.contains(.train) && parts.contains(.test) ? parts : nil)
    }

    /// The numbers of a file.
    struct Array {
        let sizes: [Int]
        let values: [UInt8]

        init(_ path: String, dimensions: ClosedRange<Int>) throws(DatasetError) {
            let file = try DataFile.bytes(path)
            let isPacked = file.starts(with: [0x1F, 0x8B])
            let start = isPacked ? try ImageBytes.inflated(file, atMost: 20, path) : Swift.Array(file.prefix(20))
            let (sizes, headerCount) = try Self.header(start, dimensions, path)
            let wanted = headerCount + sizes.reduce(1, *)
            // deflate shrinks at most 1,032 times: what claims more is not believed, before memory is taken for it.
            guard wanted <= (isPacked ? file.count * 1032 : file.count) else {
                throw Self.wrong(path, isPacked ? "fewer" : "\(file.count)", wanted, sizes)
            }
            let bytes = isPacked ? try ImageBytes.inflated(file, atMost: wanted + 1, path) : file
            guard bytes.count == wanted else {
                throw Self.wrong(path, isPacked && bytes.count > wanted ? "more" : "\(bytes.count)", wanted, sizes)
            }
            self.sizes = sizes
            values = Swift.Array(bytes[headerCount...])
        }

        private static func header(_ bytes: [UInt8], _ dimensions: ClosedRange<Int>, _ path: String)
            throws(DatasetError) -> (sizes: [Int], count: Int)
        {
            guard bytes.count >= 4, bytes[0] == 0, bytes[1] == 0 else {
                throw DatasetError(path, "it does not begin as IDX does, with two zero bytes")
            }
            guard bytes[2] == 8, dimensions.contains(Int(bytes[3])) else {
                let wanted = dimensions.count == 1 ? "1 dimension" : "3 or 4 dimensions"
                throw DatasetError(
                    path,
                    "values of type \(bytes[2]) in \(bytes[3]) dimensions, where bytes (8) in \(wanted) are expected")
            }
            let count = 4 + 4 * Int(bytes[3])
            guard bytes.count >= count else { throw DatasetError(path, "it is cut short within its header") }
            let sizes = stride(from: 4, to: count, by: 4).map { bytes[$0..<$0 + 4].reduce(0) { $0 << 8 | Int($1) } }
            var product = 1
            for size in sizes {
                let (next, overflow) = product.multipliedReportingOverflow(by: size)
                guard size > 0, !overflow, next < 1 << 40 else {
                    throw DatasetError(
                        path, "it claims to hold \(sizes.map(String.init).joined(separator: " × ")) values")
                }
                product = next
            }
            return (sizes, count)
        }

        private static func wrong(_ path: String, _ found: String, _ wanted: Int, _ sizes: [Int]) -> DatasetError {
            let shape = sizes.map(String.init).joined(separator: " × ")
            return DatasetError(
                path, "\(found) bytes, where \(shape) values need \(wanted)",
                help: "the file is cut short or damaged: take it anew")
        }
    }
}
