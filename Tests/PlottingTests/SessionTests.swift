import Foundation
import Synchronization
import Testing

@testable import Plotting

@Suite(.needsGnuplot) struct SessionTests {
    let session = GnuplotSession()

    /// Each text would make a file if any part of it were executed.
    @Test func nothingFromDataIsExecuted() throws {
        try withFolder { folder in
            let trap = "\(folder)/trap"
            let texts = [
                "`touch \(trap)`", "'; system('touch \(trap)') #", "\"; !touch \(trap)\n!touch \(trap)\n",
                "$(touch \(trap))",
                "\\'.system(\"touch \(trap)\").'", "@x ^{a} _b {/Bold c} %s %d ''\\", "EOD\nsystem 'touch \(trap)'\n",
                "a\r!touch \(trap)\r", "`touch \(trap)", "'`touch \(trap)`'",
            ]
            for text in texts {
                let figure = Figure(
                    title: text, x: Axis(text, unit: text), y: Axis(text, unit: text), colour: Axis(text),
                    series: [
                        Series(.bars, x: .names(texts), y: .numbers(texts.indices.map(Double.init)), name: text),
                        Series(.points, x: .names([text]), y: [1], values: [1], name: text + "2"),
                    ],
                    annotations: [.text(text, x: 1, y: 1), .horizontal(y: 1, text), .vertical(x: 1, text)])
                _ = try session.svg(figure)
                _ = try session.text(figure, width: 80, height: 24)
                #expect(!FileManager.default.fileExists(atPath: trap), "\(text)")
            }
            let svg = try session.svg(Figure(title: "`touch x` @a ^{b} _c %d \\n 'q'", y: Axis("50% {of} @it")))
            #expect(svg.contains("`touch x` @a ^{b} _c %d \\n"))
            #expect(svg.contains("50% {of} @it"))
        }
    }

    @Test(arguments: ["a b.svg", "it's.svg", "\"q\".svg", "new\nline.svg", "`touch trap`.svg", "$(x)é.svg", "-d.svg"])
    func anyPathWorks(name: String) throws {
        try withFolder { folder in
            let path = "\(folder)/\(name)/\(name)"
            try session.render(sample, to: path)
            #expect(FileManager.default.fileExists(atPath: path))
            #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(name)") == [name])
        }
    }

    @Test func aWholeFileIsReplacedAsAWhole() throws {
        try withFolder { folder in
            let (path, link) = ("\(folder)/figure.svg", "\(folder)/link.svg")
            try "old".write(toFile: path, atomically: true, encoding: .utf8)
            chmod(path, 0o640)
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
            try session.render(sample, to: link)
            #expect(try String(contentsOfFile: path, encoding: .utf8).hasPrefix("<?xml"))
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == path)
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o640)
        }
    }

    @Test func afterAFailureTheOldFileIsThere() throws {
        try withFolder { folder in
            let path = "\(folder)/figure.svg"
            try "old".write(toFile: path, atomically: true, encoding: .utf8)
            let program = "\(folder)/dies"
            try makeProgram("#!/bin/sh\nread line\nkill -9 $$\n", at: program)
            #expect(throws: PlotError.gnuplotDied(message: "")) {
                try GnuplotSession(program: program).render(sample, to: path)
            }
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["dies", "figure.svg"])
        }
    }

    @Test func pathsThatCannotBeWrittenAreNamed() throws {
        try withFolder { folder in
            try "".write(toFile: "\(folder)/file", atomically: true, encoding: .utf8)
            try FileManager.default.createDirectory(atPath: "\(folder)/d.svg", withIntermediateDirectories: false)
            for path in ["\(folder)/file/x.svg", "\(folder)/d.svg", "/proc/nowhere/x.svg", "\(folder)/\0.svg"] {
                #expect { try session.render(sample, to: path) } throws: { error in
                    guard case PlotError.unwritable(path, let reason) = error else { return false }
                    return "\(error)".contains(path) && !reason.isEmpty
                }
            }
        }
    }

    @Test func aFullDiskIsNamed() throws {
        #expect(throws: PlotError.unwritable(path: "/dev/full", reason: "No space left on device")) {
            try session.render(sample, to: "/dev/full", as: .svg)
        }
    }

    @Test func aKilledGnuplotIsReplaced() throws {
        try withFolder { folder in
            let program = "\(folder)/gnuplot"
            try makeProgram("#!/bin/sh\nread line\nkill -9 $$\n", at: program)
            let session = GnuplotSession(program: program)
            #expect(throws: PlotError.gnuplotDied(message: "")) { try session.svg(sample) }
            try makeProgram("#!/bin/sh\nexec gnuplot \"$@\"\n", at: program)
            #expect(try session.svg(sample) == self.session.svg(sample))
        }
    }

    @Test func aComplaintOfGnuplotIsPassedOn() throws {
        try withFolder { folder in
            let program = "\(folder)/complains"
            try makeProgram(
                """
                #!/bin/sh
                while read -r line; do
                    case "$line" in *print*)
                        echo 'line 1: warning: never mind' >&2
                        echo '         line 0: no such thing' >&2
                        marker=${line#*"'-'; print '"}
                        echo "${marker%%"'"*}" ;;
                    esac
                done
                """, at: program)
            let session = GnuplotSession(program: program)
            #expect(throws: PlotError.gnuplotFailed(message: "line 0: no such thing")) { try session.svg(sample) }
        }
    }

    @Test func aStuckGnuplotIsEnded() throws {
        try withFolder { folder in
            let program = "\(folder)/stuck"
            try makeProgram("#!/bin/sh\necho $$ > '\(folder)/id'\nexec sleep 1000\n", at: program)
            let session = GnuplotSession(program: program, timeout: .milliseconds(300))
            #expect(throws: PlotError.timedOut(seconds: 0.3)) { try session.svg(sample) }
            let text = try String(contentsOfFile: "\(folder)/id", encoding: .utf8)
            let identifier = try #require(Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)))
            #expect(kill(identifier, 0) == -1, "the process is gone")
        }
    }

    @Test func aPlotCanBeCancelled() throws {
        try withFolder { folder in
            let program = "\(folder)/stuck"
            try makeProgram("#!/bin/sh\nexec sleep 1000\n", at: program)
            let polls = Mutex(0)
            #expect(throws: PlotError.cancelled) {
                try GnuplotSession(program: program).svg(sample) {
                    polls.withLock {
                        $0 += 1
                        return $0 > 3
                    }
                }
            }
        }
    }

    @Test func sessionsServeManyThreads() async throws {
        let expected = try session.svg(sample)
        await withTaskGroup(of: String?.self) { group in
            for _ in 0..<8 { group.addTask { try? session.svg(sample) } }
            for await svg in group { #expect(svg == expected) }
        }
    }
}

@Suite struct MissingGnuplotTests {
    @Test func theMessageSaysWhatToInstall() {
        let session = GnuplotSession(program: "/nowhere/gnuplot")
        #expect { try session.svg(sample) } throws: { error in
            "\(error)".contains("apt-get install gnuplot-nox") && "\(error)".contains("NASH_GNUPLOT")
                && "\(error)".contains("No such file or directory")
        }
    }

    @Test func aProgramThatEndsAtOnceIsNamed() {
        #expect(throws: PlotError.self) { try GnuplotSession(program: "/bin/false").svg(sample) }
        #expect(throws: PlotError.self) { try GnuplotSession(program: "/bin/true").svg(sample) }
    }

    @Test func aTextPlotNeedsNoGnuplot() throws {
        try withFolder { folder in
            try GnuplotSession(program: "/nowhere/gnuplot").render(sample, to: "\(folder)/figure.txt")
            let text = try String(contentsOfFile: "\(folder)/figure.txt", encoding: .utf8)
            #expect(try text == sample.text(width: 100, height: 30))
        }
    }

    @Test func theScriptNeedsNoGnuplot() throws {
        try withFolder { folder in
            try GnuplotSession(program: "/nowhere/gnuplot").render(sample, to: "\(folder)/figure.gp")
            #expect(try String(contentsOfFile: "\(folder)/figure.gp", encoding: .utf8).contains("plot $layer1"))
        }
    }
}
