import Networks
public import Spaces
import Statistics

/// How a supernet is trained: the names of the ``SupernetProcedure``s.
public enum SupernetMethod: String, Sendable, Hashable, Codable, CaseIterable {
    case progressive, sandwich, attentive
    case attentiveWorst = "attentive_worst"
    case fair
    case singlePath = "single_path"

    private var procedure: any SupernetProcedure.Type {
        switch self {
        case .progressive: Progressive.self
        case .sandwich: Sandwich.self
        case .attentive: Attentive.self
        case .attentiveWorst: AttentiveWorst.self
        case .fair: Fair.self
        case .singlePath: SinglePath.self
        }
    }

    /// What it does, in a line.
    public var summary: String { procedure.summary }

    /// The recipe of the method's paper with steps for small data: Nesterov's momentum of 0.9, a weight decay of 3e-5
    /// that leaves normalisations alone, a label smoothing of 0.1.
    public func recipe(epochs: Int) -> Recipe {
        Recipe(
            epochs: epochs, learningRate: 0.1, weightDecay: 3e-5, decaysNorms: false, labelSmoothing: 0.1)
    }

    /// The stages of a training of `space` over so many epochs: their names and how many epochs each has.
    ///
    /// - Throws: `TrainingError` where the method cannot train the space, or has more stages than epochs.
    public func stages(of space: any ElasticSpace, epochs: Int) throws -> [(name: String, epochs: Int)] {
        try plan(of: space, epochs: epochs).map { ($0.name, $0.epochs) }
    }

    func plan(of space: any ElasticSpace, epochs: Int) throws(TrainingError) -> [SupernetStage] {
        try procedure.stages(of: space, epochs: epochs)
    }

    /// What a step of the method does.
    func procedure(for supernet: Supernet, seed: Seed) throws -> any SupernetProcedure {
        try procedure.init(supernet, seed: seed)
    }
}

/// A part of a supernet's training, in which the same networks are trained.
struct SupernetStage: Sendable, Hashable {
    /// How the learning rate changes within the stage.
    enum Course: Sendable, Hashable {
        /// As the recipe has it; it rises first over this part of the stage.
        case recipe(warmUp: Double?)
        /// Evenly in its logarithm down to a twentieth, which is reached after this part of the stage.
        case decay(until: Double)
    }

    /// Its name.
    let name: String
    /// How long it is.
    let epochs: Int
    /// The learning rate as a part of the recipe's.
    let rate: Double
    let course: Course
    /// How many networks a step trains.
    let networks: Int
    /// For each gene the choices that are drawn from.
    let choices: [[UInt8]]
    /// Whether the largest network becomes the teacher before it begins.
    let takesTeacher: Bool
    /// How many widths can be chosen already when the channels are sorted before it begins; `nil` where they are not.
    let sortsAtWidths: Int?

    init(
        _ name: String, epochs: Int, rate: Double = 1, course: Course = .recipe(warmUp: nil), networks: Int,
        choices: [[UInt8]], takesTeacher: Bool = false, sortsAtWidths: Int? = nil
    ) {
        (self.name, self.epochs, self.rate, self.course) = (name, epochs, rate, course)
        (self.networks, self.choices) = (networks, choices)
        (self.takesTeacher, self.sortsAtWidths) = (takesTeacher, sortsAtWidths)
    }
}

/// A way to train a supernet: its stages, and what it does in one step, adding the gradients of some networks to the
/// shared tensors.
protocol SupernetProcedure {
    /// What it does, in a line.
    static var summary: String { get }
    /// The stages of a training of `space`.
    static func stages(of space: any ElasticSpace, epochs: Int) throws(TrainingError) -> [SupernetStage]

    /// The procedure for a supernet; `seed` is for what it draws before it begins.
    init(_ supernet: Supernet, seed: Seed) throws
    /// The greatest absolute value of a gradient's element; greater ones are cut.
    var valueLimit: Double? { get }
    /// Adds the gradients; what comes back is one outcome for each network, against the classes.
    func accumulate(_ step: SupernetStep) throws -> [Outcome]
}

extension ElasticSpace {
    /// All choices of every gene.
    var allChoices: [[UInt8]] { genes.map { gene in gene.choices.indices.map { UInt8($0) } } }
}
