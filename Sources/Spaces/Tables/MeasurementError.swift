/// What can go wrong when a published measurement is asked for.
public enum MeasurementError: Error, Equatable, CustomStringConvertible {
    /// Nothing of this name has been measured: what kind of thing was asked for, within what, under which name, and
    /// the names that exist.
    case unknown(kind: String, within: String, asked: String, existing: [String])
    /// Nothing of this kind is shipped, and no table of the user's has it: `learning curves`, `training times`.
    case notImported(kind: String, space: String)
    /// A file of the tables cannot be read, for the system's reason.
    case unreadable(file: String, reason: String, origin: TableOrigin)
    /// A compressed file of the tables cannot be inflated: cut short, a wrong checksum, too large.
    case damaged(file: String, reason: String, origin: TableOrigin)
    /// A file of the tables is not in its form: the line, counted from 1, and what was expected there.
    case malformed(file: String, line: Int, expected: String, origin: TableOrigin)

    /// What was asked, what exists, and what to try.
    public var description: String {
        switch self {
        case .unknown(let kind, let within, let asked, let existing):
            guard !existing.isEmpty else { return "\(within) has no \(kind)" }
            let list = "there is " + existing.joined(separator: ", ")
            let suggestion = Self.nearest(to: asked, in: existing).map { "; did you mean \($0)?" } ?? ""
            return "\(within) has no \(kind) “\(asked)”: \(list)\(suggestion)"
        case .notImported(let kind, let space):
            return "there are no \(kind) of \(space): nash ships none; \(Self.source(of: space))"
        case .unreadable(let file, let reason, let origin):
            return "\(file) cannot be read: \(reason); \(origin.remedy)"
        case .damaged(let file, let reason, let origin):
            return "\(file) is damaged: \(reason); \(origin.remedy)"
        case .malformed(let file, let line, let expected, let origin):
            return "\(file), line \(line): expected \(expected); \(origin.remedy)"
        }
    }

    /// Where measurements that nash does not ship come from.
    private static func source(of space: String) -> String {
        Tables.benchmarks.contains { $0.space == space && $0.isOfNATSBench }
            ? "`scripts/import-nats FOLDER` makes tables of them from a release of NATS-Bench"
            : "docs/tables.md says how to add tables of your own"
    }

    /// The existing name that was probably meant: the one fewest slips of typing away, at most one in three letters.
    public var suggestion: String? {
        guard case .unknown(_, _, let asked, let existing) = self else { return nil }
        return Self.nearest(to: asked, in: existing)
    }

    private static func nearest(to asked: String, in existing: [String]) -> String? {
        let slips = existing.map { (name: $0, count: Self.slips(Array(asked.utf8), Array($0.utf8))) }
        let length = asked.utf8.count
        let nearest = slips.min { $0.count < $1.count }
        return nearest.flatMap { $0.count < length && $0.count <= max(1, length / 3) ? $0.name : nil }
    }

    /// How many letters to insert, drop, replace or exchange with their neighbour make one word of another.
    ///
    /// R. Lowrance and R. A. Wagner: An Extension of the String-to-String Correction Problem. Journal of the ACM
    /// 22(2), 1975; here no letter is edited twice.
    private static func slips(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var rows = [Array(0...b.count)]
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                var best = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, rows[i - 1][j - 1] + 1) }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[a.count][b.count]
    }
}
