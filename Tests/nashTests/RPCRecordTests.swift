import Foundation
import Notebook
import Testing

/// Records of `nash rpc`.
@Suite struct RPCRecordTests {
    private func runs(_ client: RPCClient) -> [String] {
        let folder = client.folder.path + "/.local/share/nash/runs"
        return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).map { "\(folder)/\($0)" }
    }

    private func end(_ client: RPCClient) throws {
        try client.ask("shutdown")
        #expect(client.exitCode() == 0)
    }

    @Test func `a session is recorded, and runs again`() throws {
        let client = try RPCClient(["--seed", "7"])
        #expect(runs(client).isEmpty)
        let shown = try client.show("few = nb201 | sample 2 | cost | select .params\nfew")
        try client.ask("execute", ["code": "quiet = 1; quiet", "silent": true])
        for code in ["nosuch", "quiet + [1]", "fail \"as it should\"", "?sample"] {
            try client.ask("execute", ["code": code, "title": "In[1]"])
        }
        let folder = try #require(runs(client).first)
        #expect(folder.hasSuffix("-rpc") && runs(client).count == 1 && RunRecord.isRunning(folder))
        try end(client)
        let run = try RunRecord.read(folder)
        #expect(run.title == "rpc" && run.seed == 7 && run.ended != nil)
        #expect(run.cells.map(\.status) == [.done, .done, .rejected, .rejected, .failed, .done])
        #expect(run.cells.map(\.number) == [1, 2, 3, 3, 3, 4])
        #expect(run.cells[0].outputs.map(\.text) == [shown[0]["text/plain"] as? String])
        #expect(run.cells[1].outputs.map(\.text) == ["1"])
        #expect(run.cells[2].error?.contains("In[1]:1:1") == true && run.cells[2].title == "")
        #expect(run.cells[5].source == "help sample")
        let place = try RecordedRunTests.Workplace()
        #expect(try place.run("replay", folder, "--check") == 0, "\(place.errors)")
        #expect(place.output == "6 cells, all the same\n")
    }

    @Test func `a cell that is cancelled and a client that is gone leave their record`() throws {
        let client = try RPCClient()
        try client.send("execute", ["code": "for i in 1..1000000000000 { x = i }"])
        #expect(try client.message().text("status") == "running")
        try client.closeInput()
        #expect(client.exitCode() == 0)
        let run = try RunRecord.read(#require(runs(client).first))
        #expect(run.cells.map(\.status) == [.cancelled] && run.ended != nil)
    }

    @Test func `of a session that is killed all but the cell in hand is kept`() throws {
        let client = try RPCClient()
        try client.ask("execute", ["code": "1"])
        client.signal(SIGKILL)
        #expect(client.exitCode() == -SIGKILL)
        let folder = try #require(runs(client).first)
        let run = try RunRecord.read(folder)
        #expect(run.cells.count == 1 && run.ended == nil && !RunRecord.isRunning(folder))
    }

    @Test func `where it is recorded, and that it is not`() throws {
        let own = try RPCClient(["--record", "own"])
        try own.ask("execute", ["code": "1"])
        try end(own)
        #expect(try RunRecord.read(own.folder.path + "/own").cells.count == 1 && runs(own).isEmpty)
        let none = try RPCClient(["--no-record"])
        try none.ask("execute", ["code": "1"])
        try end(none)
        let empty = try RPCClient(settings: ["NASH_RUNS": ""])
        try empty.ask("execute", ["code": "1"])
        try end(empty)
        #expect(runs(none).isEmpty && runs(empty).isEmpty)
        let both = try RPCClient(["--record", "own", "--no-record"])
        #expect(both.exitCode() == 2 && both.errors.contains("exclude each other"))
        let taken = try RPCClient(["--record", "."])
        #expect(try taken.line() == nil && taken.exitCode() == 2 && taken.errors.contains("holds something already"))
    }

    @Test func `a record that cannot be written is told on standard error alone`() throws {
        let client = try RPCClient(settings: ["NASH_RUNS": "/dev/null/runs"])
        for _ in 0..<2 { #expect(try client.show("1").count == 1) }
        try end(client)
        #expect(client.errors.ranges(of: "is not recorded").count == 1)
    }
}
