import Foundation
import Language
import Synchronization
import Testing

/// Values into files and back.
@Suite struct FilesTests {
    /// A folder for one test, gone after it.
    private func inFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("nash-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    /// Whoever hears of what is read hashes it: that of a folder might take hours.
    @Test func `a file that is read is told of, and no folder`() throws {
        try inFolder { folder in
            try "x\n1\n".write(toFile: "\(folder)/a.csv", atomically: true, encoding: .utf8)
            let opened = Mutex<[String]>([])
            for word in ["load", "import", "load_predictor", "load_supernet"] {
                for path in [folder, "\(folder)/a.csv"] {
                    try? Bench().session.run(
                        Source(name: "test", text: "\(word) \"\(path)\""),
                        opened: { path in opened.withLock { $0.append(path) } })
                }
            }
            #expect(opened.withLock { Set($0) } == ["\(folder)/a.csv"])
        }
    }

    @Test(arguments: ["csv", "jsonl"])
    func `a table comes back as it was saved`(_ ending: String) throws {
        try inFolder { folder in
            let bench = Bench()
            _ = try bench.lines(
                """
                t = nb201 | sample 20, seed: 0 | cost | query accuracy, data: cifar10 | query latency, device: fpga
                t | save "\(folder)/t.\(ending)"
                back = load "\(folder)/t.\(ending)"
                """)
            for column in ["params", "accuracy", "latency"] {
                #expect(try bench.numbers("back", column) == bench.numbers("t", column))
            }
            #expect(try bench.lines("back.arch") == bench.lines("t.arch"))
            #expect(try bench.lines("back | cost | where .params == 0 | count") == ["0"])
        }
    }

    @Test func `architectures in their authors' words`() throws {
        try inFolder { folder in
            try "arch,score\n8:8:8:16:32,1\n8:8:8:8:8,2\n".write(
                toFile: "\(folder)/a.csv", atomically: true, encoding: .utf8)
            let bench = Bench()
            #expect(
                try bench.lines("load \"\(folder)/a.csv\", space: nats_size | cost | first 1 | .params") == ["[49202]"])
            try "arch\n8:8:9\n".write(toFile: "\(folder)/b.csv", atomically: true, encoding: .utf8)
            let fault = try #require(bench.error("load \"\(folder)/b.csv\", space: nats_size"))
            #expect(fault.diagnostic.code == .badFile && fault.diagnostic.message.contains("row 1"))
        }
    }

    @Test func `a broken file names the line`() throws {
        try inFolder { folder in
            try "a,b\n1,2\n3\n".write(toFile: "\(folder)/ragged.csv", atomically: true, encoding: .utf8)
            let fault = try #require(Bench().error("load \"\(folder)/ragged.csv\""))
            #expect(fault.diagnostic.code == .badFile)
            #expect(fault.diagnostic.message.contains("ragged.csv:3"))
        }
    }

    @Test func `a full disk leaves the file that was there`() throws {
        let fault = try #require(Bench().error("[{a: 1}] | as_table | save \"/dev/full/x.csv\""))
        #expect(fault.diagnostic.code == .file)
    }

    @Test func `definitions of another file, and a file that uses itself`() throws {
        try inFolder { folder in
            try "def double(x) = 2 * x\n".write(toFile: "\(folder)/lib.nash", atomically: true, encoding: .utf8)
            #expect(try Bench().lines("use \"\(folder)/lib.nash\"\ndouble(21)") == ["42"])
            try "use \"self.nash\"\n".write(toFile: "\(folder)/self.nash", atomically: true, encoding: .utf8)
            #expect(Bench().error("use \"\(folder)/self.nash\"")?.diagnostic.code == .recursion)
            try "x = = 1\n".write(toFile: "\(folder)/bad.nash", atomically: true, encoding: .utf8)
            let fault = try #require(Bench().error("use \"\(folder)/bad.nash\""))
            #expect(fault.isRejected && fault.diagnostic.labels[0].source.name == "\(folder)/bad.nash")
        }
    }

    @Test func `a figure is saved in the form of its name`() throws {
        try inFolder { folder in
            _ = try Bench().lines(
                "nb201 | sample 30, seed: 0 | cost | plot .macs, .params, to: \"\(folder)/a b's.svg\" | save \"\(folder)/b.png\""
            )
            let svg = try String(contentsOfFile: "\(folder)/a b's.svg", encoding: .utf8)
            #expect(svg.contains("<svg") && svg.contains("macs"))
            let png = try #require(FileManager.default.contents(atPath: "\(folder)/b.png"))
            #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        }
    }
}
