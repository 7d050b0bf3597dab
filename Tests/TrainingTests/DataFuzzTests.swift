import Statistics
import Testing

@testable import Training

/// Whatever the bytes, a reader gives data or throws a `DatasetError`.
@Suite("Damaged data never crash")
struct DataFuzzTests {
    private static let images = [
        DataImages.greyPNG, DataImages.colourPNG, DataImages.alphaPNG, DataImages.palettePNG, DataImages.deepPNG,
        DataImages.colourJPEG, DataImages.greyJPEG, DataImages.progressiveJPEG, DataImages.cmykJPEG,
    ]

    /// Some bytes changed, cut off or repeated.
    private func damaged(_ bytes: [UInt8], _ generator: inout Random) -> [UInt8] {
        var bytes = bytes
        for _ in 0...generator.below(4) where !bytes.isEmpty {
            let place = generator.below(bytes.count)
            switch generator.below(5) {
            case 0: bytes[place] = UInt8(truncatingIfNeeded: generator.next())
            case 1: bytes[place] ^= 1 << UInt8(generator.below(8))
            case 2: bytes.removeLast(bytes.count - place)
            case 3: bytes.removeSubrange(place..<min(bytes.count, place + 1 + generator.below(8)))
            default: bytes.insert(contentsOf: bytes[place...].prefix(generator.below(16)), at: place)
            }
        }
        return bytes
    }

    private func isHandled(_ body: () throws -> Void) -> Bool {
        do { try body() } catch { return error is DatasetError }
        return true
    }

    @Test(arguments: images.indices) func damagedImages(_ number: Int) throws {
        var generator = Random(seed: UInt64(number))
        for _ in 0..<400 {
            let bytes = damaged(Self.images[number], &generator)
            #expect(
                isHandled {
                    let header = try ImageBytes.header(bytes, "x")
                    guard header.size.height * header.size.width <= 1 << 16 else { return }
                    for coloured in [true, false] {
                        _ = try ImageBytes.pixels(bytes, header.size, coloured: coloured, "x")
                    }
                })
        }
    }

    @Test(arguments: images.indices) func truncatedImages(_ number: Int) throws {
        let image = Self.images[number]
        for count in stride(from: 0, to: image.count / 2, by: 3) {
            let bytes = Array(image.prefix(count))
            let message = dataError {
                let header = try ImageBytes.header(bytes, "x")
                _ = try ImageBytes.pixels(bytes, header.size, coloured: true, "x")
            }
            #expect(message != nil)
        }
    }

    @Test(arguments: [
        ("data_batch_1.bin", DataFixtures.records([1, 2])), ("train.bin", DataFixtures.records([1], coarse: [2])),
        ("train-images-idx3-ubyte.gz", DataImages.packedIDX), ("a/1.png", DataImages.colourPNG),
        ("batches.meta.txt", [65, 10, 66]),
    ])
    func damagedFolders(_ name: String, _ bytes: [UInt8]) throws {
        var generator = Random(seed: 5)
        let labels: [UInt8] = [0, 0, 8, 1, 0, 0, 0, 2, 3, 4]
        let others = [
            "train-labels-idx1-ubyte": labels, "data_batch_1.bin": DataFixtures.records([1, 2]),
        ].filter {
            (name.hasPrefix("train-") && $0.key.hasPrefix("train-"))
                || (name.hasPrefix("batches") && $0.key.hasPrefix("data"))
        }
        for _ in 0..<60 {
            let files = others.merging([name: damaged(bytes, &generator)]) { $1 }
            try DataFixtures.withFolder(files) { folder in
                #expect(isHandled { _ = try Dataset.open(folder) })
            }
        }
    }
}
