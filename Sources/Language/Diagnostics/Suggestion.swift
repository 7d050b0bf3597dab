/// "Did you mean": the candidates nearest to a misspelt word.
public enum Suggestion {
    /// The best candidates, at most `limit`, best first; none when nothing is near.
    ///
    /// Near is: the same but for capitals; the word's continuation; or at most a third of its letters wrong,
    /// counting an insertion, a deletion, a substitution or a swap of neighbours as one (optimal string
    /// alignment: Damerau, "A technique for computer detection and correction of spelling errors",
    /// Communications of the ACM 7(3), 1964).
    public static func nearest(to word: String, among candidates: some Sequence<String>, limit: Int = 3) -> [String] {
        let folded = Array(word.lowercased())
        guard !folded.isEmpty else { return [] }
        let ranked = Set(candidates).compactMap { candidate in
            rank(of: candidate, folded, word).map { (rank: $0, candidate: candidate) }
        }
        let sorted = ranked.sorted { ($0.rank, $0.candidate) < ($1.rank, $1.candidate) }
        guard let best = sorted.first?.rank else { return [] }
        return sorted.filter { $0.rank <= best + 2 }.prefix(limit).map(\.candidate)
    }

    /// "did you mean `a`, `b` or `c`?", or nothing when nothing is near.
    public static func question(for word: String, among candidates: some Sequence<String>) -> String? {
        question(nearest(to: word, among: candidates))
    }

    /// "did you mean `a`, `b` or `c`?" for words at hand.
    public static func question(_ words: [String]) -> String? {
        guard let last = words.last else { return nil }
        let quoted = words.map { "`\($0)`" }
        guard words.count > 1 else { return "did you mean `\(last)`?" }
        return "did you mean \(quoted.dropLast().joined(separator: ", ")) or `\(last)`?"
    }

    /// How far a candidate is: smaller is nearer, twice the distance so that ties can break.
    private static func rank(of candidate: String, _ folded: [Character], _ word: String) -> Int? {
        let other = Array(candidate.lowercased())
        if other == folded { return candidate == word ? 0 : 1 }
        let bound = max(1, min(folded.count, other.count) / 3)
        if let distance = distance(folded, other, bound: bound), distance < max(folded.count, other.count) {
            return 2 * distance + (candidate.first == word.first ? 0 : 1)
        }
        let isPrefix = folded.count >= 2 && other.starts(with: folded)
        return isPrefix ? 2 * bound + 2 : nil
    }

    /// The optimal string alignment distance, or nothing when it is more than `bound`.
    static func distance(_ a: [Character], _ b: [Character], bound: Int) -> Int? {
        guard abs(a.count - b.count) <= bound else { return nil }
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for (i, x) in a.enumerated() {
            var row = [i + 1]
            for (j, y) in b.enumerated() {
                var best = min(last[j] + (x == y ? 0 : 1), last[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, x == b[j - 1], a[i - 1] == y { best = min(best, beforeLast[j - 1] + 1) }
                row.append(best)
            }
            if row.allSatisfy({ $0 > bound }), last.allSatisfy({ $0 > bound }) { return nil }
            (beforeLast, last) = (last, row)
        }
        return last[b.count] <= bound ? last[b.count] : nil
    }
}
