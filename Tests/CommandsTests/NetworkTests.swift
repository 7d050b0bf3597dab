import Commands
import Foundation
import Language
import Testing

/// `network`, `load_weights` and the saving of networks.
@Suite struct NetworkTests {
    private let small = #"arch nb201, "|none~0|+|nor_conv_3x3~0|none~1|+|skip_connect~0|none~1|nor_conv_1x1~2|""#

    @Test func `a network tells its size and its parameters`() throws {
        let network = "n = \(small) | network channels: 4, cells: 1, classes: 7, seed: 3, dead: keep\n"
        #expect(try Bench().lines(network + "n.classes") == ["7"])
        #expect(try Bench().lines(network + "[n.seed, n.dead, n.init]").last == #"[3, "keep", "standard"]"#)
        #expect(try Bench().lines(network + "n.parameters | first 1 | .name").last == #"["stem.0.weight"]"#)
    }

    @Test func `a saved network is loaded again`() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).safetensors").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        _ = try Bench().lines("\(small) | network channels: 4, cells: 1, seed: 9 | save \"\(path)\"")
        let loaded = "(\(small) | network channels: 4, cells: 1 | load_weights \"\(path)\").weights"
        #expect(try Bench().lines(loaded).last?.contains(path) == true)
        let other = try #require(Bench().error("\(small) | network channels: 8, cells: 1 | load_weights \"\(path)\""))
        #expect(other.diagnostic.message.contains("of another shape (stem.0.weight: [4, 3, 3, 3], not [8, 3, 3, 3]"))
    }

    @Test(arguments: [
        (#"arch macro, "01210012" | network channels: 4"#, "`macro` has no cells to repeat"),
        (#"arch macro, "01210012" | network input: [3, 32]"#, "`input` must be three positive whole numbers"),
        (#"arch macro, "01210012" | network classes: 0"#, "`classes` must be at least 1"),
        (#"arch macro, "01210012" | network | save "out.csv""#, "a network is saved as .safetensors"),
        (#"arch macro, "01210012" | network | load_weights "no-such-file""#, "no-such-file: No such file or directory"),
    ])
    func `what cannot be built says why`(_ program: String, _ message: String) throws {
        #expect(try #require(Bench().error(program)).diagnostic.message == message)
    }

    @Test func `sizes out of range are refused`() throws {
        let error = try #require(Bench().error("\(small) | network cells: 0"))
        #expect(error.diagnostic.message == "0 cells are out of range")
    }
}
