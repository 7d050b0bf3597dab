import Foundation
import Testing

/// A supernet that is killed in each of its stages.
@Suite(.serialized) struct SupernetFaultTests {
    private static let line = """
        net = ofa blocks: 2, depth: [1, 2], width: [2, 3], kernel: [3, 5] \
        | train data: digits, method: progressive, epochs: 5ep, seed: 3, batch: 256
        net.curves | drop .seconds, .images_per_second | save "curves.csv"
        net | sample 3, seed: 1 | evaluate data: digits | save "judged.csv";
        """

    private func content(_ shell: StudyFaultTests.Shell) throws -> [String] {
        try ["curves", "judged"].map { try String(contentsOfFile: "\(shell.folder)/\($0).csv", encoding: .utf8) }
    }

    @Test func `kill -9 in every stage loses nothing, and the same line ends as if it had not been`() throws {
        let whole = try StudyFaultTests.Shell()
        #expect(try whole.run(Self.line) == 0, "\(whole.errors)")
        let curves = try content(whole)
        #expect(["teacher", "kernel", "depth 1", "width 1"].allSatisfy { curves[0].contains($0) })

        let shell = try StudyFaultTests.Shell()
        var killed: Set<Int> = []
        for _ in 0..<60 {
            let process = try shell.start(Self.line)
            // Killed as soon as one more epoch is stored, so once in the midst of each that follows.
            while process.isRunning, try epochs(in: shell) <= (killed.max() ?? -1) { usleep(20_000) }
            guard process.isRunning else { break }
            killed.insert(try epochs(in: shell))
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        #expect(killed.count >= 4, "killed after \(killed.sorted()) epochs")
        #expect(try shell.run(Self.line) == 0, "\(shell.errors)")
        #expect(try content(shell) == curves, "after kills at \(killed.sorted())")
        #expect(try shell.run("studies | count") == 0)
        #expect(shell.output == "1\n")
    }

    /// How many epochs have a checkpoint: the store itself is left alone while the program runs.
    private func epochs(in shell: StudyFaultTests.Shell) throws -> Int {
        let folder = "\(shell.store)/artefacts/1/0"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.compactMap { $0.hasPrefix("epoch-") ? Int($0.split(separator: "-")[1]) : nil }.max() ?? 0
    }
}
