import Statistics

/// Several ``TinyNetwork``s, each with a beginning of its own, that learn the same rows or parts of them.
struct TinyEnsemble: Sendable {
    /// The networks, all of one shape.
    let members: [TinyNetwork]

    /// How its networks look and learn; the defaults are those of BANANAS's code.
    struct Settings: Sendable {
        var layers = 10
        var units = 20
        var epochs = 150
        var rate: Float = 0.01
    }

    /// Networks that have learnt, on all processors.
    /// - Parameters:
    ///   - rows: `[N, width]` row by row.
    ///   - targets: `[N]`, of the order of 1.
    ///   - lessons: for each network the numbers of the rows that it sees.
    init(
        _ rows: [Float], width: Int, targets: [Float], lessons: [[Int]], _ settings: Settings = Settings(),
        using generator: inout Random
    ) throws {
        let own = lessons.map { _ in generator.split() }
        members = try Parallel.map(lessons.count, chunk: 1) { number in
            var random = own[number]
            var network = TinyNetwork(
                inputs: width, layers: settings.layers, units: settings.units, using: &random)
            network.learn(
                rows, targets: targets, among: lessons[number], epochs: settings.epochs, rate: settings.rate,
                using: &random)
            return network
        }
    }

    /// What each member says of each of B rows, `[M][B]`.
    func outputs(of rows: [Float]) -> [[Float]] { members.map { $0.values(of: rows) } }

    /// Stores what `init(_:inputs:)` reads.
    func store(into state: inout PredictorState) {
        state["shape"] =
            (members.first?.shape).map { [Double($0.layers.count - 1), Double($0.layers[0].outputs)] } ?? []
        state["parameters"] = members.flatMap { $0.parameters.map(Double.init) }
    }

    /// The networks that were stored.
    /// - Throws: `PredictorError` where their parameters do not fit their shape.
    init(_ state: PredictorState, inputs: Int) throws {
        let numbers = try state.integers("shape", in: 1..<100_000)
        guard numbers.count == 2 else { throw PredictorState.damaged("its shape") }
        let shape = TinyNetworkShape(inputs: inputs, layers: numbers[0], units: numbers[1])
        let parameters = state["parameters"].map { Float($0) }
        guard !parameters.isEmpty, parameters.count.isMultiple(of: shape.count) else {
            throw PredictorState.damaged("its parameters")
        }
        members = stride(from: 0, to: parameters.count, by: shape.count).map {
            TinyNetwork(shape, parameters: Array(parameters[$0..<$0 + shape.count]))
        }
    }
}
