/// The reference manual in Markdown, made from the declarations: every word, function, constant, unit and error.
public struct Reference: Sendable {
    let vocabulary: Vocabulary

    /// A manual of the words and constants of `vocabulary`.
    public init(_ vocabulary: Vocabulary) { self.vocabulary = vocabulary }

    /// The whole manual.
    public var markdown: String {
        let preface = """
            # Reference

            Every word, constant, unit and error of nash. This file is made from the declarations in the sources by \
            `scripts/reference`; the [manual](manual.md) explains how they go together. In the calls, `[…]` may be left \
            out, and what stands before `|` is what is piped in.
            """
        let parts = [preface, contents] + chapters + [functions, constants, units, errors]
        return parts.joined(separator: "\n\n") + "\n"
    }

    private var contents: String {
        let others = ["Functions of numbers", "Constants", "Units", "Errors"]
        let lines = chapterNames.map { chapter in
            let words = words(of: chapter).map { "[`\($0.name)`](#\($0.name))" }.joined(separator: " ")
            return "- [\(chapter.rawValue)](#\(Self.anchor(chapter.rawValue))): \(words)"
        }
        return (lines + others.map { "- [\($0)](#\(Self.anchor($0)))" }).joined(separator: "\n")
    }

    private static func anchor(_ heading: String) -> String { heading.lowercased().replacing(" ", with: "-") }

    // MARK: Words

    private var chapterNames: [Chapter] { Chapter.allCases.filter { !words(of: $0).isEmpty } }

    private func words(of chapter: Chapter) -> [Signature] {
        vocabulary.words.map(\.signature).filter { $0.chapter == chapter }.sorted { $0.name < $1.name }
    }

    private var chapters: [String] {
        chapterNames.map { chapter in
            (["## \(chapter.rawValue)"] + words(of: chapter).map(text)).joined(separator: "\n\n")
        }
    }

    private func text(_ signature: Signature) -> String {
        var parts = ["### \(signature.name)", Self.code(signature.usage), signature.summary]
        if signature.output != .none { parts[2] += " Gives \(signature.output.phrase)." }
        if !signature.discussion.isEmpty { parts.append(signature.discussion) }
        if !signature.parameters.isEmpty { parts.append(Self.table(of: signature.parameters)) }
        if !signature.examples.isEmpty { parts.append(Self.code(Self.text(of: signature.examples), "nash no-run")) }
        return parts.joined(separator: "\n\n")
    }

    private static func table(of parameters: [Signature.Parameter]) -> String {
        let rows = parameters.map { parameter in
            let name = parameter.isPositional ? parameter.name : "\(parameter.name):"
            let fallback = parameter.fallback.map { "`\($0)`" } ?? (parameter.isRequired ? "must be given" : "–")
            return row(["`\(name)`", parameter.takes, fallback, parameter.help])
        }
        return ([row(["argument", "takes", "unless given", "meaning"]), row(["---", "---", "---", "---"])] + rows)
            .joined(separator: "\n")
    }

    private static func row(_ cells: [String]) -> String {
        "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
    }

    private static func text(of examples: [Example]) -> String {
        examples.map { example in example.source + (example.result.map { "  # \($0)" } ?? "") }.joined(separator: "\n")
    }

    private static func code(_ text: String, _ language: String = "") -> String { "```\(language)\n\(text)\n```" }
}

extension Reference {
    // MARK: The rest of the language

    private var functions: String {
        let rows = ScalarFunction.all.map { function in
            Self.row(["`\(function.name)(x)`", function.summary, function.unitRule == .kept ? "kept" : "none allowed"])
        }
        let preface = "They work on single values and on whole columns; what is no finite number becomes `none`."
        return (["## Functions of numbers", "", preface, "", Self.row(["function", "value", "unit"])]
            + [Self.row(["---", "---", "---"])] + rows).joined(separator: "\n")
    }

    private var constants: String {
        let lists = vocabulary.kinds.map { kind in
            let all = vocabulary.constants.filter { $0.kind == kind }.map(\.name)
            let isPlain = all.allSatisfy(\.summary.isEmpty)
            let names = all.map { "`\($0.name)`" }.sorted().joined(separator: ", ")
            let lines = all.map { "- `\($0.name)`: \($0.summary)" }.joined(separator: "\n")
            return "### Names of \(kind)s\n\n" + (isPlain ? "\(names)." : lines)
        }
        return (["## Constants"] + lists).joined(separator: "\n\n")
    }

    private var units: String {
        let rows = Dimension.allCases.map { dimension in
            let names = Unit.allCases.filter { $0.dimension == dimension }.map { "`\($0.rawValue)`" }
            return Self.row([dimension.rawValue, names.joined(separator: " ")])
        }
        let multipliers = Unit.multipliers.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map {
            "`\($0.key)` \(Numerals.plain($0.value))"
        }
        let preface = """
            A unit stands right behind its number: `5ms`. Only quantities of one dimension compare and add. The \
            multipliers make plain numbers: \(multipliers.joined(separator: ", ")).
            """
        return (["## Units", "", preface, "", Self.row(["dimension", "units"]), Self.row(["---", "---"])] + rows)
            .joined(separator: "\n")
    }

    private var errors: String {
        let texts = Code.allCases.map { code in
            let explanation = code.explanation
            let right = explanation.right.map { "\n\nInstead:\n\n" + Self.code($0) } ?? ""
            return "### \(code.rawValue): \(explanation.title)\n\n\(explanation.text)\n\n"
                + Self.code(explanation.wrong) + right
        }
        return (["## Errors"] + texts).joined(separator: "\n\n")
    }
}
