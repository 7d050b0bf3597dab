import Networks
public import Statistics
public import Tensors
public import Training

/// The initial weights of all networks of a space, each made once.
///
/// Weights depend on the seed, the name of their layer and their shape only (common random numbers), so networks that
/// share a layer share its tensors here, read-only. It belongs to one thread.
public final class Weights {
    /// The type of the elements.
    let dtype: DType
    private let make: (Parameter, Layer) throws -> Tensor
    private var made: [String: Tensor] = [:]
    private var positive: [String: (tensor: Tensor, gain: Double)] = [:]

    /// Weights that are drawn where they are first needed.
    public init(_ initialization: Initialization = .standard, seed: Seed, dtype: DType = .float32) {
        self.dtype = dtype
        make = { parameter, layer in
            let tensor = try initialization.tensor(for: parameter, of: layer, seed: seed).to(dtype)
            return tensor.rank == 4 ? try tensor.channelsLast() : tensor
        }
    }

    /// The weights that `model` has.
    public init(of model: Model, dtype: DType = .float32) throws {
        self.dtype = dtype
        let own = Dictionary(uniqueKeysWithValues: zip(model.parameterNames, model.parameters))
        make = { parameter, _ in
            guard let tensor = own[parameter.name] else {
                throw ProxyError.undefined("the network has dropped \(parameter.name): build it with `dead: keep`")
            }
            let copy = try noGrad { try tensor.detached().to(dtype).clone() }
            return copy.rank == 4 ? try copy.channelsLast() : copy
        }
    }

    /// The tensor of `parameter`, not to be written to.
    func tensor(_ parameter: Parameter, of layer: Layer) throws -> Tensor {
        let key = "\(parameter.name) \(parameter.extents)"
        if let known = made[key] { return known }
        let new = try make(parameter, layer)
        made[key] = new
        return new
    }

    /// |w| of `parameter` in `dtype`, and the greatest sum of the weights of one output, which bounds how much the layer
    /// can enlarge what it is given.
    func magnitude(
        _ parameter: Parameter, of layer: Layer, _ dtype: DType
    ) throws -> (tensor: Tensor, gain: Double) {
        let key = "\(dtype) \(parameter.name) \(parameter.extents)"
        if let known = positive[key] { return known }
        let new = try noGrad {
            let tensor = try self.tensor(parameter, of: layer).detached().abs().to(dtype)
            let sums = tensor.rank > 1 ? try tensor.flattened(1).sum(1) : tensor
            return (tensor: tensor, gain: try sums.max().item())
        }
        positive[key] = new
        return new
    }

    /// The model of `network` with these weights.
    func model(of network: Network, dead: Model.Dead) throws -> Model {
        let options = Model.Options(dtype: dtype, dead: dead, channelsLast: true)
        return try Model(network, options: options) { try self.tensor($0, of: $1) }
    }
}
