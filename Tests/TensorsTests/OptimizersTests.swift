import Tensors
import Testing

/// Five steps on Σ p³ / 3 + Σ (p q - 1)² from p = [[1, -2], [0.5, 3]] and q = [0.25, -0.75] in float64, against
/// what torch.optim of PyTorch 2.13 gives with the same options.
@Suite struct OptimizersTests {
    init() throws { try Torch.setThreads(1) }

    private func descend(_ make: ([Tensor]) -> some Optimizer) throws -> Tensor {
        let p = try Tensor([1, -2, 0.5, 3], shape: [2, 2]).requireGrad()
        let q = try Tensor([0.25, -0.75]).requireGrad()
        let optimizer = make([p, q])
        for _ in 0..<5 {
            try optimizer.clearGradients()
            try (p.pow(3).sum() / 3 + (p.matmul(q) - 1).square().sum()).backward()
            try optimizer.step()
        }
        return try Tensor.cat([p.flattened(), q]).detached()
    }

    @Test func sgd() throws {
        try expect(
            descend { SGD($0, learningRate: 0.01) },
            isCloseTo: [
                0.948894022342, -2.20105537795, 0.543653143586, 2.51351415987, 0.341335300472, -0.138663191516,
            ])
    }

    @Test func sgdWithMomentumDampeningAndDecay() throws {
        try expect(
            descend { SGD($0, learningRate: 0.01, momentum: 0.9, dampening: 0.1, weightDecay: 5e-4) },
            isCloseTo: [
                0.891033940352, -2.45362846278, 0.593539644947, 1.78803543053, 0.487405529292, 0.639725982822,
            ])
    }

    @Test func sgdWithNesterovsMomentum() throws {
        try expect(
            descend { SGD($0, learningRate: 0.01, momentum: 0.9, weightDecay: 5e-4, nesterov: true) },
            isCloseTo: [
                0.900680931369, -2.68657019103, 0.586407183347, 1.60041112068, 0.60182015307, 0.402427351237,
            ])
    }

    @Test func adam() throws {
        try expect(
            descend { Adam($0, learningRate: 0.01, weightDecay: 0.1) },
            isCloseTo: [
                0.9500269668, -2.05008689521, 0.55007747855, 2.95006331567, 0.300091093446, -0.700074117353,
            ])
    }

    @Test func adamW() throws {
        try expect(
            descend { Adam.decoupled($0, learningRate: 0.01, weightDecay: 0.1) },
            isCloseTo: [
                0.945150097992, -2.04000046329, 0.547474097787, 2.93520483614, 0.298745830045, -0.696445870417,
            ])
    }

    /// The first step of momentum comes with the first gradient of each parameter, not of the first one.
    @Test func aParameterWithoutAGradientStaysAndStartsLater() throws {
        let parameters = try [Tensor([1.0]), Tensor([1.0])]
        let optimizer = SGD(parameters, learningRate: 0.1, momentum: 0.5, dampening: 0.5)
        try parameters[0].setGrad(Tensor([1.0]))
        try optimizer.step()
        try expect(parameters[1], isCloseTo: [1])
        try parameters[1].setGrad(Tensor([1.0]))
        try optimizer.step()
        try expect(parameters[0], isCloseTo: [0.8])
        try expect(parameters[1], isCloseTo: [0.9])
    }

    /// Fused steps run over raw memory: a gradient that lies in it otherwise must not be mixed up.
    @Test func aGradientOfAnotherLayoutIsSteppedRightly() throws {
        let parameter = try Tensor.zeros([2, 2], dtype: .float64)
        try parameter.setGrad(Tensor([1.0, 2, 3, 4], shape: [2, 2]).transposed())
        try SGD([parameter], learningRate: 1).step()
        try expect(parameter, isCloseTo: [-1, -3, -2, -4])
    }

    @Test func schedules() {
        let cosine = CosineSchedule(0.1, minimum: 0.02, steps: 10)
        #expect(cosine.rate(at: 0) == 0.1)
        #expect(abs(cosine.rate(at: 5) - 0.06) < 1e-15)
        #expect(abs(cosine.rate(at: 10) - 0.02) < 1e-15 && cosine.rate(at: 99) == cosine.rate(at: 10))
        let steps = StepSchedule(1, factor: 0.5, milestones: [3, 6])
        #expect([0, 2, 3, 5, 6, 100].map(steps.rate) == [1, 1, 0.5, 0.5, 0.25, 0.25])
        let warm = WarmUp(steps: 4, then: steps)
        #expect([0, 1, 2, 3, 4, 7, 10].map(warm.rate) == [0, 0.25, 0.5, 0.75, 1, 0.5, 0.25])
        #expect(ConstantSchedule(0.3).rate(at: 7) == 0.3)
    }
}
