/// The text of `help`, `?word` and `?E012`, made from the declarations.
public struct Help: Sendable {
    let vocabulary: Vocabulary

    /// Makes it of its parts.
    public init(_ vocabulary: Vocabulary) { self.vocabulary = vocabulary }

    /// The words by chapter, one line each.
    public var overview: String {
        let width = vocabulary.words.map(\.name.count).max() ?? 0
        let chapters = Chapter.allCases.compactMap { chapter -> String? in
            let words = vocabulary.words.filter { $0.signature.chapter == chapter }
            guard !words.isEmpty else { return nil }
            let lines = words.sorted { $0.name < $1.name }.map {
                "  \(pad($0.name, to: width))  \($0.signature.summary)"
            }
            return ([chapter.rawValue] + lines).joined(separator: "\n")
        }
        let kinds = vocabulary.kinds.map { "`?\(Self.topic($0))`" }.joined(separator: ", ")
        let more = "`?sample` tells more of a word, `?E012` explains an error; \(kinds) list constants."
        return (chapters + [more]).joined(separator: "\n\n")
    }

    /// Everything about one topic: a word, a constant, a function, or the code of an error; nil for none of these.
    public func text(on topic: String) -> String? {
        if let word = vocabulary.word(topic) { return text(word.signature) }
        if let function = ScalarFunction.all.first(where: { $0.name == topic }) {
            return "\(topic)(x)\n\n\(function.summary) Works on single values and on whole columns."
        }
        if let constant = vocabulary.constant(topic) {
            let summary = constant.name.summary
            return "\(topic) is \(withArticle(constant.kind))\(summary.isEmpty ? "." : ": \(summary)")"
        }
        if let kind = vocabulary.kinds.first(where: { Self.topic($0) == topic }) { return list(of: kind) }
        if let code = Code(rawValue: topic.uppercased()) { return "\(code.rawValue): \(code.explanation)" }
        return nil
    }

    /// The constants of one kind, one line each.
    private func list(of kind: String) -> String {
        let names = vocabulary.constants.filter { $0.kind == kind }.map(\.name)
        let heading = "The constants that name \(withArticle(kind)):"
        if names.allSatisfy(\.summary.isEmpty) {
            return "\(heading)\n\n  \(names.map(\.name).sorted().joined(separator: ", "))"
        }
        let width = names.map(\.name.count).max() ?? 0
        return ([heading, ""] + names.map { "  \(pad($0.name, to: width))  \($0.summary)" }).joined(separator: "\n")
    }

    /// What stands behind the question mark: a name without spaces.
    private static func topic(_ kind: String) -> String { kind.replacing(" ", with: "_") }

    /// What could have been meant by a topic that there is not.
    public func suggestion(for topic: String) -> String? {
        Naming.help(
            for: topic,
            among: vocabulary.words.map(\.name) + vocabulary.constants.map(\.name.name) + Code.allCases.map(\.rawValue))
    }

    private func text(_ signature: Signature) -> String {
        var parts = [signature.usage, signature.summary]
        if !signature.parameters.isEmpty { parts.append(arguments(of: signature)) }
        if signature.output != .none { parts.append("Gives \(signature.output.phrase).") }
        if !signature.discussion.isEmpty { parts.append(signature.discussion) }
        if !signature.examples.isEmpty {
            parts.append("Examples\n" + signature.examples.map { "  \($0.source)" }.joined(separator: "\n"))
        }
        return parts.joined(separator: "\n\n")
    }

    private func arguments(of signature: Signature) -> String {
        let names = signature.parameters.map { $0.isPositional ? $0.name : "\($0.name):" }
        let width = names.map(\.count).max() ?? 0
        let lines = zip(names, signature.parameters).map { name, parameter in
            "  \(pad(name, to: width))  \(parameter.takes)\(Self.note(on: parameter))\n"
                + "  \(pad("", to: width))  \(parameter.help)"
        }
        return (["Arguments"] + lines).joined(separator: "\n")
    }

    private static func note(on parameter: Signature.Parameter) -> String {
        if let fallback = parameter.fallback { return " (\(fallback) unless given)" }
        return parameter.isRequired ? "" : " (may be left out)"
    }

    private func pad(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}

extension Signature.Parameter {
    /// What it takes: its type in words, and the names that it allows where they are few.
    var takes: String {
        let names = type.constants.map(\.name)
        return (1...9).contains(names.count) ? "\(type.wording): \(names.joined(separator: ", "))" : type.wording
    }
}

extension Vocabulary {
    /// The kinds of the constants, in the order in which they come.
    var kinds: [String] {
        constants.reduce(into: []) { kinds, constant in
            if !kinds.contains(constant.kind) { kinds.append(constant.kind) }
        }
    }
}
