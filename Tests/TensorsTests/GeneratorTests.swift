import Tensors
import Testing

@Suite struct GeneratorTests {
    init() throws { try Torch.setThreads(1) }

    @Test func theSameSeedGivesTheSameNumbers() throws {
        let one = try Generator(seed: 3)
        let other = try Generator(seed: 3)
        #expect(try Tensor.randn([100], using: one).isEqual(to: .randn([100], using: other)))
        let ahead = try Tensor.rand([5], using: one)
        #expect(try !ahead.isEqual(to: .rand([5], using: Generator(seed: 4))))
        try one.seed(3)
        #expect(try Tensor.randn([100], using: one).isEqual(to: .randn([100], using: Generator(seed: 3))))
    }

    @Test func aKeptStateGoesOnAsItWould() throws {
        let generator = try Generator(seed: 1)
        _ = try Tensor.randn([7], using: generator)
        let state = try generator.state()
        let first = try Tensor.randn([7], using: generator)
        try generator.restore(state)
        #expect(try first.isEqual(to: .randn([7], using: generator)))
        #expect(throws: TensorError.self) { try generator.restore(Tensor([1 as UInt8])) }
    }

    /// torch.manual_seed(42); torch.randn(4)
    @Test func aSeedGivesPyTorchsNumbers() throws {
        try Torch.manualSeed(42)
        try expect(
            .randn([4], using: Generator(seed: 42)),
            isCloseTo: [0.33669036626816, 0.12880940735340, 0.23446236550808, 0.23033303022385], tolerance: 1e-7)
    }

    /// g = torch.Generator().manual_seed(7); torch.rand(3, generator=g); torch.randperm(6, generator=g)
    @Test func generatorsArePyTorchs() throws {
        let generator = try Generator(seed: 7)
        try expect(
            .rand([3], using: generator), isCloseTo: [0.53492254018784, 0.19880318641663, 0.65921169519424],
            tolerance: 1e-7)
        #expect(try Tensor.randperm(6, using: generator).array(of: Int.self) == [2, 4, 5, 0, 3, 1])
    }

    @Test func drawsHaveTheirMomentsAndBounds() throws {
        let generator = try Generator(seed: 5)
        let normal = try Tensor.empty([100_000]).fillNormal(mean: 2, deviation: 3, using: generator)
        try expect(normal.mean(), isCloseTo: [2], tolerance: 0.03)
        try expect(normal.variance(), isCloseTo: [9], tolerance: 0.02)
        let even = try Tensor.empty([100_000]).fillUniform(-1, 3, using: generator)
        #expect(try even.min().item() >= -1 && even.max().item() < 3)
        try expect(even.mean(), isCloseTo: [1], tolerance: 0.02)
        let whole = try Tensor.randint(3..<6, [1000], using: generator)
        #expect(try whole.min().item() == 3 && whole.max().item() == 5)
    }

    @Test func dropoutKeepsTheMean() throws {
        let x = try Tensor.ones([100_000]).requireGrad()
        let y = try x.dropout(0.25, using: Generator(seed: 2))
        let share = try (y .== 0).to(.float32).mean().item()
        #expect(abs(share - 0.25) < 0.01)
        #expect(abs(try y.max().item() - 4.0 / 3) < 1e-6)
        #expect(try grad([y.sum()], [x])[0].isEqual(to: y.detached()))
        #expect(try x.dropout(1, using: Generator(seed: 2)).sum().item() == 0)
        #expect(try x.dropout(0, using: Generator(seed: 2)).isEqual(to: x))
    }
}
