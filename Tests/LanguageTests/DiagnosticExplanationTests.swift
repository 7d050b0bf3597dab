import Testing

@testable import Language

@Suite struct DiagnosticExplanationTests {
    @Test(arguments: Code.allCases) func everyCodeIsExplained(_ code: Code) {
        let explanation = code.explanation
        #expect(!explanation.title.isEmpty && explanation.title.count <= 60)
        #expect(explanation.text.count > 60)
        #expect(explanation.text.hasSuffix("."))
        #expect(!explanation.wrong.isEmpty)
        #expect(explanation.description.contains(explanation.wrong))
    }

    @Test func noTwoExplanationsAreTheSame() {
        #expect(Set(Code.allCases.map(\.explanation)).count == Code.allCases.count)
    }

    @Test(arguments: [Code.syntax, .unterminated, .badNumber, .badUnit, .badEscape, .onlyAtThePrompt])
    func inputCausesTheError(_ code: Code) {
        let error = #expect(throws: Diagnostic.self) { try outline(code.explanation.wrong) }
        #expect(error?.code == code)
    }

    @Test(arguments: Code.allCases) func mendedInputParses(_ code: Code) throws {
        guard let right = code.explanation.right else { return }
        #expect(try !outline(right).isEmpty)
    }

    /// What names and values can have wrong is no matter of syntax.
    @Test(arguments: Code.allCases.filter { $0.rawValue.hasPrefix("E01") || $0.rawValue.hasPrefix("E02") })
    func inputWithAnotherErrorParses(_ code: Code) throws {
        #expect(try !outline(code.explanation.wrong).isEmpty)
    }
}
