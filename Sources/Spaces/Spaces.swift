/// The search spaces that are built in.
public enum Spaces {
    /// Each of them once. To add a space, add its line.
    public static let all: [any Space] = [
        NATSTopology(), NATSSize(), NASBenchMacro(), FBNet(), DARTS(), OFASpace.paper,
    ]

    /// The built-in space of this name, if there is one.
    public static func named(_ name: String) -> (any Space)? { all.first { $0.name == name } }
}
