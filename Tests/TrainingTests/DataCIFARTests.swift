import Testing

@testable import Training

@Suite("CIFAR in its binary format")
struct DataCIFARTests {
    @Test(.enabled(if: DataFixtures.cifar != nil, "there is no ../shared/data/cifar-10-batches-bin"))
    func realCIFAR() throws {
        let data = try Dataset.open(try #require(DataFixtures.cifar), .init(valid: 0.5))
        #expect(data.name == "CIFAR-10")
        #expect(data.shape == [3, 32, 32])
        #expect(data.classNames.first == "airplane" && data.classNames.last == "truck")
        #expect((data.count(of: .train), data.count(of: .valid), data.count(of: .test)) == (10_000, 10_000, 10_000))
        for label in 0..<10 { #expect(data.rows(of: .test).count { data.labels[$0] == label } == 1000) }
        #expect(data.normalization == .cifar10)
    }

    @Test(.enabled(if: DataFixtures.cifar != nil, "there is no ../shared/data/cifar-10-batches-bin"))
    func realPixels() throws {
        let folder = try #require(DataFixtures.cifar)
        let data = try Dataset.open(folder)
        let bytes = try DataFile.bytes(folder + "/data_batch_1.bin")
        #expect(data.labels[0] == Int(bytes[0]) && data.labels[1] == Int(bytes[3073]))
        let values = try data.values(Double.self, [1], nil, 0)
        #expect(abs(values[2048] - (Double(bytes[3073 + 1 + 2048]) / 255 - 113.9 / 255) / (66.7 / 255)) < 1e-12)
    }

    /// The published figures of the 50,000 training images; the images at hand are 20,000 of them after JPEG.
    @Test(.enabled(if: DataFixtures.cifar != nil, "there is no ../shared/data/cifar-10-batches-bin"))
    func realMoments() throws {
        let data = try Dataset.open(try #require(DataFixtures.cifar))
        let rows = Array(data.rows(of: .train).prefix(4000))
        let measured = Normalization(of: data.data.samples, shape: data.shape, rows: rows)
        for (value, published) in zip(measured.mean, [0.4914, 0.4822, 0.4465]) {
            #expect(abs(value - published) < 0.01)
        }
        for (value, published) in zip(measured.deviation, [0.2470, 0.2435, 0.2616]) {
            #expect(abs(value - published) < 0.005)
        }
    }

    @Test func smallFolders() throws {
        let names = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n"
        let files = [
            "data_batch_1.bin": DataFixtures.records([3, 9]), "data_batch_2.bin": DataFixtures.records([0]),
            "test_batch.bin": DataFixtures.records([5, 6]), "batches.meta.txt": Array(names.utf8),
        ]
        try DataFixtures.withFolder(files) { folder in
            let data = try Dataset.open(folder)
            #expect(data.labels == [3, 9, 0, 5, 6])
            #expect(data.rows(of: .train) == [0, 1, 2] && data.rows(of: .test) == [3, 4])
            #expect(data.classNames[3] == "d")
        }
    }

    @Test(arguments: CIFAR.Labels.allCases) func hundred(_ labels: CIFAR.Labels) throws {
        let files = [
            "train.bin": DataFixtures.records([99, 3], coarse: [19, 4]),
            "test.bin": DataFixtures.records([7], coarse: [0]),
        ]
        try DataFixtures.withFolder(files) { folder in
            let data = try Dataset.open(folder, .init(labels: labels))
            #expect(data.labels == (labels == .fine ? [99, 3, 7] : [19, 4, 0]))
            #expect(data.classes == (labels == .fine ? 100 : 20))
            #expect(data.normalization == .cifar100)
        }
    }

    @Test(arguments: [
        (3072, "3072 bytes are no whole number of records of 3073 bytes"), (0, "the file is empty"),
        (6145, "6145 bytes"),
    ])
    func truncated(_ size: Int, _ message: String) throws {
        let bytes = Array(DataFixtures.records([1, 2]).prefix(size))
        try DataFixtures.withFolder(["data_batch_1.bin": bytes]) { folder in
            let error = try #require(dataError { _ = try Dataset.open(folder) })
            #expect(error.contains("data_batch_1.bin") && error.contains(message) && error.contains("binary version"))
        }
    }

    @Test func wrongLabel() throws {
        try DataFixtures.withFolder(["data_batch_1.bin": DataFixtures.records([1, 10])]) { folder in
            let error = try #require(dataError { _ = try Dataset.open(folder) })
            #expect(error.contains("byte 3073: label 10, where 10 classes are"))
        }
    }

    @Test func noTraining() throws {
        try DataFixtures.withFolder(["test_batch.bin": DataFixtures.records([1])]) { folder in
            #expect(dataError { _ = try Dataset.open(folder) }?.contains("data_batch_1.bin") == true)
        }
    }

    @Test func changedFileIsReadAgain() throws {
        try DataFixtures.withFolder(["data_batch_1.bin": DataFixtures.records([1, 2])]) { folder in
            let first = try Dataset.open(folder, .init(test: 0))
            try DataFixtures.write(DataFixtures.records([1, 2, 3]), to: folder + "/data_batch_1.bin")
            let second = try Dataset.open(folder, .init(test: 0))
            #expect(first.count == 2 && second.count == 3)
            #expect(first.fingerprint != second.fingerprint)
        }
    }
}
