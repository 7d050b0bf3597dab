/// The search spaces that are built in.
public enum Spaces {
    /// Each of them once. To add a space, add its line.
    public static let all: [any Space] = [
        NATSTopology(), NATSSize(), NASBenchMacro(), FBNet(), DARTS(), OFASpace.paper,
    ]

    /// The built-in space of this name, or the one of elastic networks whose choices it states; nil for any other name.
    public static func named(_ name: String) -> (any Space)? {
        all.first { $0.name == name } ?? OFASpace.named(name)
    }
}
