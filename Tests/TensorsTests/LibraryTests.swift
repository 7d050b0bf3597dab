import Foundation
import Tensors
import Testing

/// Each in a process of its own, where nothing else has touched a tensor.
@Suite struct LibraryTests {
    @Test func libtorchIsOpenedAtTheFirstTensorAndNotBefore() async {
        await #expect(processExitsWith: .success) {
            func mapped() throws -> Bool { try text("/proc/self/maps").contains("libtorch") }
            guard try !mapped(), !Torch.isLoaded else { exit(1) }
            guard try Tensor([1, 2]).sum().item() == 3 else { exit(2) }
            guard try mapped(), Torch.isLoaded else { exit(3) }
        }
    }

    @Test func aMissingLibrarySaysWhatToDo() async {
        await #expect(processExitsWith: .success) {
            setenv("NASH_TORCH", "/nowhere/libNashTorch.so", 1)
            do { try Torch.load() } catch {
                guard "\(error)".contains("/nowhere/libNashTorch.so"), "\(error)".contains("NASH_TORCH") else {
                    exit(1)
                }
                guard noGrad({ true }), !Torch.isLoaded else { exit(2) }
                return
            }
            exit(3)
        }
    }

    @Test func aFileThatIsNoLibraryIsAnError() async {
        await #expect(processExitsWith: .success) {
            setenv("NASH_TORCH", "/proc/self/status", 1)
            do { try Torch.load() } catch { exit("\(error)".contains("/proc/self/status") ? 0 : 1) }
            exit(2)
        }
    }

    @Test func memoryIsFreedWithTheHandle() async {
        await #expect(processExitsWith: .success) {
            try Torch.setThreads(1)
            let weight = try Tensor.ones([64, 64]).requireGrad()
            func use(_ times: Int) throws {
                for _ in 0..<times {
                    let x = try Tensor.ones([256, 64])
                    try x.matmul(weight).relu().square().sum().backward()
                    _ = try? x.matmul(x)
                    try weight.setGrad(nil)
                }
            }
            try use(500)
            let before = try residentPages()
            try use(5000)
            // 5,000 leaked tensors of 64 KiB would be 80,000 pages of 4 KiB.
            guard try residentPages() - before < 2000 else { exit(1) }
        }
    }

    @Test func theVersionIsKnown() throws {
        #expect(try Torch.version.hasPrefix("2."))
    }
}

/// The whole of a file, also of one in /proc, whose length the system does not know.
private func text(_ path: String) throws -> String {
    let handle = try #require(FileHandle(forReadingAtPath: path))
    return String(decoding: try handle.readToEnd() ?? Data(), as: UTF8.self)
}

private func residentPages() throws -> Int {
    let fields = try text("/proc/self/statm").split(separator: " ")
    return try #require(Int(fields[1]))
}
