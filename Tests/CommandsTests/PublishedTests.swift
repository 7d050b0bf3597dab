import Language
import Testing

/// The figures that a researcher would look up first.
@Suite struct PublishedLinesTests {
    @Test func `the best network on CIFAR-10`() throws {
        let best = try Bench().numbers(
            "nb201 | enumerate | query accuracy, data: cifar10 | top 1, by: .accuracy", "accuracy")
        #expect(abs(best[0] - 94.3733) < 1e-4)
    }

    @Test func `live parameters rank better than parameters`() throws {
        let spearman = try Bench().numbers(
            """
            nb201 | enumerate | cost | query accuracy, data: cifar10 \
            | correlate .params, .live_params, with: .accuracy
            """, "spearman")
        #expect(abs(spearman[0] - 0.753) < 5e-4)
        #expect(abs(spearman[1] - 0.822) < 5e-4)
    }

    @Test func `the front, its volume, and the rows under a limit`() throws {
        let bench = Bench()
        _ = try bench.lines(
            """
            all = nb201 | enumerate | query accuracy, data: cifar10 | query latency, device: pixel3
            front = all | pareto max: .accuracy, min: .latency
            """)
        let front = try bench.table("front")
        let accuracies = try bench.numbers("front", "accuracy")
        let latencies = try bench.numbers("front", "latency")
        #expect(front.rowCount > 10)
        #expect(zip(accuracies, accuracies.dropFirst()).allSatisfy { $0 >= $1 })
        #expect(zip(latencies, latencies.dropFirst()).allSatisfy { $0 >= $1 })
        let volume = try #require(
            Double(
                try bench.value(
                    "front | hypervolume max: .accuracy, min: .latency, reference: {accuracy: 0%, latency: 40ms}")))
        let byHand = zip(accuracies, latencies).enumerated().reduce(0.0) { sum, row in
            let next = row.offset + 1 < accuracies.count ? accuracies[row.offset + 1] : 0
            return sum + (row.element.0 - next) * (40 - row.element.1)
        }
        #expect(abs(volume - byHand) < 1e-6 * volume)
        let fast = try bench.numbers(
            "all | where .latency < 5ms and .accuracy > 90% | sort by: .accuracy, descending: true | first 5",
            "accuracy")
        #expect(fast.count == 5 && fast.allSatisfy { $0 > 90 } && fast == fast.sorted(by: >))
    }

    @Test func `accuracy after 12 epochs foretells that after 200`() throws {
        let spearman = try Bench().numbers(
            """
            nb201 | enumerate | query accuracy, data: cifar10 \
            | query accuracy, data: cifar10, split: val, epochs: 12ep, as: val12 | correlate .val12, with: .accuracy
            """, "spearman")
        #expect(spearman[0] > 0.7 && spearman[0] < 0.85)
    }

    @Test func `one architecture by its text`() throws {
        let bench = Bench()
        let text = "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|skip_connect~0|nor_conv_3x3~1|nor_conv_1x1~2|"
        _ = try bench.lines("a = arch nb201, \"\(text)\"")
        #expect(try bench.lines("a") == [text])
        #expect(try bench.lines("a | neighbors | count") == ["24"])
        #expect(try bench.numbers("a | cost", "params") == [1_073_466])
    }

    @Test(arguments: [
        ("cifar", "[3, 32, 32]", 10, 129_306.0, 15_647_370.0),
        ("imagenet16", "[3, 16, 16]", 120, 136_456.0, 3_919_480.0),
    ])
    func `architecture 0 of the topology space costs what its authors say`(
        _ name: String, _ input: String, _ classes: Int, _ params: Double, _ macs: Double
    ) throws {
        let table = try Bench().table(
            """
            arch nb201, "|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_1x1~0|skip_connect~1|skip_connect~2|" \
            | cost input: \(input), classes: \(classes)
            """)
        #expect(table["params"]?.numbers == [params])
        #expect(table["macs"]?.numbers == [macs])
    }
}
