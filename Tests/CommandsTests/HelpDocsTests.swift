import Commands
import Language
import Testing

/// Help as it is read at the prompt, and the reference.
@Suite struct HelpDocsTests {
    @Test(arguments: [20, 40, 80], ["help", "help plot", "help space", "help E012", "help device", "nb201"])
    func `help fits the window`(_ width: Int, _ program: String) throws {
        let text = try ValuePrinter(width: width).text(Bench().value(program))
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= width })
    }

    @Test func `lines go on below their text`() throws {
        let text = try ValuePrinter(width: 60).text(Bench().value("help"))
        #expect(
            text.contains(
                """
                  mutate          Change one gene of an architecture, or of
                                  each in a table, at random.
                """))
    }

    @Test(arguments: Vocabulary.nash.constants.map(\.name.name))
    func `every constant has help`(_ name: String) throws {
        #expect(try #require(Help(.nash).text(on: name)).hasPrefix(name))
    }

    @Test func `a kind lists its constants`() throws {
        let devices = try #require(Help(.nash).text(on: "device"))
        #expect(devices.contains("pixel3"))
        #expect(!devices.contains("cifar10"))
    }

    @Test func `the reference has every word, constant and error`() {
        let markdown = Reference(.nash).markdown
        for word in Vocabulary.nash.words { #expect(markdown.contains("\n### \(word.name)\n")) }
        for constant in Vocabulary.nash.constants { #expect(markdown.contains("`\(constant.name.name)`")) }
        for code in Code.allCases { #expect(markdown.contains("\n### \(code.rawValue): ")) }
    }
}
