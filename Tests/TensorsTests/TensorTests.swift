import Tensors
import Testing

@Suite struct TensorTests {
    init() throws { try Torch.setThreads(1) }

    @Test func aSum() throws {
        let x = try Tensor([1.5, 2, 3, 4, 5, 6] as [Float], shape: [2, 3])
        #expect(try x.sum().item() == 21.5)
        #expect(try x.sum(0).array(of: Float.self) == [5.5, 7, 9])
        #expect(try x.sum(-1, keep: true).shape == [2, 1])
    }

    @Test func aShapeMismatchIsAnErrorThatNamesTheShapes() throws {
        let x = try Tensor.ones([2, 3])
        let y = try Tensor.ones([4, 5])
        let error = #expect(throws: TensorError.self) { try x.matmul(y) }
        #expect(
            error?.description
                == "matmul of [2, 3] and [4, 5]: mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)")
        let sum = #expect(throws: TensorError.self) { try x + y }
        #expect(sum?.operation == "+")
        #expect(sum?.shapes == [[2, 3], [4, 5]])
        #expect(sum?.message.contains("\n") == false)
        #expect(try x.matmul(y.sliced(0..<3)).shape == [2, 5], "an error leaves nothing behind")
    }

    @Test func badRequestsAreErrors() throws {
        let x = try Tensor.ones([2, 3])
        #expect(throws: TensorError.self) { try Tensor([1, 2, 3] as [Float], shape: [2, 2]) }
        #expect(throws: TensorError.self) { try Tensor([1] as [Float], shape: [-1, -1]) }
        #expect(throws: TensorError.self) { try Tensor.zeros([-1]) }
        #expect(throws: TensorError.self) { try Tensor.zeros([1 << 40, 1 << 40]) }
        #expect(throws: TensorError.self) { try x.array(of: Double.self) }
        #expect(throws: TensorError.self) { try x.item() }
        #expect(throws: TensorError.self) { try x.sum(2) }
        #expect(throws: TensorError.self) { try x.reshaped(4, 2) }
        #expect(throws: TensorError.self) { try x.picked(2) }
        #expect(throws: TensorError.self) { try Tensor.cat([]) }
        #expect(throws: TensorError.self) { try Tensor.cat([x, Tensor.ones([2, 2])]) }
        #expect(throws: TensorError.self) { try Tensor([1, 2]).requireGrad() }
        #expect(throws: TensorError.self) { try x.dropout(1.5, using: Generator(seed: 0)) }
        #expect(throws: TensorError.self) { try Torch.setThreads(0) }
    }

    @Test func aDeviceThatIsNotThereIsAnError() throws {
        let beyond = Device.cuda(try Torch.cudaDevices)
        #expect(throws: TensorError.self) { try Tensor.ones([1], device: beyond) }
        #expect(try Tensor.ones([1]).device == .cpu)
    }

    @Test(arguments: DType.allCases) func everyTypeConvertsToAndFro(_ dtype: DType) throws {
        let x = try Tensor([0, 1, 1, 0]).to(dtype)
        #expect(x.dtype == dtype)
        #expect(try x.to(.int64).array(of: Int.self) == [0, 1, 1, 0])
        #expect(try Tensor.zeros([2], dtype: dtype).dtype == dtype)
    }

    @Test func elementsComeBackAsTheyWent() throws {
        func check<Element: TensorElement & Equatable>(_ elements: [Element]) throws {
            let tensor = try Tensor(elements)
            #expect(tensor.dtype == Element.dtype && tensor.shape == [elements.count])
            #expect(try tensor.array() == elements)
        }
        try check([1.5, -2, .infinity] as [Float])
        try check([0.1, -.pi, 1e300] as [Double])
        try check([.min, 0, .max] as [Int64])
        try check([.min, 0, .max] as [Int])
        try check([.min, 0, .max] as [Int32])
        try check([.min, 0, .max] as [Int16])
        try check([.min, 0, .max] as [Int8])
        try check([0, 128, 255] as [UInt8])
        try check([true, false])
        try check([] as [Float])
    }

    @Test func wholeNumbersStayWhole() throws {
        let x = try Tensor([1, 2, 3])
        #expect(try (x + 1).array(of: Int.self) == [2, 3, 4])
        #expect(try (10 - x * 2).array(of: Int.self) == [8, 6, 4])
        #expect(try (x + 0.5).dtype == .float32)
        #expect(try (x / 2).to(.float64).array(of: Double.self) == [0.5, 1, 1.5])
        #expect(try (6 / x).to(.float64).array(of: Double.self).first == 6)
        #expect(try (-x).pow(2).array(of: Int.self) == [1, 4, 9])
    }

    @Test func viewsShareMemory() throws {
        let x = try Tensor.arange(0, 24, step: 1).reshaped(2, 3, 4)
        #expect(try x.permuted(2, 0, 1).shape == [4, 2, 3])
        #expect(try x.transposed().shape == [2, 4, 3])
        #expect(try x.flattened(1).shape == [2, 12])
        #expect(try x.unsqueezed(0).squeezed(0).shape == [2, 3, 4])
        #expect(try x.picked(1).picked(2).array(of: Int.self) == [20, 21, 22, 23])
        #expect(try x.sliced(1..<4, dim: 2, step: 2).picked(0, dim: 0).array(of: Int.self) == [1, 3, 5, 7, 9, 11])
        #expect(try x.permuted(2, 0, 1).picked(0).array(of: Int.self) == [0, 4, 8, 12, 16, 20])
        try x.picked(0).fill(7)
        #expect(try x.sum().item() == Double(12 * 7 + (12...23).reduce(0, +)))
    }

    @Test func piecesArePutTogether() throws {
        let x = try Tensor([1, 2])
        let y = try Tensor([3, 4])
        #expect(try Tensor.cat([x, y]).array(of: Int.self) == [1, 2, 3, 4])
        #expect(try Tensor.stack([x, y], dim: 1).array(of: Int.self) == [1, 3, 2, 4])
        #expect(try x.unsqueezed(1).expanded(2, 3).array(of: Int.self) == [1, 1, 1, 2, 2, 2])
        #expect(try x.padded(1, 2, with: 9).array(of: Int.self) == [9, 1, 2, 9, 9])
        #expect(try x.flipped(0).array(of: Int.self) == [2, 1])
        #expect(try x.oneHot(classes: 3).array(of: Int.self) == [0, 1, 0, 0, 0, 1])
        #expect(try y.picked(Tensor([1, 1, 0])).array(of: Int.self) == [4, 4, 3])
        #expect(try y.gathered(Tensor([1, 0]), dim: 0).array(of: Int.self) == [4, 3])
    }

    @Test func comparisons() throws {
        let x = try Tensor([1, 2, 3] as [Float])
        let y = try Tensor([3, 2, 1] as [Float])
        #expect(try (x .< y).array(of: Bool.self) == [true, false, false])
        #expect(try ((x .>= y) .& (x .!= 3)).array(of: Bool.self) == [false, true, false])
        #expect(try (.!(x .== 2) .| (y .> 2)).array(of: Bool.self) == [true, false, true])
        #expect(try (x .> y).select(x, else: y).array(of: Float.self) == [3, 2, 3])
        #expect(try x.isEqual(to: y.flipped(0)))
        #expect(try !x.isEqual(to: y))
        #expect(try (x / 0).isFinite().any() == false)
        #expect(try (x * 0 / 0).isNaN().all())
    }

    @Test func reductionsAndOrder() throws {
        let x = try Tensor([3, 1, 2, 6, 5, 4] as [Double], shape: [2, 3])
        #expect(try x.mean(0).array(of: Double.self) == [4.5, 3, 3])
        #expect(try x.max(1).array(of: Double.self) == [3, 6])
        #expect(try x.min().item() == 1)
        #expect(try x.product().item() == 720)
        #expect(try x.argmax(1).array(of: Int.self) == [0, 0])
        #expect(try x.argsort().array(of: Int.self) == [1, 2, 0, 2, 1, 0])
        #expect(try x.cumulativeSum(1).array(of: Double.self) == [3, 4, 6, 6, 11, 15])
        #expect(try x.topK(2).values.array(of: Double.self) == [3, 2, 6, 5])
        try expect(x.variance(1), isCloseTo: [1, 1])
        try expect(x.norm(), isCloseTo: [Double(91).squareRoot()])
        try expect(x.norm(0, order: 1), isCloseTo: [9, 6, 6])
        try expect((x * 1000).logSumExp(), isCloseTo: [6000])
    }

    /// numpy and PyTorch give the same of this matrix.
    @Test func linearAlgebra() throws {
        let matrix = try Tensor([4, 1, 0, 1, 3, -1, 0, -1, 2] as [Double], shape: [3, 3])
        try expect(matrix.eigvalsh(), isCloseTo: [3 - 3.0.squareRoot(), 3, 3 + 3.0.squareRoot()])
        let (sign, logarithm) = try matrix.slogdet()
        #expect(try sign.item() == 1)
        try expect(logarithm, isCloseTo: [2.8903717578961645])
        try expect(
            matrix.corrcoef().picked(0), isCloseTo: [1, 0.240192230708, -0.419313934689])
        #expect(try Tensor.zeros([2, 2]).slogdet().logarithm.item() == -.infinity)
    }
}
