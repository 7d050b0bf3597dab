import Language
import Spaces

/// Architectures as numbers for a predictor.
struct Encode: Command {
    static let chapter = Chapter.spaces
    static let summary = "Write architectures as vectors of features, one column a feature."
    static let discussion = """
        `adjacency` is one-hot over the choices of each gene, `categorical` the number of the choice, and `path` says \
        which sequences of operations lead from a cell's input to its output (C. White, W. Neiswanger, Y. Savani, \
        "BANANAS: Bayesian Optimization with Neural Architectures for Neural Architecture Search", AAAI 2021).
        """
    static let examples = [Example("nb201 | sample 2, seed: 0 | encode adjacency | columns | count", gives: "31")]

    @Argument("the encoding") var encoding: EncodingName

    func outputType(for input: ValueType) throws -> ValueType {
        var schema = try Architectures.schema(of: input)
        schema.isOpen = true
        return .table(schema)
    }

    func run(_ input: Architectures, in context: Context) throws -> Table {
        let (table, cells) = (try input.asTable(), try input.cells())
        let rows = try cells.matrix.map { try cells.space.encode($0, as: encoding.encoding) }
        return (0..<(rows.first?.count ?? 0)).reduce(table) { table, feature in
            let values = rows.map { Double($0[feature]) }
            return table.adding(Column("\(encoding.encoding.rawValue)_\(feature)", .floats(values)))
        }
    }
}

/// The name of an encoding.
struct EncodingName: Constant {
    static let kind = "encoding"
    static let all = Encoding.allCases.map { ConstantName($0.rawValue) }
    let encoding: Encoding
    init(constant name: String) { encoding = Encoding(rawValue: name) ?? .adjacency }
}
