public import Language

/// The removal of old runs from a folder of runs.
public struct RunPruning: Sendable {
    /// The runs that were removed, as ``RunListing`` lists them.
    public let removed: Table
    /// Why others of the old runs are still there, at least in part.
    public let problems: [RunError]

    /// Removes all but the newest `count` of the runs that no living process records.
    ///
    /// Only folders go that hold a record and nothing else; links are neither followed nor removed. The header goes
    /// last, so that what is left of a removal that was cut off is a run of the list still, and goes with the next.
    /// - Parameters:
    ///   - runs: the folder of runs.
    ///   - count: how many are kept, from 0.
    public init(_ runs: String, keeping count: Int) {
        let idle = RunListing.found(in: runs).filter {
            FolderTree.isFolder($0.folder) && !RunRecord.isRunning($0.folder)
        }
        let old = Array(idle.dropFirst(count))
        let table = RunListing.table(old)
        var (gone, problems): ([Int], [RunError]) = ([], [])
        for (place, run) in old.enumerated() {
            do throws(RunError) {
                try Self.remove(run.folder)
                gone.append(place)
            } catch {
                problems.append(error)
            }
        }
        (removed, self.problems) = (table.gather(gone), problems)
    }

    private static func remove(_ folder: String) throws(RunError) {
        if let name = stranger(in: folder) {
            throw RunError(
                folder, "it holds \(name), which is no part of a record, and is left as it is",
                help: "move that elsewhere, or remove the folder yourself")
        }
        for name in [RunFile.plots, RunFile.cells, RunFile.header + RunFile.new, RunFile.header] {
            guard FolderTree.remove("\(folder)/\(name)") else {
                throw RunPlace.failure("\(folder)/\(name)", "it cannot be removed")
            }
        }
        guard FolderTree.remove(folder) else { throw RunPlace.failure(folder, "it cannot be removed") }
    }

    /// Something in a run's folder that a recorder does not write; nil where there is nothing of the kind.
    private static func stranger(in folder: String) -> String? {
        let files = [RunFile.header, RunFile.cells, RunFile.header + RunFile.new]
        let plots = "\(folder)/\(RunFile.plots)"
        for name in FolderTree.names(in: folder) ?? [] {
            let path = "\(folder)/\(name)"
            let isOurs =
                name == RunFile.plots ? FolderTree.isFolder(path) : files.contains(name) && FolderTree.isFile(path)
            guard isOurs else { return name }
        }
        let isPlot = { (name: String) in
            [".svg", ".gp", ".csv", RunFile.new].contains(where: name.hasSuffix)
                && FolderTree.isFile("\(plots)/\(name)")
        }
        return FolderTree.names(in: plots)?.first { !isPlot($0) }.map { "\(RunFile.plots)/\($0)" }
    }
}
