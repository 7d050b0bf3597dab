import Estimation
import Language

/// A predictor by name.
struct PredictorName: Constant, CustomStringConvertible {
    static let kind = "predictor"
    static let all = Predictors.all.map { ConstantName(type(of: $0).name, type(of: $0).summary) }
    /// The one that is used where none is named.
    static let usual = PredictorName(Predictors.all[0])

    let predictor: any Predictor

    private init(_ predictor: any Predictor) { self.predictor = predictor }

    init(constant name: String) {
        guard let predictor = Predictors.named(name) else {
            preconditionFailure("\(name) is not among the predictors")
        }
        self.init(predictor)
    }

    var name: String { type(of: predictor).name }
    var description: String { name }

    /// The predictor with other numbers of trees or splits, another kernel or without transfer, where it has any.
    func with(trees: Int?, depth: Int?, kernel: KernelName?, transfer: Bool?) throws -> any Predictor {
        var changed = predictor
        if let trees { changed = try Self.trees(trees, of: changed) }
        if let depth { changed = try Self.depth(depth, of: changed) }
        if let kernel { changed = try Self.kernel(kernel.kernel, of: changed) }
        if let transfer { changed = try Self.transfer(transfer, of: changed) }
        return changed
    }

    private static func transfer(_ transfer: Bool, of predictor: any Predictor) throws -> any Predictor {
        guard var latency = predictor as? Latency else {
            throw missing("transfer", of: predictor, instead: Latency.name)
        }
        latency.transfer = transfer
        return latency
    }

    private static func kernel(_ kernel: GaussianProcess.Kernel, of predictor: any Predictor) throws -> any Predictor {
        guard var process = predictor as? GaussianProcess else { throw missing("kernel", of: predictor, instead: "gp") }
        process.kernel = kernel
        return process
    }

    private static func trees(_ trees: Int, of predictor: any Predictor) throws -> any Predictor {
        switch predictor {
        case var forest as Forest:
            forest.trees = trees
            return forest
        case var boosted as Boosted:
            boosted.trees = trees
            return boosted
        case var ensemble as Ensemble:
            ensemble.trees = trees
            return ensemble
        default: throw missing("trees", of: predictor)
        }
    }

    private static func depth(_ depth: Int, of predictor: any Predictor) throws -> any Predictor {
        switch predictor {
        case var forest as Forest:
            forest.depth = depth
            return forest
        case var boosted as Boosted:
            boosted.depth = depth
            return boosted
        case var ngboost as NGBoost:
            ngboost.depth = depth
            return ngboost
        default: throw missing("depth", of: predictor)
        }
    }

    private static func missing(
        _ setting: String, of predictor: any Predictor, instead: String = "forest"
    ) -> CommandError {
        CommandError(
            "`\(type(of: predictor).name)` has no `\(setting)`", help: "leave `\(setting)` out, or fit a `\(instead)`",
            argument: setting, code: .unknownArgument)
    }
}

/// What a Gaussian process compares architectures by.
struct KernelName: Constant {
    static let kind = "kernel"
    static let all = [
        ConstantName("sum", "Matérn 5/2 and a linear term over groups of features"),
        ConstantName("matern", "Matérn 5/2 over groups of features"),
        ConstantName("rbf", "squared exponential over groups of features"),
        ConstantName("weisfeiler_lehman", "the graphs of the networks, two iterations"),
    ]
    let kernel: GaussianProcess.Kernel

    init(constant name: String) {
        switch name {
        case "matern": kernel = .matern
        case "rbf": kernel = .rbf
        case "weisfeiler_lehman": kernel = .weisfeilerLehman(2)
        default: kernel = .sum
        }
    }
}

/// A family of features that architectures have by themselves.
struct FeatureName: Constant {
    static let kind = "features"
    static let all = [
        ConstantName("auto", "costs, graph and adjacency"),
        ConstantName("columns", "nothing but the columns named"),
        ConstantName("costs", "parameters, multiply-adds and depth, whole and live"),
        ConstantName("graph", "operations and paths of the live graph, counted"),
        ConstantName("adjacency", "one-hot choices"), ConstantName("categorical", "numbers of the choices"),
        ConstantName("path", "one-hot paths of a cell"),
    ]
    let families: [FeatureFamily]

    init(constant name: String) {
        families = FeatureFamily(rawValue: name).map { [$0] } ?? (name == "auto" ? FeatureFamily.auto : [])
    }
}
