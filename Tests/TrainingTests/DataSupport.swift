import Foundation

@testable import Training

/// Places and files for the tests of data.
enum DataFixtures {
    /// The folder of real CIFAR-10 beside the repository; nil where it is not there.
    static let cifar: String? = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder = root.appending(path: "../shared/data/cifar-10-batches-bin").standardized.path
        return FileManager.default.fileExists(atPath: folder + "/data_batch_1.bin") ? folder : nil
    }()

    /// Calls `body` with a new folder that holds `files` (names with slashes make folders), and removes it.
    static func withFolder<Result>(
        _ files: [String: [UInt8]] = [:], _ body: (String) throws -> Result
    ) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "data-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, bytes) in files {
            let file = folder.appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(bytes).write(to: file)
        }
        return try body(folder.path)
    }

    /// Makes or replaces a file.
    static func write(_ bytes: [UInt8], to path: String) throws { try Data(bytes).write(to: URL(filePath: path)) }

    /// Records of CIFAR-10's format with these labels, of which sample n has all pixels (n + channel) mod 256.
    static func records(_ labels: [UInt8], coarse: [UInt8]? = nil) -> [UInt8] {
        var bytes: [UInt8] = []
        for (row, label) in labels.enumerated() {
            if let coarse { bytes.append(coarse[row]) }
            bytes.append(label)
            for channel in 0..<3 { bytes += Array(repeating: UInt8((row + channel) % 256), count: 1024) }
        }
        return bytes
    }

    /// Rows of a table with two features, of classes in turn.
    static func table(rows: Int, classes: Int) throws -> RawData {
        try RawData(
            name: "table", place: "table", shape: [2, 1, 1], classNames: (0..<classes).map(String.init),
            samples: .numbers((0..<rows).flatMap { [Float($0), 7] }), labels: (0..<rows).map { $0 % classes })
    }

    /// Images `[1, size, size]` whose pixels count up from 1.
    static func images(_ count: Int, size: Int, channels: Int = 1) throws -> RawData {
        let pixels = (0..<count * channels * size * size).map { UInt8($0 % 255 + 1) }
        return try RawData(
            name: "images", place: "images", shape: [channels, size, size], classNames: ["a", "b"],
            samples: .pixels(pixels, white: 255), labels: (0..<count).map { $0 % 2 })
    }
}

/// The message of the `DatasetError` that `body` throws, with its place and its help.
func dataError(_ body: () throws -> Void) -> String? {
    do {
        try body()
        return nil
    } catch let error as DatasetError {
        return "\(error) \(error.help ?? "")"
    } catch {
        return "another error: \(error)"
    }
}
