/// The version of nash, in the one place that names it.
public enum NashVersion {
    /// As `nash --version` says it.
    public static let text = "0.1.0"
}
