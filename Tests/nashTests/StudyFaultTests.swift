import Foundation
import Testing

/// Studies of real training, and what befalls them: the program is killed, interrupted, the disk fills up.
@Suite(.serialized) struct StudyFaultTests {
    private static let asha =
        "asha data: digits, max: 4ep, eta: 2, trials: 8, workers: 2, seed: 1, channels: 2, cells: 1, batch: 128, name: \"s\""
    private static let begin = "nb201 | \(asha)"
    private static let resume = "resume \"s\""

    /// The program with a store of its own.
    final class Shell {
        let folder: String
        let store: String

        init(store: String? = nil) throws {
            folder = FileManager.default.temporaryDirectory.appending(path: "nash-\(UUID().uuidString)").path
            self.store = store ?? folder + "/store"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }

        deinit { try? FileManager.default.removeItem(atPath: folder) }

        func start(_ program: String) throws -> Process {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: PseudoTerminal.binary)
            process.arguments = ["-c", program]
            process.environment = ["NASH_STORE": store, "NASH_HISTORY": "", "PATH": "/usr/bin:/bin"]
            if let torch = ProcessInfo.processInfo.environment["LIBTORCH"] { process.environment?["LIBTORCH"] = torch }
            process.currentDirectoryURL = URL(fileURLWithPath: folder)
            process.standardOutput = FileHandle(forWritingAtPath: try file("out"))
            process.standardError = FileHandle(forWritingAtPath: try file("err"))
            try process.run()
            return process
        }

        /// Runs a program to its end; gives its exit code.
        @discardableResult func run(_ program: String) throws -> Int32 {
            let process = try start(program)
            process.waitUntilExit()
            return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
        }

        var output: String { (try? String(contentsOfFile: folder + "/out", encoding: .utf8)) ?? "" }
        var errors: String { (try? String(contentsOfFile: folder + "/err", encoding: .utf8)) ?? "" }

        /// Whether a study has been stored.
        var hasStudy: Bool { get throws { try run("studies | count") == 0 && output == "1\n" } }

        /// The trials and the curves of study `s`, without times and with all digits.
        func content() throws -> [String] {
            try ["trials", "curves"].map { table in
                #expect(try run("(study \"s\").\(table) | save \"\(table).csv\"") == 0, "\(errors)")
                let rows = try String(contentsOfFile: "\(folder)/\(table).csv", encoding: .utf8)
                let program = "load \"\(table).csv\" | drop .seconds | save \"\(table).csv\" | count"
                #expect(try run(program) == 0, "\(errors)")
                #expect(rows.count > 300)
                return try String(contentsOfFile: "\(folder)/\(table).csv", encoding: .utf8)
            }
        }

        private func file(_ name: String) throws -> String {
            let path = "\(folder)/\(name)"
            try Data().write(to: URL(fileURLWithPath: path))
            return path
        }
    }

    /// The study as it is without interruption.
    private static let whole = Result {
        let shell = try Shell()
        #expect(try shell.run(begin) == 0, "\(shell.errors)")
        return try shell.content()
    }

    @Test func `kill -9 at twenty moments loses and repeats nothing`() throws {
        let whole = try Self.whole.get()
        let shell = try Shell()
        var program = Self.begin
        var generator = SystemRandomNumberGenerator()
        var kills = 0
        while kills < 20 {
            let process = try shell.start(program)
            usleep(UInt32.random(in: 50_000..<900_000, using: &generator))
            guard process.isRunning else {
                #expect(process.terminationStatus == 0, "\(shell.errors)")
                break
            }
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            kills += 1
            if try shell.hasStudy { program = Self.resume }
        }
        #expect(try shell.run(program) == 0, "\(shell.errors)")
        #expect(try shell.content() == whole, "after \(kills) kills")
    }

    @Test func `Ctrl-C in the midst of an epoch keeps a checkpoint, and the study goes on`() throws {
        let whole = try Self.whole.get()
        let shell = try Shell()
        let process = try shell.start(Self.begin)
        usleep(1_500_000)
        process.interrupt()
        process.waitUntilExit()
        if process.terminationStatus != 0 {
            #expect(process.terminationStatus == 130)
            let said = shell.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            #expect(said.contains("`resume \"s\"` goes on with it"))
            #expect(try shell.run("studies | select .status") == 0)
            #expect(shell.output.contains("interrupted"))
            #expect(try shell.run(Self.resume) == 0, "\(shell.errors)")
        }
        #expect(try shell.content() == whole)
    }

    @Test func `a truncated checkpoint costs training, and no result`() throws {
        let whole = try Self.whole.get()
        let shell = try Shell()
        let process = try shell.start(Self.begin)
        usleep(2_000_000)
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        let files = FileManager.default.enumerator(atPath: shell.store)?.compactMap { $0 as? String } ?? []
        for file in files where file.hasSuffix("weights.safetensors") {
            truncate("\(shell.store)/\(file)", 1000)
        }
        #expect(try shell.run(shell.hasStudy ? Self.resume : Self.begin) == 0, "\(shell.errors)")
        #expect(try shell.content() == whole)
    }

    @Test func `a full disk ends the study with its reason, and it goes on when there is space`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "nash-full-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        guard mount("tmpfs", folder, "tmpfs", 0, "size=400k") == 0 else {
            print("skipped: mounting a small file system needs root")
            return
        }
        defer { umount(folder) }
        let shell = try Shell(store: folder)
        #expect(try shell.run(Self.begin) == 1)
        #expect(shell.errors.contains("full") || shell.errors.contains("No space left"), "\(shell.errors)")
        #expect(mount("tmpfs", folder, "tmpfs", UInt(MS_REMOUNT), "size=200m") == 0)
        #expect(try shell.run(shell.hasStudy ? Self.resume : Self.begin) == 0, "\(shell.errors)")
        #expect(try shell.content() == Self.whole.get())
    }

    @Test func `two programs do not run one study, and one can read while the other writes`() throws {
        let shell = try Shell()
        let process = try shell.start(Self.begin)
        var status = ""
        for _ in 0..<200 where !status.contains("running") && process.isRunning {
            usleep(20_000)
            let other = try Shell(store: shell.store)
            if try other.run("studies | select .status") == 0 { status = other.output }
        }
        if status.contains("running"), process.isRunning {
            let other = try Shell(store: shell.store)
            #expect(try other.run(Self.resume) == 1)
            #expect(other.errors.contains("it is running in process"), "\(other.errors)")
            #expect(try other.run("remove \"s\"") == 1)
        }
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}
