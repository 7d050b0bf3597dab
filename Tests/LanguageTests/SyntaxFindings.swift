/// Texts that once broke something.
enum SyntaxFindings {
    static let all = [
        "", "\u{FEFF}", "\n", "f --- x", "- -- x", "x ++ y", "5.x", "1.e5", "\"\u{1B}[31m\" x",
    ]
}
