import Statistics
import Testing

/// Whether two numbers agree to a relative or absolute 1e-12.
func agree(_ a: Double?, _ b: Double) -> Bool {
    guard let a else { return false }
    return (a - b).magnitude <= 1e-12 * max(1, b.magnitude)
}

/// A case whose coefficients and p-values were computed by SciPy 1.17.1 (`pearsonr`, `spearmanr`, `kendalltau`).
struct CorrelationCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let x: [Double]
    let y: [Double]
    let expected: [(coefficient: Double, pValue: Double)]

    private static let long: [Double] = (0..<3000).map { Double($0 * 7919 % 1009) / 10 }
    private static let noise: [Double] = (0..<3000).map { Double($0 * 104_729 % 997) / 2 }

    static let all = [
        CorrelationCase(
            testDescription: "five pairs with ties", x: [12, 2, 1, 12, 2], y: [1, 4, 7, 1, 0],
            expected: [
                (-0.5566399985665696, 0.32978798042638324), (-0.5407380704358752, 0.3467146139768868),
                (-0.4714045207910316, 0.28274545993277467),
            ]),
        CorrelationCase(
            testDescription: "eight pairs without ties", x: [1, 2, 3, 4, 5, 6, 7, 8], y: [2, 1, 4, 3, 7, 8, 6, 5],
            expected: [
                (0.7380952380952379, 0.036552761052860906), (0.7380952380952381, 0.03655276105286081),
                (0.5, 0.10868055555555556),
            ]),
        CorrelationCase(
            testDescription: "a perfect order", x: [1, 2, 3, 4, 5], y: [1, 2, 3, 4, 5],
            expected: [(1, 0), (1, 0), (1, 0.016666666666666666)]),
        CorrelationCase(
            testDescription: "one exchange from the reverse", x: [1, 2, 3, 4, 5, 6], y: [6, 5, 4, 3, 1, 2],
            expected: [
                (-0.9428571428571428, 0.004804664723032073), (-0.942857142857143, 0.004804664723032055),
                (-0.8666666666666666, 0.016666666666666666),
            ]),
        CorrelationCase(
            testDescription: "sixty pairs of few values", x: (0..<60).map { Double($0 * 37 % 11) },
            y: (0..<60).map { Double(($0 * $0 * 13 + $0 % 7) % 17) },
            expected: [
                (0.07824572642963135, 0.5523440316528893), (0.08658388782396116, 0.5106637016571552),
                (0.06707438426690428, 0.4754799424125016),
            ]),
        CorrelationCase(
            testDescription: "3,000 pairs, related", x: long,
            y: zip(long, noise).map { (($0 * 3 + $1) / 5).rounded(.down) },
            expected: [
                (0.522103462787388, 1.7809611326810734e-209), (0.4995167502392244, 3.9853401327196355e-189),
                (0.34830442641369963, 2.0044198062743823e-178),
            ]),
        CorrelationCase(
            testDescription: "3,000 pairs, unrelated", x: long, y: noise,
            expected: [
                (0.00540466176725489, 0.7673031595681913), (0.00540343606830159, 0.7673544107667716),
                (0.005265482439244913, 0.6656949420143548),
            ]),
    ]
}

@Suite struct CorrelationTests {
    @Test(arguments: CorrelationCase.all)
    func equalsSciPy(_ example: CorrelationCase) throws {
        for (method, expected) in zip(Correlation.Method.allCases, example.expected) {
            let result = try Correlation(method, example.x, example.y)
            #expect(agree(result.coefficient, expected.coefficient), "\(method): \(String(describing: result))")
            let p = try #require(result.pValue)
            let error = (p - expected.pValue).magnitude
            #expect(error <= 1e-10 * expected.pValue || error <= 1e-15, "\(method): p \(p)")
        }
    }

    @Test(arguments: Correlation.Method.allCases)
    func isSymmetricAndOdd(_ method: Correlation.Method) throws {
        var generator = Random(seed: 5)
        let x = (0..<400).map { _ in Double(generator.below(30)) }
        let y = x.map { $0 + Double(generator.below(40)) }
        let forward = try Correlation(method, x, y)
        #expect(agree(try Correlation(method, y, x).coefficient, try #require(forward.coefficient)))
        let opposite = try Correlation(method, x, y.map { -$0 })
        #expect(agree(opposite.coefficient, -(try #require(forward.coefficient))))
    }

    @Test(arguments: Correlation.Method.allCases)
    func leavesOutWhatIsNotFinite(_ method: Correlation.Method) throws {
        let whole = try Correlation(method, [1, 2, 3, 4], [1, 3, 2, 5])
        let holes = try Correlation(
            method, [1, .nan, 2, 3, .infinity, 4, 9], [1, 7, 3, 2, 1, 5, .nan])
        #expect(holes.coefficient == whole.coefficient)
        #expect(holes.pValue == whole.pValue)
        #expect(holes.count == 4)
        #expect(holes.omitted == 3)
    }

    @Test(arguments: Correlation.Method.allCases)
    func hasNoValueWhereASideIsConstant(_ method: Correlation.Method) throws {
        let tenth = [Double](repeating: 0.1, count: 7)
        #expect(try Correlation(method, tenth, [1, 2, 3, 4, 5, 6, 7]).coefficient == nil)
        #expect(try Correlation(method, [1], [2]).coefficient == nil)
        #expect(try Correlation(method, [], []).pValue == nil)
    }

    @Test func refusesUnequalLengths() {
        #expect(throws: StatisticsError.unequalLengths(2, 3)) { try Correlation(.pearson, [1, 2], [1, 2, 3]) }
    }

    @Test func survivesHugeTinyAndOffsetNumbers() throws {
        let y = [1.0, 3, 2, 5]
        let expected = try #require(try Correlation(.pearson, [1, 2, 3, 4], y).coefficient)
        for (scale, offset) in [(1e300, 0.0), (1e-300, 0), (4, 1e16)] {
            let x = [1.0, 2, 3, 4].map { $0 * scale + offset }
            #expect(agree(try Correlation(.pearson, x, y).coefficient, expected), "\(scale) \(offset)")
        }
    }

    @Test func kendallCountsEveryPair() throws {
        var generator = Random(seed: 11)
        for count in [2, 3, 5, 8, 17, 64, 100, 257] {
            let x = (0..<count).map { _ in Double(generator.below(12)) }
            let y = (0..<count).map { _ in Double(generator.below(9)) }
            let expected = naiveKendall(x, y)
            let found = try Correlation(.kendall, x, y).coefficient
            #expect(found == nil ? expected.isNaN : agree(found, expected), "\(count)")
        }
    }

    /// τ-b by its definition, over all pairs.
    private func naiveKendall(_ x: [Double], _ y: [Double]) -> Double {
        var (surplus, untiedX, untiedY) = (0.0, 0.0, 0.0)
        for i in x.indices {
            for j in 0..<i {
                let (a, b) = ((x[i] - x[j]).signum, (y[i] - y[j]).signum)
                surplus += a * b
                untiedX += a * a
                untiedY += b * b
            }
        }
        return surplus / (untiedX * untiedY).squareRoot()
    }
}

extension Double {
    fileprivate var signum: Double { self > 0 ? 1 : self < 0 ? -1 : 0 }
}
