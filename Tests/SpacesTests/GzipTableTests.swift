import CZlib
import Foundation
import Spaces
import Testing

/// Compressed tables, whole and damaged.
@Suite struct GzipTableTests {
    private let table = "test@50\n1.5\n2.25\n"

    private func read(_ bytes: [UInt8]) throws -> BenchmarkColumn {
        let scratch = ScratchTables()
        try scratch.write("genes\n00000000\n00000001\n", to: "macro/architectures.csv")
        try scratch.write(bytes, to: "macro/accuracy/cifar10.csv.gz")
        return try scratch.tables.accuracy(space: "macro", data: "cifar10")
    }

    private func failure(_ bytes: [UInt8]) -> String {
        do { return "no error but \(try read(bytes).values)" } catch { return "\(error)" }
    }

    @Test func isReadLikeAPlainOne() throws {
        #expect(try read(Compressed.gzip(table)).values == [1.5, 2.25])
    }

    /// Members one after another are one file (RFC 1952, section 2.2).
    @Test func severalMembersAreOneFile() throws {
        let members = ["test@", "50\n1.5", "\n2.25\n", ""].flatMap(Compressed.gzip)
        #expect(try read(members).values == [1.5, 2.25])
    }

    @Test func isPreferredToAPlainOne() throws {
        let scratch = ScratchTables()
        try scratch.write("genes\n00000000\n", to: "macro/architectures.csv")
        try scratch.write("test@50\n1\n", to: "macro/accuracy/cifar10.csv")
        try scratch.write(Compressed.gzip("test@50\n2\n"), to: "macro/accuracy/cifar10.csv.gz")
        #expect(try scratch.tables.accuracy(space: "macro", data: "cifar10").values == [2])
        #expect(try scratch.tables.dataSets(space: "macro") == ["cifar10"])
    }

    /// Cut anywhere, the end is missed.
    @Test func isMissedWhereItIsCut() {
        let whole = Compressed.gzip(table)
        for count in 0..<whole.count {
            let text = failure(Array(whole.prefix(count)))
            #expect(
                text.contains("cifar10.csv.gz is damaged: the compressed file ends in the middle"), "\(count): \(text)")
        }
    }

    @Test func aWrongChecksumIsNoticed() {
        var bytes = Compressed.gzip(table)
        bytes[bytes.count - 8] ^= 1
        #expect(
            failure(bytes).contains("it cannot be inflated, incorrect data check; it is shipped beside the program"))
        bytes = Compressed.gzip(table)
        bytes[bytes.count - 1] ^= 1
        #expect(failure(bytes).contains("incorrect length check"))
    }

    @Test(arguments: [Array("test@50\n1\n2\n".utf8), [0x1f, 0x8b, 9, 0, 0, 0, 0, 0, 0, 0, 1]])
    func somethingElseIsNoGzip(_ bytes: [UInt8]) {
        #expect(failure(bytes).contains("it cannot be inflated"), "\(failure(bytes))")
        #expect(failure(Compressed.gzip(table) + bytes).contains("it cannot be inflated"))
    }

    /// 300 KiB that would become 300 MiB; the most is 256.
    @Test func aBombIsNotInflated() {
        let piece = Compressed.gzip(String(repeating: "0", count: 1 << 20))
        #expect(failure((0..<300).flatMap { _ in piece }).contains("it holds more than 256 MiB"))
    }

    /// Any single changed byte ends in the same values or in an error.
    @Test func changedBytesNeverCrash() throws {
        let whole = Compressed.gzip(table)
        for place in whole.indices {
            var bytes = whole
            bytes[place] ^= 0x55
            do { #expect(try read(bytes).values == [1.5, 2.25]) } catch {
                #expect("\(error)".contains("macro/accuracy/cifar10.csv.gz"))
            }
        }
    }
}

/// Compressing, for tests.
enum Compressed {
    /// One member of a gzip file.
    static func gzip(_ text: String) -> [UInt8] {
        var stream = z_stream()
        let version = ZLIB_VERSION
        let size = Int32(MemoryLayout<z_stream>.size)
        return withUnsafeMutablePointer(to: &stream) { stream in
            precondition(
                deflateInit2_(stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY, version, size) == Z_OK)
            defer { deflateEnd(stream) }
            var input = Array(text.utf8)
            var output = [UInt8](repeating: 0, count: Int(deflateBound(stream, UInt(input.count))) + 32)
            let room = output.count
            input.withUnsafeMutableBufferPointer { input in
                output.withUnsafeMutableBufferPointer { output in
                    (stream.pointee.next_in, stream.pointee.avail_in) = (input.baseAddress, UInt32(input.count))
                    (stream.pointee.next_out, stream.pointee.avail_out) = (output.baseAddress, UInt32(output.count))
                    precondition(deflate(stream, Z_FINISH) == Z_STREAM_END)
                }
            }
            return Array(output.prefix(room - Int(stream.pointee.avail_out)))
        }
    }
}
