import Foundation
import Testing

@testable import Search

@Suite struct CategoryDensityTests {
    private let points: [[UInt8]] = [[0, 1], [0, 1], [0, 2], [1, 0]]

    @Test func `Bandwidths follow the normal reference rule within their bounds`() {
        let density = CategoryDensity(points, choices: [2, 300])
        let factor = 1.06 * pow(4, -1.0 / 6)
        // σ of 0, 0, 0, 1 is √3/4, of 1, 1, 2, 0 it is √½; two choices hold the first to a half.
        #expect(abs(density.bandwidths[0] - factor * 3.0.squareRoot() / 4) < 1e-15)
        #expect(abs(density.bandwidths[1] - factor * 0.5.squareRoot()) < 1e-15)
        #expect(CategoryDensity([[0], [1]], choices: [2]).bandwidths[0] < 0.5)
        #expect(CategoryDensity([[0], [4]], choices: [5]).bandwidths == [0.8])
        #expect(CategoryDensity([[3], [3]], choices: [5]).bandwidths == [0.001])
        #expect(CategoryDensity([[0], [0]], choices: [1]).bandwidths == [0])
    }

    @Test func `The density is the mean of products of kernels`() {
        let density = CategoryDensity(points, choices: [2, 3])
        let (a, b) = (density.bandwidths[0], density.bandwidths[1])
        // At (1, 1): twice other and same, once other and other, once same and other.
        let expected = (2 * a * (1 - b) + a * b / 2 + (1 - a) * b / 2) / 4
        #expect(abs(exp(density.logDensity([1, 1])) - expected) < 1e-15)
    }

    @Test(arguments: [[2, 3], [5, 4], [3, 3]])
    func `It sums to one over the space`(_ choices: [Int]) {
        let density = CategoryDensity(points, choices: choices)
        let total = (0..<choices[0]).reduce(0.0) { sum, a in
            (0..<choices[1]).reduce(sum) { $0 + exp(density.logDensity([UInt8(a), UInt8($1)])) }
        }
        #expect(abs(total - 1) < 1e-12)
    }

    @Test func `Two hundred genes do not underflow`() {
        let density = CategoryDensity([[UInt8](repeating: 0, count: 200)], choices: [Int](repeating: 9, count: 200))
        #expect(density.logDensity([UInt8](repeating: 1, count: 200)).isFinite)
    }
}
