import Foundation
import Notebook
import Testing

/// Runs as the program records them, what is left of one that is killed, and runs that are done again.
@Suite struct RecordedRunTests {
    /// The program in a folder of its own.
    final class Workplace {
        let folder: String

        init() throws {
            folder = FileManager.default.temporaryDirectory.appending(path: "nash-\(UUID().uuidString)").path
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }

        deinit { try? FileManager.default.removeItem(atPath: folder) }

        func write(_ name: String, _ text: String) throws {
            try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
        }

        func start(_ arguments: [String], _ settings: [String: String] = [:]) throws -> Process {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: PseudoTerminal.binary)
            process.arguments = arguments
            var environment = [
                "NASH_STORE": folder + "/store", "NASH_RUNS": folder + "/runs", "NASH_HISTORY": "",
                "PATH": "/usr/bin:/bin", "TMPDIR": folder,
            ]
            environment["LIBTORCH"] = ProcessInfo.processInfo.environment["LIBTORCH"]
            process.environment = environment.merging(settings) { $1 }
            process.currentDirectoryURL = URL(fileURLWithPath: folder)
            for name in ["out", "err"] { try write(name, "") }
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = FileHandle(forWritingAtPath: folder + "/out")
            process.standardError = FileHandle(forWritingAtPath: folder + "/err")
            try process.run()
            return process
        }

        @discardableResult func run(_ arguments: String..., settings: [String: String] = [:]) throws -> Int32 {
            let process = try start(arguments, settings)
            process.waitUntilExit()
            return process.terminationStatus
        }

        var output: String { text("out") }
        var errors: String { text("err") }
        func text(_ name: String) -> String {
            (try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)) ?? ""
        }

        /// The folders of the runs.
        var runs: [String] {
            ((try? FileManager.default.contentsOfDirectory(atPath: folder + "/runs")) ?? []).sorted()
                .map { "\(folder)/runs/\($0)" }
        }
    }

    private static let script = """
        #!/usr/bin/env nash
        #%% [md] About
        # A *notebook*.

        #%% Data
        t = load "d.csv"
        t
        #%% [4] Networks
        nb201 | sample 2 | cost | select .arch, .params
        #%% Picture
        nb201 | sample 20 | query accuracy, data: cifar10 | cost | plot .params, .accuracy
        "done"

        """

    @Test func `a script with cells is recorded`() throws {
        let place = try Workplace()
        try place.write("s.nash", Self.script)
        try place.write("d.csv", "x\n1\n")
        #expect(try place.run("s.nash", "an argument") == 0)
        #expect(place.errors == "" && place.output.hasSuffix("done\n"))
        let run = try RunRecord.read(#require(place.runs.first))
        #expect(place.runs.count == 1 && place.runs[0].hasSuffix("-s"))
        #expect(run.title == "s.nash" && run.arguments == ["an argument"] && run.ended != nil)
        #expect(run.cells.map(\.number) == [0, 1, 4, 5])
        #expect(run.cells.map(\.title) == ["About", "Data", "Networks", "Picture"])
        #expect(run.cells.map(\.line) == [3, 6, 9, 11])
        #expect(run.cells[1].data.map(\.name) == ["d.csv"])
        #expect(run.cells[1].data[0].sha256 == SHA256.text("x\n1\n"))
        let attributes = try FileManager.default.attributesOfItem(atPath: place.runs[0])
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o700)
        #expect(try place.run("runs", "--csv") == 0)
        #expect(place.output.contains("-s,4,finished,s.nash"))
    }

    @Test func `the numbers of cells make seeds, wherever they stand`() throws {
        let place = try Workplace()
        try place.write("a.nash", "#%%\n1\n#%%\nnb201 | sample 1\n")
        try place.write("b.nash", "#%% [2]\nnb201 | sample 1\n")
        try place.write("c.nash", "nb201 | sample 1\n")
        let outputs = try ["a", "b", "c"].map { name in
            let code = try place.run("--json", name + ".nash")
            #expect(code == 0)
            return place.output.split(separator: "\n").last
        }
        #expect(outputs[0] == outputs[1] && outputs[0] != outputs[2])
    }

    @Test func `nothing runs where a later cell is wrong, and the line is the file's`() throws {
        let place = try Workplace()
        try place.write("s.nash", "#%% One\n\"ran\"\n\n#%% Two\nnosuch 1\n")
        #expect(try place.run("s.nash") == 3)
        #expect(place.output == "" && place.errors.contains("s.nash:5:1") && place.runs.isEmpty)
        try place.write("s.nash", "#%% One\n(1 +\n#%% Two\n2\n")
        #expect(try place.run("s.nash") == 3)
        #expect(place.errors.contains("cell 1 `One`, which begins at line 1, is not complete"))
        #expect(place.errors.contains("--> s.nash:3:1"))
        try place.write("s.nash", "#%% One\n\"ran\"\n#%%\nx = 1 + args[0]\n#%%\n\"not reached\"")
        #expect(try place.run("s.nash") == 1)
        #expect(place.output == "ran\n" && place.errors.contains("s.nash:4:"))
    }

    @Test func `of a killed run all but the cell in hand is kept`() throws {
        let place = try Workplace()
        try place.write("s.nash", "#%%\n1\n#%%\nfor i in 1..1000000000 { x = i }\n#%%\n3\n")
        let process = try place.start(["s.nash"])
        let deadline = Date.now + 20
        while place.runs.first.flatMap({ try? RunRecord.read($0).cells.count }) != 1 {
            try #require(Date.now < deadline)
            usleep(10_000)
        }
        let folder = try #require(place.runs.first)
        #expect(RunRecord.isRunning(folder))
        try place.write("t.nash", "1")
        #expect(try place.run("t.nash") == 0)
        #expect(try place.run("runs", "--keep", "0", "--csv") == 0)
        #expect(place.output.hasSuffix("-t,1,finished,t.nash\n") && place.errors == "removed 1 run\n")
        #expect(place.runs == [folder])
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        let run = try RunRecord.read(folder)
        #expect(run.cells.map(\.number) == [1] && run.ended == nil && !run.isCutOff)
        #expect(!RunRecord.isRunning(folder))
        #expect(try place.run("runs") == 0)
        #expect(place.output.contains("interrupted"))
        #expect(try place.run("runs", "--keep", "1") == 0)
        #expect(place.output == "" && place.errors == "removed 0 runs\n")
        try place.write("runs/" + URL(fileURLWithPath: folder).lastPathComponent + "/note.txt", "mine")
        #expect(try place.run("runs", "--keep", "0") == 1)
        #expect(place.errors.contains("it holds note.txt, which is no part of a record") && place.runs == [folder])
        try FileManager.default.removeItem(atPath: folder + "/note.txt")
        #expect(try place.run("runs", "--keep", "0") == 0)
        #expect(place.output.contains("interrupted") && place.runs == [])
        #expect(try place.run("runs", "--keep", "-1") == 2)
    }

    @Test func `a program on its way is recorded only where it is asked for`() throws {
        let place = try Workplace()
        #expect(try place.run("-c", "1") == 0)
        #expect(place.runs.isEmpty)
        #expect(try place.run("--record", "own", "-c", "1") == 0)
        #expect(try RunRecord.read(place.folder + "/own").cells.map(\.source) == ["1"])
        #expect(try place.run("--record", "own", "-c", "2") == 2)
        #expect(place.errors.contains("holds something already"))
        #expect(try RunRecord.read(place.folder + "/own").cells.count == 1)
        try place.write("s.nash", "1\n")
        #expect(try place.run("--no-record", "s.nash") == 0)
        #expect(try place.run("s.nash", settings: ["NASH_RUNS": ""]) == 0)
        #expect(place.runs.isEmpty)
    }

    @Test func `a record that cannot be written is told once and harms nothing`() throws {
        let place = try Workplace()
        try place.write("s.nash", "#%%\n1\n#%%\n2\n")
        #expect(try place.run("s.nash", settings: ["NASH_RUNS": "/dev/null/runs"]) == 0)
        #expect(place.output == "1\n2\n")
        #expect(place.errors.ranges(of: "is not recorded").count == 1)
    }

    @Test func `a run with a picture and a training repeats`() throws {
        let place = try Workplace()
        let training = """
            #%% Study
            n = nb201 | sample 1 | train epochs: 1ep, channels: 2, cells: 1, batch: 256
            n
            s = nb201 | asha table: cifar10, rungs: [12ep, 200ep], trials: 10, workers: 1
            s
            s.trials
            #%% Fails
            1 | save "out.txt"
            fail "as it should"

            """
        try place.write("s.nash", Self.script + training)
        try place.write("d.csv", "x\n1\n")
        // The store has had a study, so that names have numbers above 1.
        #expect(
            try place.run("-c", "nb201 | asha table: cifar10, rungs: [12ep, 200ep], trials: 10, workers: 1, seed: 1")
                == 0)
        #expect(try place.run("s.nash") == 1)
        let run = try #require(place.runs.first)
        let before = try RunRecord.read(run)
        #expect(try place.run("replay", run, "--check") == 0, "\(place.errors)")
        #expect(place.output == "5 cells, all the same\n" && place.errors == "")
        #expect(try RunRecord.read(run) == before)
        #expect(before.cells.last?.status == .failed)
    }

    @Test func `a measured value that goes through a file is not compared`() throws {
        let place = try Workplace()
        try place.write(
            "s.nash",
            """
            #%%
            s = nb201 | asha table: cifar10, rungs: [12ep, 200ep], trials: 10, workers: 1
            [{took: s.seconds, n: 1}] | as_table | save "took.csv"
            #%%
            took = load "took.csv"
            took
            load "took.csv" | select .n

            """)
        #expect(try place.run("s.nash") == 0)
        let run = try #require(place.runs.first)
        #expect(try RunRecord.read(run).cells.flatMap(\.outputs).allSatisfy { $0.digest == nil })
        #expect(try place.run("replay", run, "--check") == 0, "\(place.errors)")
    }

    @Test func `replay names the first cell that differs, and data that changed or have gone`() throws {
        let place = try Workplace()
        try place.write("s.nash", Self.script)
        try place.write("d.csv", "x\n1\n")
        #expect(try place.run("s.nash") == 0)
        let run = try #require(place.runs.first)
        try place.write("d.csv", "x\n2\n")
        #expect(try place.run("replay", run, "--check") == 1)
        #expect(place.errors.contains("error: d.csv, which cell 1 read, has changed"))
        try FileManager.default.removeItem(atPath: place.folder + "/d.csv")
        #expect(try place.run("replay", run, "--check") == 1)
        #expect(place.errors.contains("error: d.csv, which cell 1 read, has gone"))
        try place.write("d.csv", "x\n1\n")
        let lines = place.text("runs/\(URL(fileURLWithPath: run).lastPathComponent)/cells.jsonl").split(separator: "\n")
        let digest = try #require(try RunRecord.read(run).cells[2].outputs[0].digest)
        let other = lines.map {
            $0.replacingOccurrences(of: digest, with: String(repeating: "0", count: 64))
                .replacingOccurrences(of: "arch                ", with: "arch of old         ")
        }
        try place.write(
            "runs/\(URL(fileURLWithPath: run).lastPathComponent)/cells.jsonl", other.joined(separator: "\n") + "\n")
        #expect(try place.run("replay", run, "--check") == 1)
        #expect(place.errors.contains("cell 4 `Networks` differs from its record: its value differs"))
        #expect(place.errors.contains("  old: arch of old") && place.errors.contains("  new: arch  "))
        #expect(try place.run("replay", run) == 0)
        #expect(place.output.hasSuffix("done\n"))
        #expect(try place.run("replay", place.folder + "/nowhere") == 2)
    }
}

/// The notebook's commands at the prompt.
@Suite struct NotebookSessionTests {
    @Test func `a cell that is cancelled is recorded, and the session goes on`() throws {
        let place = try RecordedRunTests.Workplace()
        let terminal = try PseudoTerminal(
            [PseudoTerminal.binary], environment: ["NASH_RUNS": place.folder + "/runs", "HOME": place.folder])
        try terminal.prompt(1)
        terminal.enter("for i in 1..1000000000000 { if i == 1 { \"it runs\" } else { x = i } }")
        try terminal.expect("it runs\n")
        terminal.type("\u{3}")
        try terminal.expect("cancelled")
        try terminal.prompt(2)
        terminal.enter(":quit")
        #expect(try terminal.exitCode() == 0)
        #expect(try RunRecord.read(#require(place.runs.first)).cells.map(\.status) == [.cancelled])
    }

    @Test func `a session is saved, opened and run`() throws {
        let place = try RecordedRunTests.Workplace()
        let terminal = try PseudoTerminal(
            [PseudoTerminal.binary],
            environment: ["NASH_RUNS": place.folder + "/runs", "EDITOR": "sed -i s/20/30/", "HOME": place.folder])
        try terminal.prompt(1)
        terminal.enter("x = 20")
        try terminal.prompt(2)
        terminal.enter("nosuch")
        try terminal.prompt(3)
        terminal.enter("x + 1")
        try terminal.expect("21")
        try terminal.prompt(4)
        terminal.enter("out[3]")
        try terminal.expect("21")
        try terminal.prompt(5)
        terminal.enter(":save \(place.folder)/s.nash")
        try terminal.expect("saved")
        #expect(place.text("s.nash") == "#%%\nx = 20\n\n#%% [3]\nx + 1\n\n#%%\nout[3]\n")
        terminal.enter(":record")
        try terminal.expect("recorded in \(place.folder)/runs/")
        try place.write("t.nash", "#%% [md] Text\n# words\n#%% Start\ny = 20\n#%% [4] Show\ny * 2\n#%%\ny / \"a\"\n")
        terminal.enter(":open \(place.folder)/t.nash")
        try terminal.expect("4 cells")
        try terminal.prompt(6)
        terminal.enter(":run 1..4")
        try terminal.expect("40")
        try terminal.prompt(6)
        terminal.enter(":cells")
        try terminal.expect("   text     Text\n1  done     Start\n4  done     Show\n5  not run  y / \"a\"\n")
        terminal.enter(":run 5")
        try terminal.expect("t.nash:8:")
        terminal.enter(":edit 1")
        try terminal.prompt(6)
        terminal.enter(":run 4")
        try terminal.expect("60")
        terminal.enter(":save \(place.folder)/u.nash")
        try terminal.expect("saved")
        #expect(place.text("u.nash").contains("#%% Start\ny = 30\n\n#%% [4] Show\ny * 2\n"))
        terminal.enter(":save \(place.folder)/u.md")
        try terminal.expect("saved")
        #expect(place.text("u.md").contains("y = 30") && place.text("u.md").contains("60"))
        #expect(place.text("u.md").contains("words") && !place.text("u.md").contains("y = 20"))
        terminal.enter(":save \(place.folder)/u.txt")
        try terminal.expect("cannot tell how to save")
        terminal.enter(":run 9")
        try terminal.expect("there is no cell 9")
        terminal.enter(":open \(place.folder)/nosuch.nash")
        try terminal.expect("No such file")
        terminal.enter(":quit")
        #expect(try terminal.exitCode() == 0)
        let run = try RunRecord.read(#require(place.runs.first))
        #expect(run.cells.map(\.number) == [1, 2, 3, 4, 1, 4, 5, 1, 4])
        #expect(run.cells[1].status == .rejected && run.ended != nil && run.title == "session")
    }
}
