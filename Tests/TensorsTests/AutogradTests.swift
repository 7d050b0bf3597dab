import Tensors
import Testing

@Suite struct AutogradTests {
    init() throws { try Torch.setThreads(1) }

    @Test func backwardGathersInTheLeaves() throws {
        let x = try Tensor([1, 2, 3] as [Double]).requireGrad()
        #expect(x.requiresGrad && x.grad == nil)
        try x.square().sum().backward()
        try expect(#require(x.grad), isCloseTo: [2, 4, 6])
        try x.sum().backward()
        try expect(#require(x.grad), isCloseTo: [3, 5, 7])
        try x.setGrad(nil)
        #expect(x.grad == nil)
        try (x * 2).backward(gradient: Tensor([1, 0, -1] as [Double]))
        try expect(#require(x.grad), isCloseTo: [2, 0, -2])
    }

    /// f(x) = Σ exp(x) x²: f' = exp(x) (x² + 2x), f'' = exp(x) (x² + 4x + 2), f''' = exp(x) (x² + 6x + 6).
    @Test func derivativesOfHigherOrder() throws {
        let values = [-1.0, 0, 0.5, 2]
        let x = try Tensor(values).requireGrad()
        let f = try (x.exp() * x.square()).sum()
        let first = try grad([f], [x], createGraph: true)[0]
        let second = try grad([first.sum()], [x], createGraph: true)[0]
        let third = try grad([second.sum()], [x])[0]
        let exponential = try Tensor(values).exp().array(of: Double.self)
        func times(_ polynomial: (Double) -> Double) -> [Double] {
            zip(values, exponential).map { polynomial($0) * $1 }
        }
        try expect(first.detached(), isCloseTo: times { $0 * $0 + 2 * $0 })
        try expect(second.detached(), isCloseTo: times { $0 * $0 + 4 * $0 + 2 })
        try expect(third, isCloseTo: times { $0 * $0 + 6 * $0 + 6 })
    }

    /// The Hessian of ½ xᵀ A x times v is (A + Aᵀ) v / 2; as GraSP uses it.
    @Test func aHessianTimesAVector() throws {
        let a = try Tensor([2, 1, 0, 4] as [Double], shape: [2, 2])
        let x = try Tensor([1, -1] as [Double]).requireGrad()
        let v = try Tensor([3, 5] as [Double])
        let f = try x.matmul(a.matmul(x)) / 2
        let gradient = try grad([f], [x], createGraph: true)[0]
        try expect(grad([(gradient * v).sum()], [x])[0], isCloseTo: [2 * 3 + 0.5 * 5, 0.5 * 3 + 4 * 5])
    }

    @Test func unusedInputsAreAnErrorOrNil() throws {
        let x = try Tensor([1] as [Double]).requireGrad()
        let y = try Tensor([1] as [Double]).requireGrad()
        let f = try x.square().sum()
        let error = #expect(throws: TensorError.self) { try grad([f], [x, y], keepGraph: true) }
        #expect(error?.operation == "grad")
        let gradients = try gradIfUsed([f], [x, y])
        #expect(try gradients[0]?.item() == 2)
        #expect(gradients[1] == nil)
        #expect(throws: TensorError.self, "the graph is gone") { try f.backward() }
        #expect(try grad([x.sum()], []).isEmpty)
    }

    @Test func severalOutputsWithWeights() throws {
        let x = try Tensor([1, 2] as [Double]).requireGrad()
        let weights = try [Tensor([1, 10] as [Double]), Tensor([1, 1] as [Double])]
        try expect(grad([x * 3, x.square()], [x], weights: weights)[0], isCloseTo: [5, 34])
    }

    @Test func nothingIsRecordedWithoutGrad() throws {
        let x = try Tensor([1] as [Double]).requireGrad()
        #expect(try noGrad { () throws(TensorError) in try x * 2 }.requiresGrad == false)
        #expect(throws: TensorError.self) { try noGrad { () throws(TensorError) in try x.reshaped(5) } }
        #expect(try (x * 2).requiresGrad, "the mode is back after an error")
        #expect(try x.detached().requiresGrad == false)
    }

    @Test func gradientsAreClippedTogether() throws {
        let x = try Tensor([0, 0] as [Double]).requireGrad()
        let y = try Tensor([0] as [Double]).requireGrad()
        try x.setGrad(Tensor([3, 0] as [Double]))
        try y.setGrad(Tensor([4] as [Double]))
        #expect(try clipGradients(of: [x, y], to: 1) == 5)
        try expect(#require(x.grad), isCloseTo: [0.6, 0], tolerance: 1e-6)
        try expect(#require(y.grad), isCloseTo: [0.8], tolerance: 1e-6)
        #expect(abs(try clipGradients(of: [x, y], to: 1) - 1) < 1e-6)
        try expect(#require(y.grad), isCloseTo: [0.8], tolerance: 1e-6)
    }
}
