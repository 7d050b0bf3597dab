import Statistics
import Tensors
import Testing

@testable import Training

@Suite("Data sets: splits, batches, augmentation")
struct DataSetTests {
    @Test func digits() throws {
        let digits = try Dataset.digits()
        #expect(digits.count == 1797 && digits.shape == [1, 8, 8] && digits.classes == 10)
        #expect(digits.count(of: .train) + digits.count(of: .test) == 1797)
        let counts = (0..<10).map { label in digits.labels.count { $0 == label } }
        #expect(counts == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
        let all = Normalization(of: digits.data.samples, shape: digits.shape, rows: Array(0..<1797))
        // numpy: (load_digits().data / 16).mean() and .std()
        #expect(abs(all.mean[0] - 0.30526028624095713) < 1e-12)
        #expect(abs(all.deviation[0] - 0.3760492217920148) < 1e-12)
    }

    /// The share of a split is that of each class, to one sample.
    @Test(arguments: [0.1, 0.2, 0.37], [UInt64(0), 1, 99]) func stratified(_ share: Double, _ seed: UInt64) throws {
        let data = try Dataset.digits(.init(valid: share, seed: seed))
        for label in 0..<10 {
            let train = data.rows(of: .train).count { data.labels[$0] == label }
            let valid = data.rows(of: .valid).count { data.labels[$0] == label }
            #expect(abs(Double(valid) - share * Double(train + valid)) < 1)
        }
        let rows = Dataset.Split.allCases.flatMap { data.rows(of: $0) }
        #expect(rows.sorted() == Array(0..<1797))
        #expect(data.count(of: .test) == 359)
        #expect(data.count(of: .valid) == Int((share * 1438).rounded()))
    }

    @Test func splitsFollowTheSeed() throws {
        let (first, again) = (try Dataset.digits(.init(seed: 3)), try Dataset.digits(.init(seed: 3)))
        #expect(first.rows(of: .test) == again.rows(of: .test))
        #expect(first.rows(of: .test) != (try Dataset.digits(.init(seed: 4))).rows(of: .test))
    }

    @Test(arguments: [-0.1, 1, .nan]) func wrongShares(_ share: Double) {
        #expect(dataError { _ = try Dataset.digits(.init(valid: share)) }?.contains("valid") == true)
        #expect(dataError { _ = try Dataset.digits(.init(test: share)) }?.contains("test") == true)
    }

    @Test func normalizedTrainingSamples() throws {
        let digits = try Dataset.digits()
        let values = try digits.values(Double.self, digits.rows(of: .train), nil, 0)
        let mean = values.reduce(0, +) / Double(values.count)
        let square = values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
        #expect(abs(mean) < 1e-10 && abs(square - 1) < 1e-10)
        let plain = try Dataset.digits(.init(normalize: false))
        #expect(Set(try plain.values(Double.self, [0], nil, 0)).isSubset(of: Set((0...16).map { Double($0) / 16 })))
    }

    @Test func tablesAreNormalizedByFeature() throws {
        let data = try Dataset(try DataFixtures.table(rows: 10, classes: 2), .init(test: 0))
        let values = try data.values(Double.self, Array(0..<10), nil, 0)
        #expect(abs(values[0] - (0 - 4.5) / 8.25.squareRoot()) < 1e-12)
        #expect(values[1] == 0)  // a constant feature
        #expect(dataError { _ = try data.batches(size: 2, augment: .standard) }?.contains("table") == true)
        #expect(dataError { _ = try data.fitted(to: [3, 32, 32]) }?.contains("table") == true)
    }

    @Test func batchTensors() throws {
        let digits = try Dataset.digits()
        let batch = try digits.batch(size: 64, seed: 7)
        #expect(batch.input.shape == [64, 1, 8, 8] && batch.target.shape == [64])
        #expect(batch.input.dtype == .float32 && batch.target.dtype == .int64)
        let again = try digits.batch(size: 64, seed: 7, dtype: .float64)
        #expect(again.input.dtype == .float64)
        #expect(try again.target.array(of: Int.self) == batch.target.array(of: Int.self))
        #expect(try again.input.array(of: Double.self).map(Float.init) == batch.input.array(of: Float.self))
        #expect(try digits.batch(size: 64, seed: 8).target.array(of: Int.self) != batch.target.array(of: Int.self))
    }

    @Test func batchesTooLarge() throws {
        let digits = try Dataset.digits()
        #expect(dataError { _ = try digits.batch(size: 1500) }?.contains("1438 samples") == true)
        #expect(dataError { _ = try digits.batch(size: 0) }?.contains("1 to 1438") == true)
        #expect(dataError { _ = try digits.batch(size: 1, split: .valid) }?.contains("valid: 20%") == true)
        #expect(dataError { _ = try digits.batches(size: -3) } != nil)
    }

    @Test func epochs() throws {
        let digits = try Dataset.digits()
        var epoch = try digits.batches(size: 500, seed: 1)
        #expect(epoch.count == 3 && epoch.rows.sorted() == digits.rows(of: .train))
        var sizes: [Int] = []
        while let batch = try epoch.next() { sizes.append(batch.target.count) }
        #expect(sizes == [500, 500, 438])
        #expect(try digits.batches(size: 500, seed: 1, epoch: 1).rows != epoch.rows)
        #expect(try digits.batches(size: 500, seed: 1, epoch: 0).rows == epoch.rows)
        #expect(try digits.batches(size: 500, split: .test).rows == digits.rows(of: .test))
        #expect(try digits.batches(size: 500, dropLast: true).rows.count == 1000)
    }

    /// One thread and many give the same values, whatever samples stand beside a sample.
    @Test func anyNumberOfThreads() throws {
        let data = try Dataset.digits()
        let rows = Array(data.rows(of: .train).prefix(96))
        let change = Augmentation(padding: 1, flip: true, cutout: 3)
        let alone = try data.values(Float.self, rows, change, 5)
        let together = try Parallel.map(96, chunk: 1) { try data.values(Float.self, [rows[$0]], change, 5) }
        #expect(together.flatMap { $0 } == alone)
        #expect(try data.values(Float.self, rows, change, 6) != alone)
    }

    @Test func mirrorsAndCrops() throws {
        let data = try Dataset(try DataFixtures.images(40, size: 6), .init(test: 0, normalize: false))
        let plain = try data.values(Double.self, Array(0..<40), nil, 0)
        let flipped = try data.values(Double.self, Array(0..<40), Augmentation(flip: true), 0)
        var mirrored = 0
        for image in 0..<40 {
            let (before, after) = (plain[image * 36..<(image + 1) * 36], flipped[image * 36..<(image + 1) * 36])
            let mirror = (0..<36).map { plain[image * 36 + $0 / 6 * 6 + 5 - $0 % 6] }
            if Array(after) == mirror { mirrored += 1 } else { #expect(Array(before) == Array(after)) }
        }
        #expect((8...32).contains(mirrored))
        let cropped = try data.values(Double.self, Array(0..<40), Augmentation(padding: 2), 0)
        for image in 0..<40 { #expect(isShift(of: plain, cropped, image)) }
    }

    private func isShift(of plain: [Double], _ cropped: [Double], _ image: Int) -> Bool {
        (-2...2).contains { down in
            (-2...2).contains { right in
                (0..<36).allSatisfy { place in
                    let (y, x) = (place / 6 + down, place % 6 + right)
                    let inside = (0..<6).contains(y) && (0..<6).contains(x)
                    return cropped[image * 36 + place] == (inside ? plain[image * 36 + y * 6 + x] : 0)
                }
            }
        }
    }

    @Test func cutouts() throws {
        let data = try Dataset(try DataFixtures.images(50, size: 8), .init(test: 0, normalize: false))
        let values = try data.values(Double.self, Array(0..<50), Augmentation(cutout: 4), 0)
        for image in 0..<50 {
            let zeros = values[image * 64..<(image + 1) * 64].count { $0 == 0 }
            #expect([4, 6, 8, 9, 12, 16].contains(zeros))
        }
    }

    @Test func fingerprints() {
        // The vectors of xxHash for seed 0.
        let expected = ["": "ef46db3751d8e999", "a": "d24ec4f1a98c6e5b", "abc": "44bc2cf5ad770999"]
        for (text, digest) in expected {
            var hash = Fingerprint()
            Array(text.utf8).withUnsafeBytes { hash.absorb($0) }
            #expect(hash.text == digest)
        }
        var hash = Fingerprint()
        Array("Nobody inspects the spammish repetition".utf8).withUnsafeBytes { hash.absorb($0) }
        #expect(hash.text == "fbcea83c8a378bf1")
    }

    private static let pillowSmall = [36, 52, 98, 114]
    private static let pillowLarge = [12, 19, 27, 35, 42, 60, 67, 75, 83, 90, 108, 115, 123, 131, 138]

    /// Pillow's `Image.resize(…, BILINEAR)` of the ramp 0, 10, …, 150 as 4 × 4.
    @Test func resizing() throws {
        let ramp = (0..<16).map { UInt8($0 * 10) }
        let small = Resampling(from: .init(height: 4, width: 4), to: .init(height: 2, width: 2)).planes(ramp)
        let large = Resampling(from: .init(height: 4, width: 4), to: .init(height: 3, width: 5)).planes(ramp)
        #expect(zip(small, DataSetTests.pillowSmall).allSatisfy { abs(Int($0) - $1) <= 1 } && small.count == 4)
        #expect(zip(large, DataSetTests.pillowLarge).allSatisfy { abs(Int($0) - $1) <= 1 } && large.count == 15)
    }

    @Test func fittedToANetwork() throws {
        let digits = try Dataset.digits()
        let fitted = try digits.fitted(to: [3, 32, 32])
        #expect(fitted.shape == [3, 32, 32] && fitted.rows(of: .test) == digits.rows(of: .test))
        let values = try fitted.values(Float.self, [0], nil, 0)
        #expect(values[0..<1024] == values[1024..<2048] && values.count == 3072)
        let grey = try Dataset(try DataFixtures.images(4, size: 4, channels: 3)).fitted(to: [1, 4, 4])
        #expect(grey.shape == [1, 4, 4] && grey.normalization.mean.count == 1)
        #expect(dataError { _ = try digits.fitted(to: [3, 99_999, 2]) }?.contains("4096") == true)
        #expect(dataError { _ = try grey.fitted(to: [0, 4]) }?.contains("[channels, height, width]") == true)
    }

    @Test func damagedDigits() throws {
        let line = String(repeating: "0", count: 64) + " 7\n"
        let cases = [
            "", "x", String(line.dropLast()), line.replacing("7", with: "x"), line.replacing("00 ", with: "0z "),
        ]
        for text in cases {
            try DataFixtures.withFolder(["digits.txt": Array(text.utf8)]) { folder in
                #expect(dataError { _ = try Digits.read(folder + "/digits.txt") }?.contains("digits.txt") == true)
            }
        }
    }
}
