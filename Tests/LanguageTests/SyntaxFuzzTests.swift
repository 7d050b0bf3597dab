import Foundation
import Testing

@testable import Language

/// Fuzzing of lexer, parser, printer and renderers.
///
/// A fixed number of texts by default; for `NASH_FUZZ_SECONDS` seconds, from another seed each time, where that is
/// set. `scripts/fuzz` lets libFuzzer guide the same checks by coverage.
@Suite struct SyntaxFuzzTests {
    @Test func correctProgramsParse() {
        fuzz(count: 300) { generator in
            let text = generator.program()
            do throws(Diagnostic) {
                _ = try Parser.parse(Source(name: "fuzz", text: text))
                return text
            } catch {
                Issue.record("the grammar derives this, but: \(Renderer().render(error))")
                return nil
            }
        }
    }

    @Test func mutatedProgramsKeepTheInvariants() {
        let seeds = SyntaxExamples.all
        fuzz(count: 1000) { generator in
            generator.mutation(of: seeds + [generator.program()])
        }
    }

    /// What fuzzing found once.
    @Test(arguments: SyntaxFindings.all) func findingStaysMended(_ text: String) {
        #expect(SyntaxInvariants.violation(in: text) == nil)
    }

    private func fuzz(count: Int, _ text: (inout SyntaxGenerator<SplitMix>) -> String?) {
        let seconds = ProcessInfo.processInfo.environment["NASH_FUZZ_SECONDS"].flatMap(Double.init)
        let end = Date().addingTimeInterval(seconds ?? .infinity)
        let seed: UInt64 = seconds == nil ? 1 : .random(in: 0...UInt64.max)
        var generator = SyntaxGenerator(using: SplitMix(seed: seed))
        var drawn = 0
        while seconds == nil ? drawn < count : Date() < end {
            drawn += 1
            guard let text = text(&generator) else { return }
            if let violation = SyntaxInvariants.violation(in: text) {
                Issue.record("\(violation)\nin \(text.debugDescription)")
                return
            }
        }
    }
}
