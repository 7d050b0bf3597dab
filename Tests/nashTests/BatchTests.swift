import Glibc
import Testing

@testable import nash

/// Programs that run without anyone typing.
@Suite struct BatchTests {
    /// Runs a line of shell in which `nash` is the program; returns its two outputs and exit code.
    private func shell(_ line: String) throws -> (output: String, errors: String, code: Int32) {
        let folder = try TemporaryFolder()
        let script =
            "nash() { '\(PseudoTerminal.binary)' --echo \"$@\"; }; cd '\(folder.path)'; { \(line); } > out 2> err"
        var words = cWords(["bash", "-c", script])
        defer { words.forEach { free($0) } }
        var child = pid_t()
        let problem = posix_spawnp(&child, "bash", nil, nil, &words, environ)
        try #require(problem == 0)
        var status: Int32 = 0
        waitpid(child, &status, 0)
        return (try folder.text("out"), try folder.text("err"), status >> 8 & 0xff)
    }

    @Test(arguments: [
        ("nash -c hello", "echo table: \"hello\"\n"), ("nash --json -c '-1'", "echo json: \"-1\"\n"),
        ("printf 'a\\nb' | nash --csv", "echo csv: \"a\\nb\"\n"), ("nash --version", "nash 0.1.0\n"),
        ("printf '#!nash\\nx' > s; nash s --json", "echo table: \"#!nash\\nx\"\n"),
        ("printf '\\xef\\xbb\\xbfx' | nash -", "echo table: \"x\"\n"), ("nash -c width", "width 80\n"),
    ])
    func prints(_ line: String, _ output: String) throws {
        let result = try shell(line)
        #expect(result.output == output)
        #expect(result.errors == "")
        #expect(result.code == 0)
    }

    @Test(
        arguments: [
            ("nash -c fail", "error: as asked", 1), ("nash -c reject", "error: as asked", 3),
            ("nash nosuch.nash", "nash: cannot read nosuch.nash: No such file or directory", 2),
            ("nash rnus", "nash: cannot read rnus: No such file or directory; did you mean `runs`?", 2),
            ("nash .", "nash: cannot read .: Is a directory", 2), ("nash --josn", "Unknown option '--josn'", 2),
            ("nash --json --csv -c x", "'--csv'", 2), ("nash --seed x", "'x'", 2),
            ("printf 'a\\n\\xff' | nash", "nash: <stdin>: line 2 is not UTF-8 text", 3),
            ("nash -c 'lines 9' > /dev/full", "cannot write to standard output: No space left on device", 1),
        ] as [(String, String, Int32)])
    func saysWhatIsWrong(_ line: String, _ error: String, _ code: Int32) throws {
        let result = try shell(line)
        #expect(result.errors.contains(error))
        #expect(result.code == code)
    }

    @Test func aClosedPipeEndsItQuietly() throws {
        let result = try shell("nash -c 'lines 100000' | head -1; exit ${PIPESTATUS[0]}")
        #expect(result.output == "line 1\n")
        #expect(result.errors == "")
        #expect(result.code == 141)
    }

    @Test(arguments: [("INT", 130), ("TERM", 143)] as [(String, Int32)])
    func signalsEndIt(_ signal: String, _ code: Int32) throws {
        let result = try shell("set -m; nash -c 'burn 600' & sleep 0.5; kill -\(signal) -$!; wait $!; exit $?")
        #expect(result.code == code)
    }
}
