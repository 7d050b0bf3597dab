import Testing

@testable import Language

@Suite struct DiagnosticSuggestionTests {
    private let words = [
        "accuracy", "latency", "params", "live_params", "macs", "flops", "synflow", "snip", "sample", "sort",
    ]

    @Test(arguments: [
        ("acuracy", ["accuracy"]), ("Accuracy", ["accuracy"]), ("latnecy", ["latency"]), ("param", ["params"]),
        ("smaple", ["sample"]), ("syn", ["synflow"]), ("sort", ["sort"]), ("banana", []), ("", []), ("x", []),
        ("live_parms", ["live_params"]), ("lat", ["latency"]),
    ]) func findsTheNearest(_ word: String, _ expected: [String]) {
        #expect(Suggestion.nearest(to: word, among: words) == expected)
    }

    @Test func givesAtMostTheLimitAndTheBestFirst() {
        let names = ["abcd1", "abcd2", "abcd3", "abcd4", "abcd"]
        #expect(Suggestion.nearest(to: "abcd", among: names) == ["abcd", "abcd1", "abcd2"])
        #expect(Suggestion.nearest(to: "abce", among: names, limit: 1) == ["abcd"])
    }

    @Test func asks() {
        #expect(Suggestion.question([]) == nil)
        #expect(Suggestion.question(["a"]) == "did you mean `a`?")
        #expect(Suggestion.question(["a", "b", "c"]) == "did you mean `a`, `b` or `c`?")
        #expect(Suggestion.question(for: "snp", among: words) == "did you mean `snip`?")
    }

    /// Optimal string alignment: "ca" to "abc" takes 3 edits, where the unrestricted distance takes 2.
    @Test(arguments: [
        ("kitten", "sitting", 3), ("ca", "abc", 3), ("ab", "ba", 1), ("", "abc", 3), ("same", "same", 0),
        ("abcdef", "abdcef", 1),
    ]) func distanceIsKnown(_ a: String, _ b: String, _ expected: Int) {
        #expect(Suggestion.distance(Array(a), Array(b), bound: 10) == expected)
        #expect(Suggestion.distance(Array(b), Array(a), bound: 10) == expected)
        #expect(Suggestion.distance(Array(a), Array(b), bound: expected) == expected)
        #expect(expected == 0 || Suggestion.distance(Array(a), Array(b), bound: expected - 1) == nil)
    }
}
