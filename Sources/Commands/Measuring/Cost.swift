import Language
import Networks
import Spaces

/// Parameters, multiply-adds, memory and depth.
struct Cost: Command {
    static let chapter = Chapter.measuring
    static let summary = "Count parameters, multiply-adds, activation memory and depth, whole and live."
    static let discussion = """
        `macs` are the multiply-adds of convolutions and linear layers for one sample; `activations` the bytes of all \
        results in 32-bit floats, `peak_memory` the most of them alive at once. The `live_` columns count only what lies \
        on a path from input to output. Counted on the network's graph for the space's own input unless `input` and \
        `classes` say otherwise.
        """
    static let examples = [
        Example(#"(arch nats_size, "8:8:8:16:32" | cost).params"#, gives: "[49202]"),
        Example("nb201 | sample 5, seed: 0 | cost | where .live_params <= .params | count", gives: "5"),
    ]

    @Option("shape of an input sample, [C, H, W]") var input: [Int] = []
    @Option("number of classes") var classes: Int?

    func outputType(for input: ValueType) throws -> ValueType {
        .table(try Architectures.schema(of: input).adding(CostColumns.types))
    }

    func run(_ input: Architectures, in context: Context) throws -> Table {
        let (table, cells) = (try input.asTable(), try input.cells())
        let model = try cells.space.costModel(
            input: try InputShape.read(self.input, otherwise: cells.space.input),
            classes: classes ?? cells.space.classes)
        let costs = try model.costs(of: cells.matrix)
        return CostColumns.columns(of: costs).reduce(table) { $0.adding($1) }
    }
}
