import Tensors
import Testing

@testable import Training

@Suite("MNIST's format, folders of images, and what is neither")
struct DataReaderTests {
    /// A file in MNIST's format.
    private func idx(_ sizes: [Int], _ values: [UInt8], type: UInt8 = 8) -> [UInt8] {
        [0, 0, type, UInt8(sizes.count)]
            + sizes.flatMap { size in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: size >> $0) } } + values
    }

    @Test func mnist() throws {
        let files = [
            "train-images-idx3-ubyte": idx([2, 2, 3], Array(0..<12)), "train-labels-idx1-ubyte": idx([2], [4, 1]),
            "t10k-images-idx3-ubyte.gz": DataImages.packedIDX, "t10k-labels-idx1-ubyte": idx([2], [0, 3]),
        ]
        try DataFixtures.withFolder(files) { folder in
            let data = try Dataset.open(folder, .init(normalize: false))
            #expect(data.shape == [1, 2, 3] && data.classes == 5)
            #expect(data.rows(of: .train).map { data.labels[$0] } == [4, 1])
            #expect(data.rows(of: .test).map { data.labels[$0] } == [0, 3])
            let test = try data.values(Double.self, data.rows(of: .test), nil, 0)
            #expect(test == (0..<12).map { Double($0) / 255 })
            let alone = try Dataset.open(folder + "/train-images-idx3-ubyte", .init(test: 0))
            #expect(alone.count == 2)
        }
    }

    @Test(arguments: [
        ([0, 0, 8, 3], "cut short within its header"), ([1, 2, 3, 4, 5], "two zero bytes"),
        ([0, 0, 13, 3], "values of type 13"), ([], "two zero bytes"),
        ([0, 0, 8, 3] + [UInt8](repeating: 255, count: 12), "it claims to hold"),
        ([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1], "17 bytes, where 2 × 2 × 3 values need 28"),
        (Array(DataImages.packedIDX.prefix(24)), "cut short"),
    ])
    func wrongMNIST(_ images: [UInt8], _ message: String) throws {
        let files = ["train-images-idx3-ubyte": images, "train-labels-idx1-ubyte": idx([2], [4, 1])]
        try DataFixtures.withFolder(files) { folder in
            let error = try #require(dataError { _ = try Dataset.open(folder) })
            #expect(error.contains("train-images-idx3-ubyte") && error.contains(message))
        }
    }

    @Test func labelsOfOtherNumber() throws {
        let files = [
            "train-images-idx3-ubyte": idx([2, 2, 3], Array(0..<12)), "train-labels-idx1-ubyte": idx([1], [4]),
        ]
        try DataFixtures.withFolder(files) { folder in
            #expect(dataError { _ = try Dataset.open(folder) }?.contains("1 labels, where") == true)
            let images = folder + "/train-images-idx3-ubyte"
            #expect(dataError { _ = try Dataset.open(images) }?.contains("1 labels, where") == true)
        }
    }

    @Test func decodedImages() throws {
        func pixels(_ bytes: [UInt8], coloured: Bool) throws -> [UInt8] {
            try ImageBytes.pixels(bytes, try ImageBytes.header(bytes, "x").size, coloured: coloured, "x")
        }
        #expect(try pixels(DataImages.greyPNG, coloured: false) == (0..<12).map { $0 * 20 })
        let colours: [UInt8] = [200, 200, 200, 200, 0, 50, 100, 150, 7, 7, 7, 7]
        #expect(try pixels(DataImages.colourPNG, coloured: true) == colours)
        #expect(try pixels(DataImages.palettePNG, coloured: true) == colours)
        #expect(try pixels(DataImages.alphaPNG, coloured: true) == [200, 0, 200, 200, 0, 0, 100, 150, 7, 0, 7, 7])
        #expect(
            try pixels(DataImages.greyPNG, coloured: true)
                == Array(repeating: (0..<12).map { $0 * 20 }, count: 3).flatMap { $0 })
        for image in [DataImages.colourJPEG, DataImages.progressiveJPEG] {
            let found = try pixels(image, coloured: true)
            for (channel, value) in [180, 60, 20].enumerated() {
                #expect(found[channel * 64..<(channel + 1) * 64].allSatisfy { abs(Int($0) - value) <= 2 })
            }
        }
        #expect(try pixels(DataImages.greyJPEG, coloured: false) == Array(repeating: 90, count: 64))
        #expect(try pixels(DataImages.deepPNG, coloured: false).first == 0)
        #expect(try pixels(DataImages.deepPNG, coloured: false).last == 255)
        #expect(dataError { _ = try pixels(DataImages.cmykJPEG, coloured: true) }?.contains("JPEG") == true)
    }

    @Test func imageFolder() throws {
        let files = [
            "cat/1.png": DataImages.colourPNG, "cat/2.jpg": DataImages.colourJPEG, "dog/x.JPEG": DataImages.greyJPEG,
            "dog/notes.txt": [1], "readme.md": [2],
        ]
        try DataFixtures.withFolder(files) { folder in
            let data = try Dataset.open(folder, .init(test: 0))
            #expect(data.shape == [3, 2, 2] && data.classNames == ["cat", "dog"] && data.labels == [0, 0, 1])
            let large = try Dataset.open(folder, .init(size: .init(height: 5, width: 6), test: 0))
            #expect(large.shape == [3, 5, 6])
            let batch = try large.batch(size: 3)
            #expect(batch.input.shape == [3, 3, 5, 6])
        }
    }

    @Test func imageFolderWithSplits() throws {
        let files = [
            "train/b/1.png": DataImages.greyPNG, "train/a/1.png": DataImages.greyPNG, "val/a/1.png": DataImages.greyPNG,
            "test/b/1.png": DataImages.greyPNG,
        ]
        try DataFixtures.withFolder(files) { folder in
            let data = try Dataset.open(folder)
            #expect(data.shape == [1, 3, 4] && data.classNames == ["a", "b"])
            for (split, labels) in [(Dataset.Split.train, [0, 1]), (.valid, [0]), (.test, [1])] {
                #expect(data.rows(of: split).map { data.labels[$0] } == labels)
            }
        }
        try DataFixtures.withFolder(["train/a/1.png": DataImages.greyPNG, "test/c/1.png": DataImages.greyPNG]) {
            folder in
            #expect(dataError { _ = try Dataset.open(folder) }?.contains("test/c") == true)
        }
    }

    /// A PNG whose header claims 2³¹ − 1 pixels each way, with a right checksum.
    @Test func hugeImages() throws {
        var huge = DataImages.greyPNG
        huge.replaceSubrange(16..<24, with: [0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF])
        let crc = crc32(huge[12..<29])
        huge.replaceSubrange(29..<33, with: [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: crc >> $0) })
        #expect(dataError { _ = try ImageBytes.header(huge, "x.png") }?.contains("x.png") == true)
        var large = DataImages.colourJPEG
        let frame = try #require(large.indices.first { large[$0] == 0xFF && large[$0 + 1] == 0xC0 })
        large.replaceSubrange(frame + 5..<frame + 9, with: [0xFF, 0x00, 0xFF, 0x00])
        #expect(dataError { _ = try ImageBytes.header(large, "x.jpg") }?.contains("65280 x 65280 pixels") == true)
    }

    private func crc32(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        var sum = ~UInt32(0)
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
        }
        return ~sum
    }

    @Test func nothingThere() throws {
        #expect(dataError { _ = try Dataset.open("no/such/folder") }?.contains("check the path") == true)
        try DataFixtures.withFolder { folder in
            #expect(dataError { _ = try Dataset.open(folder) }?.contains("it is empty") == true)
        }
        try DataFixtures.withFolder(["data_batch_1": [1], "x.csv": [2]]) { folder in
            #expect(dataError { _ = try Dataset.open(folder) }?.contains("cifar-10-binary.tar.gz") == true)
            #expect(dataError { _ = try Dataset.open(folder + "/x.csv") }?.contains("data target:") == true)
        }
        try DataFixtures.withFolder(["cat/1.png": []]) { folder in
            #expect(dataError { _ = try Dataset.open(folder) }?.contains("cat/1.png") == true)
        }
    }
}
