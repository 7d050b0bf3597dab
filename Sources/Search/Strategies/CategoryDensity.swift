import Glibc

/// A kernel density of genes, all of them unordered categories.
///
/// J. Aitchison and C. G. G. Aitken: Multivariate Binary Discrimination by the Kernel Method. Biometrika 63(3), 1976.
/// The density at x is the mean over the points y of Π_j k(x_j, y_j), where k is 1 − h_j for equal categories and
/// h_j/(c_j − 1) for others, c_j being the number of choices of the gene.
///
/// h_j is the normal reference rule on the numbers of the categories, 1.06·σ_j·n^(−1/(4 + d)), as in HpBandSter, at
/// least 0.001. Two departures from its library: c_j counts the gene's choices, not the categories that occur in the
/// points, so that a new category has a density; and h_j is at most (c_j − 1)/c_j, where the kernel is uniform, instead of
/// exceeding 1.
struct CategoryDensity: Sendable {
    static let leastBandwidth = 1e-3

    /// The points, `[n][d]`.
    let points: [[UInt8]]
    /// The kernel's width for each gene, `[d]`.
    let bandwidths: [Double]
    /// For each gene ln k for equal categories and for others, `[d]`.
    private let logarithms: [(same: Double, other: Double)]

    /// The density of points, at least one, of genes that have so many choices, `[d]`.
    init(_ points: [[UInt8]], choices: [Int]) {
        self.points = points
        let factor = 1.06 * pow(Double(points.count), -1 / Double(4 + choices.count))
        bandwidths = choices.indices.map { gene in
            let width = factor * Self.deviation(points.map { Double($0[gene]) })
            return min(max(width, Self.leastBandwidth), Double(choices[gene] - 1) / Double(choices[gene]))
        }
        logarithms = zip(bandwidths, choices).map { width, choices in
            (log(1 - width), choices > 1 ? log(width / Double(choices - 1)) : 0)
        }
    }

    /// ln of the density, which itself may be too small for a number where there are many genes.
    func logDensity(_ genes: [UInt8]) -> Double {
        let terms = points.map { point in
            genes.indices.reduce(0) { sum, gene in
                sum + (genes[gene] == point[gene] ? logarithms[gene].same : logarithms[gene].other)
            }
        }
        let largest = terms.max() ?? 0
        return largest + log(terms.reduce(0) { $0 + exp($1 - largest) } / Double(points.count))
    }

    /// The standard deviation √(Σ (x − mean)²/n).
    private static func deviation(_ values: [Double]) -> Double {
        let mean = values.reduce(0, +) / Double(values.count)
        return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
    }
}
