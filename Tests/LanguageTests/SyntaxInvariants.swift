#if canImport(Language)
    @testable import Language
#endif

/// What holds for every text, however broken.
enum SyntaxInvariants {
    /// The first thing that does not hold, in words.
    static func violation(in text: String) -> String? {
        let source = Source(name: "fuzz", text: text)
        return tokens(source) ?? tree(source) ?? completeness(text)
    }

    /// Tokens follow each other inside the text and break no character.
    private static func tokens(_ source: Source) -> String? {
        var lexer = Lexer(source)
        var end = 0
        while true {
            let token: Token
            do { token = try lexer.next() } catch { return diagnostic(error, source) }
            guard isInside(token.span, source) else { return "token \(token) is not inside the text" }
            guard token.span.start >= end else { return "token \(token) overlaps the one before" }
            end = token.span.end
            if token.kind == .end { return nil }
        }
    }

    /// Spans nest, and the printed tree reads as the same tree.
    private static func tree(_ source: Source) -> String? {
        let program: Program
        do { program = try Parser.parse(source) } catch { return diagnostic(error, source) }
        if let violation = SyntaxSpans(program, length: source.text.utf8.count).violations.first { return violation }
        let printed = SyntaxPrinter.print(program)
        do {
            let again = try Parser.parse(Source(name: "printed", text: printed))
            let (first, second) = (SyntaxOutline.of(program), SyntaxOutline.of(again))
            guard first == second else { return "printed as \(printed)\n\(first)\nbecame\n\(second)" }
            guard SyntaxPrinter.print(again) == printed else { return "printing is not stable: \(printed)" }
        } catch {
            return "printed as \(printed), which does not parse: \(error.message)"
        }
        return Parser.isComplete(source.text) ? nil : "it parses, but counts as incomplete"
    }

    /// Labels lie in the text, and the rendered error fits the width.
    private static func diagnostic(_ diagnostic: Diagnostic, _ source: Source) -> String? {
        guard !diagnostic.labels.isEmpty else { return "an error without a place: \(diagnostic.message)" }
        for label in diagnostic.labels where !isInside(label.span, source) {
            return "label \(label.span) of \(diagnostic.message) is not inside the text"
        }
        for width in [20, 33, 80] {
            let rendered = Renderer(width: width).render(diagnostic)
            for line in rendered.split(separator: "\n") where String(line).displayWidth > width {
                return "wider than \(width): \(line)"
            }
            let isPrintable = rendered.allSatisfy { $0 == "\n" || !$0.isUnprintable }
            guard isPrintable else { return "a control character is shown: \(rendered.debugDescription)" }
        }
        let json = JSONRenderer.render(diagnostic)
        return json.contains { $0.isNewline } ? "JSON over several lines: \(json)" : nil
    }

    /// What is incomplete is so for want of text.
    private static func completeness(_ text: String) -> String? {
        guard !Parser.isComplete(text) else { return nil }
        do {
            _ = try Parser.parse(Source(name: "fuzz", text: text))
            return "it is incomplete, but parses"
        } catch {
            return error.code == .syntax || error.code == .unterminated ? nil : "\(error.code) cannot be mended"
        }
    }

    private static func isInside(_ span: Span, _ source: Source) -> Bool {
        let bytes = source.text.utf8
        guard span.start >= 0, span.start <= span.end, span.end <= bytes.count else { return false }
        return [span.start, span.end].allSatisfy { offset in
            let index = bytes.index(bytes.startIndex, offsetBy: offset)
            return index.samePosition(in: source.text.unicodeScalars) != nil
        }
    }
}
