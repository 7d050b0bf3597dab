import Commands
import Language
import Testing

/// What every word must keep: run over the vocabulary.
@Suite struct WordsTests {
    static let words = Vocabulary.nash.words
    static let examples = words.flatMap { word in word.signature.examples.map { (word.name, $0) } }

    @Test(arguments: words.map(\.name))
    func `says what it is for`(_ name: String) throws {
        let signature = try #require(Vocabulary.nash.word(name)).signature
        #expect(signature.summary.hasSuffix("."), "a sentence")
        #expect(signature.parameters.allSatisfy { !$0.help.isEmpty })
        #expect(Set(signature.parameters.map(\.name)).count == signature.parameters.count)
        let help = try #require(Help(.nash).text(on: name))
        for parameter in signature.parameters { #expect(help.contains(parameter.name)) }
    }

    @Test(arguments: examples)
    func `its examples run and give what they say`(_ name: String, _ example: Example) throws {
        let lines = try Bench().lines(example.source)
        if let result = example.result { #expect(lines.last == result) }
        #expect(example.source.contains(name))
    }

    /// Words without an example need files or stop the program: their own tests run them.
    @Test func `nearly every word has an example`() {
        let without = Self.words.filter { $0.signature.examples.isEmpty }.map(\.name)
        let known: Set = [
            "curves", "export", "extract", "fail", "import", "load", "load_predictor", "load_supernet", "load_weights",
            "query", "remove",
            "retrain", "save",
            "study", "trials",
        ]
        #expect(Set(without).isSubset(of: known))
    }

    @Test func `names are unique and no constant is a word`() {
        let names = Self.words.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(Set(names).isDisjoint(with: Vocabulary.nash.constants.map(\.name.name)))
    }
}
