import Language

/// The files that a begun path between quotes may mean.
struct PathCandidates {
    /// The begun name behind the last slash, as it is typed.
    let name: Substring
    /// The files of that folder that begin so.
    let candidates: [Candidate]

    /// - Parameter typed: what stands between the quote and the cursor.
    init(_ typed: String) {
        let slash = typed.lastIndex(of: "/").map { typed.index(after: $0) } ?? typed.startIndex
        let name = typed[slash...]
        let folder = slash == typed.startIndex ? "./" : Self.plain(Files.expandTilde(String(typed[..<slash])))
        self.name = name
        candidates = Folder.entries(of: folder)
            .filter { $0.hasPrefix(".") == name.hasPrefix(".") }
            .map { (file: $0, text: Self.quoted($0)) }
            .filter { $0.text.hasPrefix(name) }
            .sorted { $0.text < $1.text }
            .map { file, text in
                Folder.exists(folder + file)
                    ? Candidate(text + "/", "folder", suffix: "") : Candidate(text, "file", suffix: "\"")
            }
    }

    /// A name as it stands in a string of the language.
    private static func quoted(_ name: String) -> String {
        name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    }

    private static func plain(_ text: String) -> String {
        text.replacing("\\\"", with: "\"").replacing("\\\\", with: "\\")
    }
}
