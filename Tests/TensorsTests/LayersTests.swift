import Tensors
import Testing

/// Values of PyTorch 2.13 in float64, for x, w and b as made here.
@Suite struct LayersTests {
    let x, weight, bias: Tensor

    init() throws {
        try Torch.setThreads(1)
        x = try wave([2, 2, 5, 5], 0.37)
        weight = try wave([3, 2, 3, 3], 0.71, cosine: true)
        bias = try Tensor([0.1, -0.2, 0.3])
    }

    @Test func convolution() throws {
        let y = try x.conv2d(weight, bias: bias, stride: 2, padding: 1)
        #expect(y.shape == [2, 3, 3, 3])
        try expect(
            y.sum(2, 3),
            isCloseTo: [
                0.879298108045, -1.83420870782, 2.65383974829, 0.846683427625, -1.86539883968, 2.6254921998,
            ])
        let depthwise = try wave([2, 1, 3, 3], 0.71, cosine: true)
        let z = try x.conv2d(depthwise, padding: 2, dilation: 2, groups: 2)
        try expect(z.picked(1).picked(2, dim: 1).picked(3, dim: 1), isCloseTo: [1.60430514305, -1.436931421])
        let error = #expect(throws: TensorError.self) { try x.conv2d(depthwise) }
        #expect(error?.shapes == [[2, 2, 5, 5], [2, 1, 3, 3]])
    }

    @Test func layoutDoesNotChangeAConvolution() throws {
        let plain = try x.conv2d(weight, bias: bias)
        let last = try x.channelsLast().conv2d(weight.channelsLast(), bias: bias)
        try expect(last, isCloseTo: plain.array())
    }

    @Test func batchNormalisation() throws {
        let y = try x.conv2d(weight, bias: bias, stride: 2, padding: 1)
        let mean = try Tensor.zeros([3], dtype: .float64)
        let variance = try Tensor.ones([3], dtype: .float64)
        let z = try y.batchNorm(
            weight: Tensor([1.0, 2, 3]), bias: bias, runningMean: mean, runningVariance: variance, training: true)
        func centre(_ y: Tensor) throws -> Tensor { try y.picked(0).picked(1, dim: 1).picked(1, dim: 1) }
        try expect(centre(z), isCloseTo: [0.348721639981, 1.2557017941, 3.68957989096])
        try expect(mean, isCloseTo: [0.00958878630928, -0.0205533752639, 0.0293296219338])
        try expect(variance, isCloseTo: [0.925962324587, 0.928112618931, 0.930850065451])
        try expect(
            centre(y.batchNorm(runningMean: mean, runningVariance: variance, training: false)),
            isCloseTo: [0.217674559865, 0.197292514816, 0.905723728057])
    }

    @Test func pools() throws {
        func row(_ y: Tensor) throws -> Tensor { try y.picked(0).picked(1).picked(0) }
        try expect(
            row(x.avgPool2d(3, stride: 1, padding: 1, countPadding: false)),
            isCloseTo: [-0.476050670705, -0.517327790159, -0.57281828958, -0.550780520719, -0.526229766545])
        try expect(
            row(x.avgPool2d(3, stride: 1, padding: 1)),
            isCloseTo: [-0.211578075869, -0.34488519344, -0.38187885972, -0.367187013812, -0.233879896242])
        try expect(
            row(x.maxPool2d(3, stride: 2, padding: 1)), isCloseTo: [0.17388948538, -0.193984361254, 0.0136289636786])
        try expect(
            x.adaptiveAvgPool2d(), isCloseTo: [0.20863793768, -0.195325232688, 0.17606103562, -0.151432319879])
        #expect(try x.maxPool2d(2).shape == [2, 2, 2, 2])
        #expect(try x.avgPool2d(2, ceil: true).shape == [2, 2, 3, 3])
    }

    @Test func activations() throws {
        let v = try Tensor([-4, -1, -0.25, 0, 0.5, 2, 5] as [Double])
        try expect(v.relu(), isCloseTo: [0, 0, 0, 0, 0.5, 2, 5])
        try expect(
            v.sigmoid(),
            isCloseTo: [
                0.0179862099621, 0.26894142137, 0.437823499114, 0.5, 0.622459331202, 0.880797077978, 0.993307149076,
            ])
        try expect(
            v.gelu(),
            isCloseTo: [
                -0.000126684967332, -0.158655253931, -0.100323418579, 0, 0.345731230637, 1.9544997361, 4.99999856674,
            ])
        try expect(
            v.silu(),
            isCloseTo: [
                -0.0719448398484, -0.26894142137, -0.109455874779, 0, 0.311229665601, 1.76159415596, 4.96653574538,
            ])
        try expect(
            v.hardswish(), isCloseTo: [0, -1.0 / 3, -0.114583333333333, 0, 0.291666666666667, 5.0 / 3, 5])
        try expect(v.hardsigmoid(), isCloseTo: [0, 1.0 / 3, 0.458333333333333, 0.5, 0.583333333333333, 5.0 / 6, 1])
        try expect(
            v.logSoftmax(),
            isCloseTo: [
                -9.0727705067, -6.0727705067, -5.3227705067, -5.0727705067, -4.5727705067, -3.0727705067,
                -0.0727705066959,
            ])
        try expect(v.softmax().sum(), isCloseTo: [1])
    }

    @Test func losses() throws {
        let logits = try (Tensor.arange(0, 12, step: 1, dtype: .float64).reshaped(3, 4) * 1.3).sin() * 2
        let target = try Tensor([2, 0, 3])
        try expect(logits.crossEntropy(target), isCloseTo: [1.9477925867749482])
        try expect(
            logits.crossEntropy(target, reduction: .none), isCloseTo: [1.36016569103, 4.16199260032, 0.321219468972])
        try expect(logits.crossEntropy(target, smoothing: 0.1), isCloseTo: [1.9680850090292954])
        try expect(
            logits.crossEntropy(target, weight: Tensor([1.0, 2, 3, 4]), reduction: .sum), isCloseTo: [9.527367549301301]
        )
        try expect(Tensor([1.0, 2]).squaredError(Tensor([3.0, 5])), isCloseTo: [6.5])
        #expect(throws: TensorError.self) { try logits.crossEntropy(Tensor([4, 0, 0])) }
    }

    @Test func linearIsAMatrixProduct() throws {
        let x = try Tensor([1, 2, 3, 4] as [Double], shape: [2, 2])
        let weight = try Tensor([1, 0, 0, 1, 1, 1] as [Double], shape: [3, 2])
        try expect(x.linear(weight, bias: Tensor([0.0, 10, 100])), isCloseTo: [1, 12, 103, 3, 14, 107])
    }
}
