import Language
import Testing

/// What Tab offers.
@Suite struct CompletionTests {
    private func offers(_ text: String, after cells: String = "") throws -> [String] {
        let bench = Bench()
        if !cells.isEmpty { _ = try bench.lines(cells) }
        return bench.session.completions(of: text, at: text.utf8.count).candidates.map(\.text)
    }

    @Test func `words that take what is piped in`() throws {
        let offers = try offers("nb201 | ")
        #expect(offers.contains("sample") && offers.contains("count"))
        #expect(!offers.contains("where") && !offers.contains("load"))
        #expect(try self.offers("nb201 | sam") == ["sample"])
    }

    @Test func `columns behind a dot`() throws {
        #expect(try offers("nb201 | sample 2 | cost | where .live_p") == ["live_params", "live_peak_memory"])
        #expect(try offers("t.par", after: "t = nb201 | sample 2, seed: 0 | cost") == ["params"])
        #expect(try offers("nb201.") == [] || offers("nb201.").contains("genes"))
    }

    @Test func `arguments and their values`() throws {
        #expect(try offers("nb201 | sample 2 | query accuracy, da") == ["data:"])
        #expect(try offers("nb201 | sample 2 | query accuracy, data: cifar100") == ["cifar100"])
        #expect(try offers("nb201 | sample 2 | query l") == ["latency"])
        #expect(try offers("nb201 | sample 2 | cost | plot .macs, x_scale: ") == ["linear", "log"])
    }

    @Test func `values at the head of a pipeline`() throws {
        #expect(try offers("nb2") == ["nb201"])
        #expect(try offers("x = mac") == ["macro"])
        #expect(try offers("front", after: "frontier = 3") == ["frontier"])
    }

    @Test func `files inside quotes`() throws {
        let text = "load \"../sha"
        let found = Bench().session.completions(of: text, at: text.utf8.count)
        #expect(found.isPath && found.range == Span(6, 12))
    }
}
