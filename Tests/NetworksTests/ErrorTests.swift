import Testing

@testable import Networks

/// Layers that do not fit name themselves and what they expected.
@Suite struct ErrorTests {
    @Test func windowLargerThanTheMap() throws {
        var net = NetworkBuilder(input: Shape(3, 2, 2))
        let error = try #require(throws: NetworkError.self) {
            _ = try net.convolution(net.input, "stem.0", to: 8, .init(5, padding: 0))
        }
        #expect(error.layer == "stem.0")
        #expect(error.reason.contains("does not fit into 2×2"))
    }

    @Test func sumOfUnequalShapes() throws {
        var net = NetworkBuilder(input: Shape(3, 4, 4))
        let wide = try net.convolution(net.input, "wide", to: 8, .init(1))
        let error = try #require(throws: NetworkError.self) { _ = try net.add(.add, [net.input, wide], "sum") }
        #expect(error.description.contains("layer 'sum': expects 3×4×4, but 8×4×4 comes in"))
    }

    @Test func groupsThatDoNotDivide() {
        var net = NetworkBuilder(input: Shape(3, 4, 4))
        #expect(throws: NetworkError.self) { _ = try net.convolution(net.input, "grouped", to: 8, .init(1), groups: 2) }
    }

    @Test func mergesWithoutInputs() {
        var net = NetworkBuilder(input: Shape(3, 4, 4))
        #expect(throws: NetworkError.self) { _ = try net.add(.add, []) }
        #expect(throws: NetworkError.self) { _ = try net.add(.identity, [0, 0]) }
        #expect(throws: NetworkError.self) { _ = try net.add(.linear(inputs: 3, outputs: 1, bias: true), 0) }
    }
}
