/// Whose a table is.
public enum TableOrigin: String, Sendable, CaseIterable {
    /// Part of nash.
    case shipped
    /// Found in the user's folder of tables.
    case user

    /// What helps when a file is broken.
    var remedy: String {
        switch self {
        case .shipped: "it is shipped beside the program: build or install nash anew"
        case .user: "it is a table of your own: write it anew, or remove it"
        }
    }
}
