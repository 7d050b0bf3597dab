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
            let suggestion = nearest(to: asked, in: existing).map { "; did you mean \($0)?" } ?? ""
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
        return nearest(to: asked, in: existing)
    }
}
