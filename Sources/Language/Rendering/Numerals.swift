/// Numbers as text.
public enum Numerals {
    /// The shortest decimal that reads back as the same number, without a needless ".0": `5`, `0.1`, `1e+20`.
    public static func plain(_ number: Double) -> String {
        if number == 0 { return "0" }
        let text = number.description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
