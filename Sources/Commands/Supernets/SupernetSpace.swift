import Networks
import Spaces
import Training
import Trials

/// An elastic space together with the weights that all its networks share: that of the architectures that come out of a
/// supernet, so that they can be judged and taken out without naming it again.
struct SupernetSpace: Space {
    /// The space that was trained.
    let base: any ElasticSpace
    /// The weights.
    let weights: SupernetWeights

    var name: String { base.name }
    var summary: String { base.summary }
    var citation: String { base.citation }
    /// The images that it was trained on.
    var input: Shape { weights.input }
    /// The classes that it was trained to tell apart.
    var classes: Int { weights.classes }
    var genes: [Gene] { base.genes }
    var isConstrained: Bool { base.isConstrained }
    var encodings: [Encoding] { base.encodings }
    var operationKinds: [OperationKind] { base.operationKinds }

    func genes(from text: String) throws -> [UInt8] { try base.genes(from: text) }
    func text(of genes: [UInt8]) -> String { base.text(of: genes) }
    func canonicalText(of genes: [UInt8]) -> String { base.canonicalText(of: genes) }
    func admits(_ genes: [UInt8]) -> Bool { base.admits(genes) }
    func operationGraphs() -> @Sendable ([UInt8]) -> OperationGraph { base.operationGraphs() }

    func network(of genes: [UInt8], input: Shape, classes: Int) throws -> Network {
        try base.network(of: genes, input: input, classes: classes)
    }

    func features(of genes: [UInt8], as encoding: Encoding) -> [Float] { base.features(of: genes, as: encoding) }

    func costModel(input: Shape, classes: Int) throws -> any CostModel {
        try base.costModel(input: input, classes: classes)
    }
}

/// The shared weights of a supernet as plain numbers, which may cross threads.
struct SupernetWeights: Sendable {
    /// The images of the largest network, `[C, H, W]`.
    let input: Shape
    let classes: Int
    let state: ModelState
    /// What tells these weights from others of the same space.
    let name: String
    /// What they were trained on; nil where it cannot be opened again.
    let data: DataPlan?
}

extension SupernetSpace {
    /// The supernet, for the thread that asks.
    ///
    /// - Throws: `StateError` where the weights are those of another space.
    func supernet() throws -> Supernet {
        let supernet = try Supernet(base, input: input, classes: classes)
        try supernet.load(weights.state)
        return supernet
    }
}
