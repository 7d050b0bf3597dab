import Networks
import Spaces

/// What a Gaussian process compares of its inputs: groups of their features, or the counts of their graphs.
struct GaussianProcessReader: Sendable {
    /// Where each block begins and ends in a row.
    let blocks: [Range<Int>]
    /// The kernel over the blocks.
    let kernel: GaussianProcessKernel
    /// The names of the features in the order of the blocks, and where each stands among the inputs' own.
    private let names: [String]
    private let places: [Int]
    private let inputNames: [String]
    private let graphs: GraphLabels?
    private let space: String?

    init(_ kind: GaussianProcess.Kernel, fitting inputs: PredictorInputs) throws(GaussianProcessError) {
        (inputNames, space) = (inputs.names, inputs.space?.name)
        if case .weisfeilerLehman(let iterations) = kind {
            guard let space = inputs.space, let matrix = inputs.architectures else { throw .noArchitectures }
            let labels = GraphLabels(of: matrix, in: space, iterations: iterations)
            graphs = labels
            (names, places) = ([], [])
            blocks = labels.blocks
            let numbers = Array(blocks.indices)
            kernel = GaussianProcessKernel([
                .init(.rbf, blocks: numbers, share: 0.5), .init(.linear, blocks: numbers, share: 0.5),
            ])
            return
        }
        guard !inputs.names.isEmpty else { throw .noFeatures }
        let groups = Self.groups(inputs.names)
        graphs = nil
        places = groups.flatMap(\.self)
        names = places.map { inputs.names[$0] }
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

    /// The rows of inputs, `[N, F]`.
    func rows(of inputs: PredictorInputs) throws(GaussianProcessError) -> [Float] {
        if let graphs {
            guard let matrix = inputs.architectures, let own = inputs.space else { throw .noArchitectures }
            guard own.name == space else {
                throw .differs(fitted: "architectures of \(space ?? "no space")", asked: "those of \(own.name)")
            }
            return graphs.rows(of: matrix, in: own)
        }
        guard inputs.names == inputNames else {
            throw .differs(
                fitted: "the features \(Self.phrase(inputNames))", asked: "the features \(Self.phrase(inputs.names))")
        }
        let width = places.count
        var rows = [Float](repeating: 0, count: inputs.count * width)
        for row in 0..<inputs.count {
            for (place, source) in places.enumerated() {
                rows[row * width + place] = inputs.values[row * width + source]
            }
        }
        return rows
    }

    private static func phrase(_ names: [String]) -> String {
        names.prefix(6).joined(separator: ", ") + (names.count > 6 ? " and \(names.count - 6) more" : "")
    }
}
