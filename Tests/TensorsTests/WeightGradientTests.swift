import Foundation
import Tensors
import Testing

/// Convolutions whose weight's gradient nash computes itself, where the processor is one for which that is made.
@Suite struct WeightGradientTests {
    struct Size: Sendable, CustomTestStringConvertible {
        let count, inputs, outputs, height, width: Int
        var testDescription: String { "\(count) of \(inputs) to \(outputs) channels, \(height)x\(width)" }
    }

    static let sizes = [
        Size(count: 3, inputs: 8, outputs: 4, height: 5, width: 7),
        Size(count: 1, inputs: 24, outputs: 12, height: 1, width: 1),
        Size(count: 17, inputs: 8, outputs: 4, height: 1, width: 6),
        Size(count: 2, inputs: 16, outputs: 16, height: 32, width: 32),
        Size(count: 20, inputs: 32, outputs: 64, height: 8, width: 8),
        Size(count: 2, inputs: 16, outputs: 8, height: 9, width: 200),
    ]

    init() throws { try Torch.setThreads(1) }

    /// Inputs, weights, and what gradients are weighed with, in 32-bit floats.
    private func operands(_ size: Size) throws -> [Tensor] {
        let generator = try Generator(seed: 1)
        return try [
            Tensor.randn([size.count, size.inputs, size.height, size.width], using: generator),
            Tensor.randn([size.outputs, size.inputs, 3, 3], using: generator),
            Tensor.randn([size.count, size.outputs, size.height, size.width], using: generator),
        ]
    }

    /// The gradients of input and weight.
    private func gradients(_ size: Size, _ dtype: DType, creating: Bool = false) throws -> [Tensor] {
        let all = try operands(size).map { try $0.to(dtype).channelsLast() }
        let leaves = try all[0...1].map { try $0.requireGrad() }
        let output = try leaves[0].conv2d(leaves[1], padding: 1)
        let first = try grad([(output.square() * all[2]).sum()], leaves, createGraph: creating)
        return creating ? try grad([first[1].square().mean()], leaves) : first
    }

    /// The greatest difference, in parts of the greatest element.
    private func distance(_ found: Tensor, _ exact: Tensor) throws -> Double {
        try (found.to(.float64) - exact).abs().max().item() / exact.abs().max().item()
    }

    @Test(arguments: sizes) func `gradients are those of 64-bit floats`(_ size: Size) throws {
        for (found, exact) in zip(try gradients(size, .float32), try gradients(size, .float64)) {
            #expect(found.shape == exact.shape)
            #expect(try distance(found, exact) < 1e-5)
        }
    }

    @Test(arguments: sizes.prefix(3)) func `gradients can be differentiated`(_ size: Size) throws {
        let (found, exact) = (
            try gradients(size, .float32, creating: true), try gradients(size, .float64, creating: true)
        )
        for (found, exact) in zip(found, exact) { #expect(try distance(found, exact) < 1e-5) }
    }

    /// Whether nash's own gradient is taken on this processor; libtorch's depends on the threads.
    private static let isOwn: Bool = {
        let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        let flags = Set(text.split(separator: "\n").first { $0.hasPrefix("flags") }?.split(separator: " ") ?? [])
        return flags.isSuperset(of: ["avx2", "fma"]) && !flags.contains("avx512f")
    }()

    @Test(.enabled(if: isOwn, "libtorch computes the gradients on this processor"))
    func `threads do not change a bit`() throws {
        let size = Self.sizes[4]
        let alone = try gradients(size, .float32)[1].array(of: Float.self)
        try Torch.setThreads(3)
        defer { try? Torch.setThreads(1) }
        #expect(try gradients(size, .float32)[1].array(of: Float.self) == alone)
    }
}
