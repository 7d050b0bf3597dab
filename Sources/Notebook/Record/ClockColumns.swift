/// The columns and fields that the clock made: what they hold differs from run to run of the same program.
public enum ClockColumns {
    /// `seconds` of trials, epochs, studies and cross-validation; `busy`, the share of that time in which workers had
    /// work; `created`, when a study was made.
    public static let names: Set<String> = ["seconds", "busy", "created"]

    /// Fields that tell of the machine and its software rather than of a result.
    static let machine: Set<String> = ["versions"]
}
