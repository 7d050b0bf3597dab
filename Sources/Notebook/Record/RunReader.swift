import Glibc
import Language

extension RunRecord {
    /// The run that is recorded in a folder.
    ///
    /// A last line that a killed process wrote only half of is left out, and `isCutOff` says so.
    /// - Throws: ``RunError`` for a folder that is not there or holds no run, a run that a newer nash wrote, and the
    ///   first line of it that is broken.
    public static func read(_ folder: String) throws(RunError) -> RunRecord {
        var run = try header(of: folder)
        let path = "\(folder)/\(RunFile.cells)"
        guard access(path, F_OK) == 0 else { return run }
        let bytes = try self.bytes(path)
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() where !line.isEmpty {
            do throws(RunError) {
                run.cells.append(try cell(line, place: "\(path):\(index + 1)"))
            } catch {
                // Whole lines end; only the last one can have been cut off.
                guard index == lines.count - 1 else { throw error }
                run.isCutOff = true
            }
        }
        return run
    }

    /// The run without its cells.
    ///
    /// - Throws: ``RunError`` as ``read(_:)``.
    public static func header(of folder: String) throws(RunError) -> RunRecord {
        var status = stat()
        guard stat(folder, &status) == 0 else {
            throw RunError(folder, "there is no such folder", help: "`nash runs` lists the runs that were recorded")
        }
        let path = "\(folder)/\(RunFile.header)"
        guard status.st_mode & S_IFMT == S_IFDIR, access(path, F_OK) == 0 else {
            throw RunError(
                folder, "no run is recorded here: there is no \(RunFile.header)",
                help: "give the folder of a run; `nash runs` lists them")
        }
        return try RunRecord(header: RecordFields(try value(try bytes(path)[...], path), place: path), folder: folder)
    }

    private static func cell(_ line: ArraySlice<UInt8>, place: String) throws(RunError) -> CellRecord {
        try CellRecord(RecordFields(try value(line, place), place: place))
    }

    private static func value(_ bytes: ArraySlice<UInt8>, _ place: String) throws(RunError) -> Value {
        do throws(ReadingError) {
            return try JSONReader.value(Array(bytes), name: place)
        } catch {
            throw RunError(place, "this is no JSON: \(error.message)", help: "the record is damaged here")
        }
    }

    private static func bytes(_ path: String) throws(RunError) -> [UInt8] {
        do throws(ReadingError) {
            return try FileBytes.read(path)
        } catch {
            throw RunError(path, error.message, help: error.help)
        }
    }
}

/// The names of what lies in the folder of a run.
enum RunFile {
    static let header = "header.json"
    static let cells = "cells.jsonl"
    static let plots = "plots"
    /// What the name of a file ends in while it is being written.
    static let new = ".new"
}
