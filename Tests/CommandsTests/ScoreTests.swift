import Commands
import Language
import Testing

/// `score`, `rank` and `audit` as users meet them.
@Suite(.serialized) struct ScoreTests {
    private static let dead = "|none~0|+|none~0|nor_conv_3x3~1|+|none~0|nor_conv_3x3~1|nor_conv_1x1~2|"

    @Test func `each proxy is a column, and one without a number says why`() throws {
        let table = try Bench().table(#"arch nb201, "\#(Self.dead)" | score params, live_params"#)
        #expect(table.names == ["arch", "params", "live_params"])
        guard case .none(let reason)? = table["live_params"]?[0] else {
            Issue.record("a network without a path has live parameters")
            return
        }
        #expect(reason?.contains("no path") == true)
    }

    @Test func `rows without scores are told once`() throws {
        let notes = try Bench().notes(#"arch nb201, "\#(Self.dead)" | score synflow, live_params, params, seed: 0"#)
        #expect(notes == ["1 of 1 rows have no synflow, live_params: no path leads from the input to the output"])
    }

    @Test func `a network keeps its own weights and its dead parts`() throws {
        let program =
            #"(arch nb201, "\#(Self.dead)" | network channels: 4, cells: 1, dead: keep) | score l2_norm, params"#
        let table = try Bench().table(program)
        #expect(try #require(table["l2_norm"]?.numbers?[0]) > 0)
    }

    @Test func `what is missing does not count as zero`() throws {
        let pairs = try Bench().numbers(
            "nb201 | sample 300, seed: 0 | score live_params | query accuracy, data: cifar10 | correlate .live_params, with: .accuracy",
            "omitted")
        #expect(try #require(pairs.first) > 0)
    }

    @Test func `the live parameters are judged as the baseline`() throws {
        let table = try Bench().table(
            "nb201 | sample 200, seed: 0 | score params | query accuracy, data: cifar10 | audit with: .accuracy, resamples: 200, seed: 0"
        )
        #expect(table["verdict"]?.values.map(\.type) == [.string, .string])
        #expect(try #require(table["spearman"]?.numbers?[0]) > 0.7)
        #expect(try #require(table["gain"]?.numbers?[1]) < 0)
    }

    @Test(arguments: [
        "nb201 | sample 2 | score sinflow", "nb201 | sample 2 | score snip, batch: 0",
        "nb201 | sample 2 | score snip, repeat: 0",
    ])
    func `mistakes are found before anything runs`(_ program: String) throws {
        #expect(try #require(Bench().error(program)).isRejected)
    }

    @Test func `a file that is not there is an error of the batch`() throws {
        let error = try #require(Bench().error(#"nb201 | sample 2 | score snip, batch: "nowhere.safetensors""#))
        #expect(!error.isRejected && error.diagnostic.message.contains("nowhere.safetensors"))
    }
}
