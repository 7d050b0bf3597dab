import Testing

@testable import Language

/// Whether a cell can run as it stands.
@Suite struct CompletenessTests {
    @Test(
        arguments: [
            ("", .complete), ("1 + 1", .complete), ("nosuch 3", .complete), ("x |", .incomplete(openBrackets: 0)),
            ("(1 +", .incomplete(openBrackets: 1)), ("{x -> [(", .incomplete(openBrackets: 3)),
            ("(1)\n\"a", .incomplete(openBrackets: 0)), ("1)", .invalid), ("1 2", .invalid), ("1 @", .invalid),
        ] as [(String, Completeness)])
    func `of a text`(_ text: String, _ expected: Completeness) {
        #expect(Completeness(text) == expected)
    }
}
