import Foundation
import Testing

@testable import nash

/// The saved analyses of `scripts/`: each checks to its last line, reads as a notebook, and has its figures in `plots/`.
///
/// Most train networks for minutes and are not run here; the tour is, among the documents.
@Suite struct ScriptsTests {
    private static let root: String = {
        let path = #filePath
        return path.ranges(of: "Tests/nashTests/").last.map { String(path[..<$0.lowerBound]) } ?? ""
    }()

    static let names: [String] = {
        let files = try? FileManager.default.contentsOfDirectory(atPath: root + "scripts")
        return (files ?? []).filter { $0.hasSuffix(".nash") }.sorted()
    }()

    private static func source(_ name: String) throws -> String {
        try String(contentsOfFile: root + "scripts/" + name, encoding: .utf8)
    }

    @Test func `there are the analyses that the list names`() throws {
        let list = try String(contentsOfFile: Self.root + "scripts/README.md", encoding: .utf8)
        #expect(Self.names.count >= 6)
        for name in Self.names { #expect(list.contains("`\(name)`"), "\(name)") }
    }

    /// A program is checked as a whole before any of it runs, and the first mistake is told: here it is the last word.
    @Test(arguments: names) func `an analysis checks to its last line`(_ name: String) throws {
        let folder = try TemporaryFolder()
        _ = try folder.file("script.nash", try Self.source(name) + "\nno_such_word_at_the_end 1\n")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: PseudoTerminal.binary)
        process.arguments = ["script.nash"]
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        let errors = Pipe()
        process.standardError = errors
        try process.run()
        let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == ExitCode.rejected.rawValue)
        #expect(said.contains("no_such_word_at_the_end"), "\(said)")
    }

    @Test(arguments: names) func `an analysis is a notebook that begins with its reason`(_ name: String) throws {
        let lines = try Self.source(name).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        #expect(lines.first == "#!/usr/bin/env nash")
        let cells = lines.filter { $0.hasPrefix("#%%") }
        #expect(cells.first?.hasPrefix("#%% [md] ") == true)
        #expect(cells.count > 3 && cells.allSatisfy { $0.count > 4 })
        #expect(lines.contains { $0.contains("scripts/nash scripts/\(name)") })
        #expect(lines.allSatisfy { !$0.hasPrefix("#") || $0.count <= 120 })
    }

    @Test(arguments: names) func `the figures of an analysis are there and small`(_ name: String) throws {
        let figures = try Self.source(name).matches(of: /to: "(plots\/[a-z-]+\.png)"/).map { String($0.output.1) }
        #expect(!figures.isEmpty)
        for figure in figures {
            let size = try FileManager.default.attributesOfItem(atPath: Self.root + figure)[.size] as? Int
            #expect((1..<200_000).contains(size ?? 0), "\(figure)")
        }
    }
}
