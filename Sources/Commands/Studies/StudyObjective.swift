import Language
import Networks
import Spaces
import Training
import Trials

/// What evaluates the trials of a plan, made ready.
struct StudyObjective {
    private enum Kind {
        case table(TableObjective)
        case training(TrainingPlan, any Space, Dataset)
    }

    private let kind: Kind
    private let space: any Space

    /// - Parameter dataset: the plan's data set where it is open already.
    init(_ plan: StudyPlan, _ space: any Space, _ dataset: Dataset?) throws {
        self.space = space
        switch plan.evaluation {
        case .table(let data, let epochs):
            kind = .table(try answering { try TableObjective(space: space.name, data: data, epochs: epochs) })
        case .training(let training):
            let scaled = try NetworkScale(channels: training.channels, cells: training.cells).applied(to: space)
            kind = .training(training, scaled, try dataset ?? training.data.open())
        }
    }

    /// What users should know of it: which columns a table is asked for.
    var remarks: [String] {
        guard case .table(let table) = kind else { return [] }
        return ["the table's \(table.names.joined(separator: ", ")) stands in for training"]
    }

    /// What trials cost, for the samples that they are trained on or else the space's own.
    func costs(_ measure: CostMeasure) throws -> TrialCosts {
        guard case .training(_, let scaled, let data) = kind else {
            return try TrialCosts(measure, of: space, input: space.input, classes: space.classes)
        }
        return try TrialCosts(
            measure, of: scaled, input: data.inputShape, classes: data.classes)
    }

    /// The objective of study `id`, whose checkpoints lie in `store`.
    func objective(_ store: Store, _ id: Int) throws -> any Objective {
        switch kind {
        case .table(let table): table
        case .training(let plan, let space, let dataset):
            try TrainingObjective(
                space: space, dataset: dataset, recipe: plan.recipe, initialization: plan.initialization,
                threads: plan.threads, start: try plan.start.map { try StartingWeights($0).read(store, id) },
                folder: { try store.folder(of: $0, in: id) })
        }
    }
}
