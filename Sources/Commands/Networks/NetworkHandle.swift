public import Language
import Networks
import Spaces
import Statistics
public import Training
import Trials

/// A network with its initial or loaded weights as a value of the language: all that a model is made from, on whatever
/// thread runs it.
public struct NetworkHandle: ConvertibleHandle {
    /// `network`.
    public static let typeName = "network"
    /// The architecture that it was built from; nil for a network of another program, or of a space that is not known.
    public let architecture: ArchitectureHandle?
    /// The graph and where its weights come from.
    public let blueprint: Blueprint
    /// Where its weights come from.
    public let weights: WeightsOrigin

    /// The network of `blueprint`, built from `architecture`.
    public init(_ architecture: ArchitectureHandle?, _ blueprint: Blueprint, weights: WeightsOrigin = .initial) {
        self.architecture = architecture
        self.blueprint = blueprint
        self.weights = weights
    }

    private var network: Network { blueprint.network }
    private var classes: Int { network.nodes[network.output].shape.channels }

    /// Space, architecture, input, classes and where the weights come from, in a line.
    public var summary: String {
        let named = architecture.map { "\($0.space.name) network \($0.summary)" } ?? "network"
        return "\(named), \(network.input) to \(classes) classes, \(origin)"
    }

    /// The architecture, for a word that cannot do without.
    ///
    /// - Throws: `CommandError` where there is none.
    func architecture(for word: String) throws -> ArchitectureHandle {
        guard let architecture else {
            throw CommandError(
                "`\(word)` needs a network's architecture, and this one was imported without",
                help: "`import` finds it in files that nash exported; give `space:` for one of your own spaces",
                code: .wrongInput)
        }
        return architecture
    }

    private var origin: String {
        switch weights {
        case .initial: "\(blueprint.initialization.rawValue) weights of seed \(blueprint.seed)"
        case .file(let path): "weights of \(path)"
        case .inherited(let supernet): "weights of the supernet \(supernet)"
        case .trained(let history):
            "trained on \(history.data) for \(history.epochs.count.counting("epoch")) (\(history.study))"
        }
    }

    /// What makes two networks equal: architecture, graph, dead parts and weights.
    public var identity: String {
        var hash = StableHash()
        for node in network.nodes { hash.absorb("\(node)") }
        return "\(architecture?.identity ?? "") \(hash.text) \(blueprint.dead) \(origin)"
    }

    /// The summary, its modules with shapes and parameters, and the totals.
    public var display: String {
        let cost = network.cost
        let blocks = network.blocks.map { [$0.name, "\($0.output)", "\($0.parameters)"] }
        let rows = aligned([["module", "output", "params"]] + blocks).map { "  \($0)" }
        let dead = cost.parameters - network.liveCost.parameters
        return """
            \(summary)
            \(rows.joined(separator: "\n"))
              \(cost.parameters) parameters\(dead > 0 ? ", \(dead) of them dead" : ""), \(cost.macs) multiply-adds, \
            depth \(cost.depth)
            """
    }

    /// What can be asked of a network with a dot.
    public static let fields = [
        ColumnType("arch", .handle(ArchitectureHandle.typeName)), ColumnType("params", .int), ColumnType("macs", .int),
        ColumnType("depth", .int), ColumnType("live_params", .int), ColumnType("input", .list(.int)),
        ColumnType("classes", .int), ColumnType("seed", .int), ColumnType("init", .string), ColumnType("dead", .string),
        ColumnType("weights", .string), ColumnType("accuracy", .number, unit: .percent),
        ColumnType("curves", .table(CurveColumns.schema(of: []))),
        ColumnType(
            "parameters", .table(Schema([ColumnType("name", .string), ColumnType("shape", .list(.int))]))),
    ]

    /// The value of the field of this name; `nil` where there is none.
    public func field(_ name: String) -> Value? {
        switch name {
        case "arch": architecture?.value ?? .none("imported without an architecture")
        case "params": .int(network.cost.parameters)
        case "macs": .int(network.cost.macs)
        case "depth": .int(network.cost.depth)
        case "live_params": .int(network.liveCost.parameters)
        case "input": .list([network.input.channels, network.input.height, network.input.width].map(Value.int))
        case "classes": .int(classes)
        case "seed": .int(Int(truncatingIfNeeded: blueprint.seed.value))
        case "init": .string(blueprint.initialization.rawValue)
        case "dead": .string(blueprint.dead.rawValue)
        case "weights": .string(origin)
        case "accuracy": accuracy
        case "curves": .table(CurveColumns.table(of: weights.history?.epochs ?? []))
        case "parameters": .table(parameters)
        default: nil
        }
    }

    private var accuracy: Value {
        guard let history = weights.history else { return .none("not trained") }
        guard let accuracy = history.epochs.last?.accuracy else { return .none("not evaluated") }
        return .quantity(Quantity(accuracy * 100, .percent))
    }

    private var parameters: Table {
        let all = network.parameters
        return Table([
            Column("name", .strings(all.map(\.name))),
            Column("shape", .values(all.map { .list($0.extents.map(Value.int)) })),
        ])
    }
}

extension NetworkHandle: Saveable {
    /// Writes weights and statistics of the whole network, dead parts included, by PyTorch's names, and the network
    /// itself in the file's metadata.
    func save(to path: String, in context: Context) throws {
        guard path.hasSuffix(".safetensors") else {
            throw CommandError(
                "a network is saved as .safetensors", help: "such as `save \"out.safetensors\"`", argument: "path",
                code: .file)
        }
        _ = try export(to: path)
    }
}

/// The cells of each row padded to the width of their column: the first to the left, others to the right.
private func aligned(_ rows: [[String]]) -> [String] {
    let widths = rows[0].indices.map { column in rows.map(\.[column].count).max() ?? 0 }
    return rows.map { row in
        zip(row, widths).enumerated().map { column, cell in
            let blanks = String(repeating: " ", count: cell.1 - cell.0.count)
            return column == 0 ? cell.0 + blanks : blanks + cell.0
        }.joined(separator: "  ")
    }
}
