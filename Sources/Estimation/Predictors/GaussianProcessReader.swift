import Networks
import Spaces

/// What a Gaussian process compares of its inputs: groups of their features, or the counts of their graphs.
struct GaussianProcessReader: Sendable {
    /// Where each block begins and ends in a row.
    let blocks: [Range<Int>]
    /// The kernel over the blocks.
    let kernel: GaussianProcessKernel
    private let kind: GaussianProcess.Kernel
    /// The names of the inputs' features, and where each of the blocks stands among them.
    private let names: [String]
    private let places: [Int]
    private let graphs: GraphLabels?
    private let space: String?

    init(_ kind: GaussianProcess.Kernel, fitting inputs: PredictorInputs) throws {
        guard case .weisfeilerLehman(let iterations) = kind else {
            try self.init(kind, names: inputs.names, space: inputs.space?.name)
            return
        }
        let (matrix, space) = try Self.architectures(of: inputs)
        let labels = GraphLabels(of: matrix, in: space, iterations: iterations)
        self.init(labels, names: inputs.names, space: space.name)
    }

    private init(_ graphs: GraphLabels, names: [String], space: String?) {
        (self.graphs, self.names, self.space, places) = (graphs, names, space, [])
        kind = .weisfeilerLehman(graphs.iterations)
        blocks = graphs.blocks
        let numbers = Array(blocks.indices)
        kernel = GaussianProcessKernel([
            .init(.rbf, blocks: numbers, share: 0.5), .init(.linear, blocks: numbers, share: 0.5),
        ])
    }

    private init(_ kind: GaussianProcess.Kernel, names: [String], space: String?) throws {
        guard !names.isEmpty else {
            throw PredictorError(
                .features, "there are no features to compare",
                try: "name columns, or compare graphs by the Weisfeiler–Lehman kernel")
        }
        (self.kind, self.names, self.space, graphs) = (kind, names, space, nil)
        let groups = Self.groups(names)
        places = groups.flatMap(\.self)
        var end = 0
        blocks = groups.map { group in
            defer { end += group.count }
            return end..<end + group.count
        }
        let numbers = Array(blocks.indices)
        let shape: GaussianProcessKernel.Shape = kind == .rbf ? .rbf : .matern52
        var terms = [GaussianProcessKernel.Term(shape, blocks: numbers, share: kind == .sum ? 0.7 : 1)]
        if kind == .sum { terms.append(.init(.linear, blocks: numbers, share: 0.3)) }
        kernel = GaussianProcessKernel(terms)
    }

    /// At most so many groups have a length each; of more features, all of one stem share it.
    private static let mostGroups = 48

    /// The features that belong together: all of one stem, the name before its last number or separator.
    private static func groups(_ names: [String]) -> [[Int]] {
        if names.count <= mostGroups / 2 { return names.indices.map { [$0] } }
        var order: [String] = []
        var members: [String: [Int]] = [:]
        for (place, name) in names.enumerated() {
            let stem = stem(of: name)
            if members[stem] == nil { order.append(stem) }
            members[stem, default: []].append(place)
        }
        guard order.count <= mostGroups else { return [Array(names.indices)] }
        return order.map { members[$0] ?? [] }
    }

    private static func stem(of name: String) -> String {
        var rest = Substring(name)
        while let last = rest.last, last.isNumber || "[]()".contains(last) { rest.removeLast() }
        if rest.count == name.count, let cut = rest.lastIndex(where: { ".=:/".contains($0) }) { rest = rest[..<cut] }
        return String(rest)
    }

    /// Refuses inputs without what is compared, or of other features or another space than those fitted.
    func check(_ inputs: PredictorInputs) throws {
        try inputs.check(features: graphs == nil ? names : inputs.names, space: space)
        if graphs != nil { _ = try Self.architectures(of: inputs) }
    }

    private static func architectures(of inputs: PredictorInputs) throws -> (GeneMatrix, any Space) {
        guard let matrix = inputs.architectures, let space = inputs.space else {
            throw PredictorError(
                .features, "the Weisfeiler–Lehman kernel compares graphs, not columns",
                try: "give architectures, or use another kernel")
        }
        return (matrix, space)
    }

    /// Some of the rows of inputs, `[rows, F]`.
    func rows(of inputs: PredictorInputs, _ range: Range<Int>) throws -> [Float] {
        if let graphs {
            let (matrix, space) = try Self.architectures(of: inputs)
            return graphs.rows(of: matrix, range, in: space)
        }
        let width = places.count
        var rows = [Float](repeating: 0, count: range.count * width)
        for row in range {
            let start = (row - range.lowerBound) * width
            for (place, source) in places.enumerated() { rows[start + place] = inputs.values[row * width + source] }
        }
        return rows
    }
}

extension GaussianProcessReader {
    /// The kinds of kernel in the order of their numbers in a file; behind them graph kernels by iterations.
    private static let kinds: [GaussianProcess.Kernel] = [.rbf, .matern, .sum]

    /// Stores what `init(_:)` reads.
    func store(into state: inout PredictorState) {
        (state.features, state.space) = (names, space)
        state["kernel"] = [Double(Self.kinds.firstIndex(of: kind) ?? Self.kinds.count)]
        graphs?.store(into: &state)
    }

    init(_ state: PredictorState) throws {
        guard let number = try state.integers("kernel", in: 0..<Self.kinds.count + 1).first else {
            throw PredictorState.damaged("its kernel")
        }
        if number < Self.kinds.count {
            try self.init(Self.kinds[number], names: state.features, space: state.space)
        } else {
            self.init(try GraphLabels(state), names: state.features, space: state.space)
        }
    }
}
