internal import CTorch

extension Tensor {
    /// Whether operations on this tensor are recorded, so that gradients can flow back to it.
    public var requiresGrad: Bool { torch.pointee.requiresGrad(handle) }

    /// Has operations on this tensor recorded from now on, or no longer.
    ///
    /// - Throws: `TensorError` for elements that are not floating-point numbers.
    @discardableResult
    public func requireGrad(_ on: Bool = true) throws(TensorError) -> Tensor {
        try check(torch.pointee.setRequiresGrad(handle, on), of: [self])
        return self
    }

    /// What `backward` has gathered here, of the same shape; `nil` before the first time.
    public var grad: Tensor? { torch.pointee.gradient(handle).flatMap { try? Tensor($0) } }

    /// Replaces the gathered gradient, or with `nil` removes it.
    public func setGrad(_ gradient: Tensor?) throws(TensorError) {
        try check(torch.pointee.setGradient(handle, gradient?.handle), of: [self] + [gradient].compactMap(\.self))
    }

    /// Adds the gradient of this tensor to the `grad` of every leaf that it was computed from.
    ///
    /// - Parameters:
    ///   - gradient: what the gradient is multiplied with, of this tensor's shape; may be left out for a
    ///     single number.
    ///   - keepGraph: whether the graph may be gone through again.
    ///   - createGraph: whether the gradients can themselves be differentiated.
    public func backward(
        gradient: Tensor? = nil, keepGraph: Bool = false, createGraph: Bool = false
    ) throws(TensorError) {
        try check(
            torch.pointee.backward(handle, gradient?.handle, keepGraph || createGraph, createGraph),
            of: [self] + [gradient].compactMap(\.self))
    }
}

/// The gradients of the sum of `outputs` with respect to `inputs`, each of its input's shape.
///
/// - Parameters:
///   - weights: what each output is multiplied with, of its shape; may be left out for single numbers.
///   - keepGraph: whether the graph may be gone through again.
///   - createGraph: whether the gradients can themselves be differentiated.
/// - Throws: `TensorError` where no output depends on one of the inputs; see `gradIfUsed`.
public func grad(
    _ outputs: [Tensor], _ inputs: [Tensor], weights: [Tensor]? = nil, keepGraph: Bool = false,
    createGraph: Bool = false
) throws(TensorError) -> [Tensor] {
    try differentiate(outputs, inputs, weights, keepGraph || createGraph, createGraph, allowUnused: false)
        .compactMap(\.self)
}

/// As `grad`, but `nil` for each input on which no output depends.
public func gradIfUsed(
    _ outputs: [Tensor], _ inputs: [Tensor], weights: [Tensor]? = nil, keepGraph: Bool = false,
    createGraph: Bool = false
) throws(TensorError) -> [Tensor?] {
    try differentiate(outputs, inputs, weights, keepGraph || createGraph, createGraph, allowUnused: true)
}

private func differentiate(
    _ outputs: [Tensor], _ inputs: [Tensor], _ weights: [Tensor]?, _ keep: Bool, _ create: Bool, allowUnused: Bool
) throws(TensorError) -> [Tensor?] {
    precondition(weights.map { $0.count == outputs.count } ?? true, "grad: one weight for each output")
    guard !inputs.isEmpty else { return [] }
    var results = [CTTensorRef?](repeating: nil, count: inputs.count)
    let seeds: [CTTensorRef?]? = weights?.map(\.handle)
    let done = withExtendedLifetime(weights) {
        torch.pointee.gradients(
            outputs.map(\.handle), outputs.count, seeds, inputs.map(\.handle), inputs.count, keep, create, allowUnused,
            &results)
    }
    try check(done, of: outputs + inputs, "grad")
    return results.map { result in result.flatMap { try? Tensor($0) } }
}

/// Runs `body` with no operation recorded for gradients on this thread.
public func noGrad<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    // Where libtorch cannot be opened, the first operation of `body` says so.
    guard let torch = try? Library.load() else { return try body() }
    let before = torch.pointee.setGradMode(false)
    defer { _ = torch.pointee.setGradMode(before) }
    return try body()
}

/// Runs `body` with convolutions and matrix products on `device` computed in `bfloat16` on this thread, and what needs
/// the precision in `float32`, as libtorch's lists for automatic mixed precision say. Weights stay as they are.
///
/// Gradients flow back in the types of the way forth: `backward` belongs outside.
public func autocast<Result>(on device: Device, _ body: () throws -> Result) throws -> Result {
    let torch = try Library.load()
    try check(torch.pointee.setAutocast(device.c, true), of: [], "autocast")
    defer { _ = torch.pointee.setAutocast(device.c, false) }
    return try body()
}

/// Scales the `grad` of `parameters` so that their norm, taken together, is at most `limit`, and returns
/// the norm that it was.
@discardableResult
public func clipGradients(of parameters: [Tensor], to limit: Double) throws(TensorError) -> Double {
    let gradients = parameters.compactMap(\.grad)
    guard !gradients.isEmpty else { return 0 }
    var norm = 0.0
    try check(torch.pointee.clipNorm(gradients.map(\.handle), gradients.count, limit, &norm), of: gradients)
    return norm
}
