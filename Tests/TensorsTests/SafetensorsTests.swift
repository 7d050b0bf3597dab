import Foundation
import Testing

@testable import Tensors

@Suite struct SafetensorsTests {
    private let folder: URL

    init() throws {
        try Torch.setThreads(1)
        folder = FileManager.default.temporaryDirectory.appending(path: "safetensors-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func path(_ name: String = "file") -> String { folder.appending(path: "\(name).safetensors").path }

    /// A file of `header` after its length, then `data` zeros.
    private func file(_ header: String, data: Int = 0, length: UInt64? = nil) throws -> String {
        let path = path(UUID().uuidString)
        var bytes = withUnsafeBytes(of: (length ?? UInt64(header.utf8.count)).littleEndian) { Data($0) }
        bytes += Data(header.utf8) + Data(count: data)
        try bytes.write(to: URL(filePath: path))
        return path
    }

    @Test func tensorsOfEveryTypeComeBack() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let generator = try Generator(seed: 1)
        var tensors: [(name: String, tensor: Tensor)] = try [("scalar", Tensor(4.5)), ("empty", .zeros([0, 3]))]
        for dtype in DType.allCases {
            let tensor = try (Tensor.rand([3, 5], using: generator) * 50).to(dtype).transposed()
            tensors.append(("a \"\(dtype)\"\n\\é", tensor))
        }
        try SafetensorsFile.write(tensors, metadata: ["epoch": "3\t\u{1}"], to: path())
        let file = try SafetensorsFile(path())
        #expect(file.metadata == ["epoch": "3\t\u{1}"])
        #expect(file.entries.count == tensors.count)
        for (name, tensor) in tensors {
            let read = try file.tensor(name)
            #expect(read.dtype == tensor.dtype && read.shape == tensor.shape)
            #expect(try read.isEqual(to: tensor), "\(name)")
        }
        #expect(try file.tensors().keys.sorted() == tensors.map(\.name).sorted())
    }

    @Test func theBytesAreTheFormats() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try SafetensorsFile.write(
            [("b", Tensor([1 as UInt8, 255])), ("a", Tensor([1, -2] as [Float], shape: [1, 2]))], metadata: [:],
            to: path())
        let bytes = try [UInt8](Data(contentsOf: URL(filePath: path())))
        let length = bytes[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
        #expect(length % 8 == 0)
        let header = String(decoding: bytes[8..<8 + length], as: UTF8.self)
        #expect(
            header.trimmingCharacters(in: .whitespaces)
                == #"{"a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"#
                + #""b":{"dtype":"U8","shape":[2],"data_offsets":[8,10]}}"#)
        #expect(Array(bytes[(8 + length)...]) == [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0, 1, 255])
    }

    @Test func aMissingTensorNamesWhatThereIs() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try SafetensorsFile.write([("stem.weight", Tensor([1.0]))], to: path())
        let file = try SafetensorsFile(path())
        let error = #expect(throws: SafetensorsError.self) { try file.tensor("stem.bias") }
        #expect(error?.description == "\(path()): there is no tensor \"stem.bias\"; of 1 the first are \"stem.weight\"")
    }

    /// Header, bytes of data, and a part of the message that must come.
    static let malformed: [(String, Int, String)] = [
        ("", 0, "does not begin with {"),
        ("[]", 0, "does not begin with {"),
        ("{", 0, "expected \"\"\""),
        ("{}x", 0, "after the header's end"),
        (#"{"a":1}"#, 0, "expected \"{\""),
        (#"{"a":{}}"#, 0, "needs dtype, shape and data_offsets"),
        (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}"#, 4, "needs dtype, shape and data_offsets"),
        (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, 4, "needs dtype, shape and data_offsets"),
        (#"{"a":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[0,1]}}"#, 1, "the dtype \"F8_E4M3\" is none of U8"),
        (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, 4, "takes 8 bytes, but its data_offsets span 4"),
        (#"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, 4, "not negative"),
        (#"{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}"#, 4, "whole number"),
        (#"{"a":{"dtype":"F32","shape":[1e3],"data_offsets":[0,4]}}"#, 4, "whole number"),
        (#"{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,4]}}"#, 4, "beyond 63 bits"),
        (#"{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]}}"#, 4, "more than 2⁶³"),
        (#"{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}"#, 3, "the file is truncated"),
        (#"{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}"#, 5, "1 bytes that belong to no tensor"),
        (#"{"a":{"dtype":"U8","shape":[4],"data_offsets":[1,5]}}"#, 5, "leaves a gap"),
        (
            #"{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[2,6]}}"#,
            6, "tensor \"b\" overlaps"
        ),
        (
            #"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}"#,
            1, "comes a second time"
        ),
        (#"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"more":{}}}"#, 1, "unknown key \"more\""),
        (#"{"__metadata__":{"a":1}}"#, 0, "expected \"\"\""),
        (#"{"a\x":{}}"#, 0, "unknown escape"),
        (#"{"a\ud800":{}}"#, 0, "half of a surrogate pair"),
        (#"{"a\u00":{}}"#, 0, "hexadecimal"),
        ("{\"a\n\":{}}", 0, "unfinished string"),
        (#"{"a"#, 0, "unfinished string"),
        (#"{"a":{"dtype":"U8","shape":["#, 0, "whole number"),
    ]

    @Test(arguments: malformed) func aMalformedHeaderIsAnErrorThatNamesThePlace(
        _ header: String, _ data: Int, _ problem: String
    ) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = try file(header, data: data)
        let error = try #require(#expect(throws: SafetensorsError.self) { try SafetensorsFile(path) })
        #expect(error.problem.contains(problem), "\(error)")
        #expect(error.path == path)
        #expect(try #require(error.offset) <= 8 + header.utf8.count + data)
    }

    @Test func lengthsBeyondTheFileAreErrors() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        for length in [3, 100, 100_000_000, 100_000_001, UInt64(Int64.max), .max] {
            let path = try file("{}", length: length)
            let error = #expect(throws: SafetensorsError.self) { try SafetensorsFile(path) }
            #expect(error?.offset == (length > 100_000_000 ? 0 : 8))
        }
        let short = path("short")
        try Data([1, 2, 3]).write(to: URL(filePath: short))
        #expect(throws: SafetensorsError.self) { try SafetensorsFile(short) }
        #expect(throws: SafetensorsError.self) { try SafetensorsFile(folder.path) }
        #expect(throws: SafetensorsError.self) { try SafetensorsFile(path("nothing")) }
    }

    /// Every file cut short, and every byte of a header changed, is an error or another file, never a crash.
    @Test func damageNeverCrashes() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try SafetensorsFile.write([("a", Tensor([1.0, 2])), ("b", Tensor([true]))], to: path())
        let whole = try Data(contentsOf: URL(filePath: path()))
        for length in 0..<whole.count {
            try whole.prefix(length).write(to: URL(filePath: path("cut")))
            #expect(throws: SafetensorsError.self) { try SafetensorsFile(path("cut")) }
        }
        for place in 0..<whole.count - 17 {
            for byte in [0, 0x22, 0x7D, 0x39, 0xFF] as [UInt8] {
                var changed = whole
                changed[place] = byte
                try changed.write(to: URL(filePath: path("changed")))
                _ = try? SafetensorsFile(path("changed")).tensors()
            }
        }
    }

    @Test func aFileCutWhileItIsOpenIsAnError() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try SafetensorsFile.write([("a", Tensor.ones([1000]))], to: path())
        let file = try SafetensorsFile(path())
        #expect(truncate(path(), 2000) == 0)
        let error = #expect(throws: SafetensorsError.self) { try file.tensor("a") }
        #expect(error?.offset == 2000)
    }

    @Test func aFailedWriteLeavesTheOldFile() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try SafetensorsFile.write([("a", Tensor([1.0]))], to: path())
        let before = try Data(contentsOf: URL(filePath: path()))
        #expect(throws: SafetensorsError.self) {
            try SafetensorsFile.write([("x", Tensor([1.0])), ("x", Tensor([2.0]))], to: path())
        }
        #expect(throws: SafetensorsError.self) {
            try SafetensorsFile.write([("x", Tensor([1.0]))], to: folder.appending(path: "none/file").path)
        }
        #expect(try Data(contentsOf: URL(filePath: path())) == before)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["file.safetensors"])
    }

    @Test func aLinkIsFollowed() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try SafetensorsFile.write([("a", Tensor([1.0]))], to: path())
        try FileManager.default.createSymbolicLink(atPath: path("link"), withDestinationPath: path())
        try SafetensorsFile.write([("b", Tensor([1.0]))], to: path("link"))
        #expect(try SafetensorsFile(path()).entries.map(\.name) == ["b"])
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path("link")) == path())
    }

    /// Files that PyTorch's safetensors wrote.
    @Test(.enabled("../shared/parity is not here") { parity != nil }) func filesOfPyTorchAreRead() throws {
        let parity = try #require(Self.parity)
        let batch = try SafetensorsFile(parity.appending(path: "batch8.safetensors").path)
        let input = try batch.tensor("input")
        #expect(input.shape == [8, 3, 32, 32] && input.dtype == .float32)
        #expect(try batch.tensor("target").dtype == .int64)
        #expect(try input.isFinite().all())
        for name in ["conv3x3", "mixed-full"] {
            let file = try SafetensorsFile(parity.appending(path: "\(name).safetensors").path)
            let tensors = try file.entries.map { (name: $0.name, tensor: try file.tensor($0.name)) }
            try SafetensorsFile.write(tensors, metadata: file.metadata, to: path())
            let again = try SafetensorsFile(path())
            for (name, tensor) in tensors { #expect(try again.tensor(name).isEqual(to: tensor)) }
        }
        try FileManager.default.removeItem(at: folder)
    }

    /// The folder shared/parity beside the package, where there is one.
    static let parity: URL? = {
        let package = URL(filePath: #filePath).appending(path: "../../..").standardized
        let folder = package.appending(path: "../shared/parity").standardized
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }()
}
