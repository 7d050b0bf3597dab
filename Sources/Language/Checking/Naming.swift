/// Help for a name that does not exist.
enum Naming {
    /// "did you mean `accuracy`?", or the list of what there is when it is short, or nil.
    static func help(for name: String, among candidates: some Collection<String>, shown limit: Int = 12) -> String? {
        let near = Suggestion.nearest(to: name, among: Array(candidates)).map { "`\($0)`" }
        if !near.isEmpty { return "did you mean \(near.joined(separator: " or "))?" }
        let distinct = Set(candidates)
        guard !distinct.isEmpty, distinct.count <= limit else { return nil }
        return "there is \(candidates.sorted().map { "`\($0)`" }.joined(separator: ", "))"
    }
}
