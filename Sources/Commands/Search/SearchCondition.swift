import Estimation
import Language
import Networks
import Search
import Spaces

/// A condition on what architectures cost and what predictors say of them, as the part of a space in which a search stays.
struct SearchCondition: Sendable {
    private let condition: Condition
    private let space: any Space
    private let model: any CostModel
    private let predictors: [PredictorHandle]

    /// - Parameter predictors: those whose targets are columns too.
    init(_ condition: Condition, in space: any Space, predictors: [PredictorHandle] = []) throws {
        (self.condition, self.space, self.predictors) = (condition, space, predictors)
        model = try space.costModel(input: space.input, classes: space.classes)
        for predictor in predictors { try predictor.check(takes: space) }
    }

    /// Whether an architecture meets it. A space that is small enough is computed as a whole, at once.
    func predicate() throws -> @Sendable (Architecture) throws -> Bool {
        guard let count = space.indexCount, count <= SearchDomain.largestPool else {
            return { architecture in
                let genes = GeneMatrix(space: space.name, length: space.genes.count, [architecture])
                return try holds(for: genes)[0]
            }
        }
        let admitted = Array(space.architectures)
        let verdicts = try holds(for: GeneMatrix(space: space.name, length: space.genes.count, admitted))
        var inside = [Bool](repeating: false, count: count)
        for (architecture, verdict) in zip(admitted, verdicts) {
            if let index = space.index(of: architecture) { inside[index] = verdict }
        }
        let allowed = inside
        return { architecture in space.index(of: architecture).map { allowed[$0] } ?? false }
    }

    /// Whether each of the architectures meets it.
    func holds(for matrix: GeneMatrix) throws -> [Bool] {
        let costs = Table(CostColumns.columns(of: try model.costs(of: matrix)))
        let table = try predictors.reduce(costs) { table, predictor in
            let guesses = try predictor.guesses(of: matrix, in: space).map(\.mean)
            return table.adding(Column(predictor.target, .floats(guesses), unit: predictor.unit))
        }
        return try condition.column(over: table).values.map { value in
            if case .bool(let verdict) = value { return verdict }
            return false
        }
    }
}

/// What a search throws, as an error of a command.
func searching<Result>(_ body: () throws -> Result) throws -> Result {
    do {
        return try body()
    } catch let error as SearchError {
        if case .nothingFeasible = error {
            throw CommandError(error.description, argument: "where", code: .outOfRange)
        }
        throw CommandError(error.description, code: .outOfRange)
    }
}
