extension Int {
    /// So many of a noun: `1 epoch`, `2 epochs`.
    func counting(_ noun: String) -> String { "\(self) \(noun)\(self == 1 ? "" : "s")" }
}
