/// Why something of this machine cannot be measured.
public struct HardwareError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is missing or refused.
    public let reason: String
    /// What to try.
    public let hint: String

    /// An error and a way out of it.
    public init(_ reason: String, try hint: String) { (self.reason, self.hint) = (reason, hint) }

    /// Reason and way out in one line.
    public var description: String { "\(reason): \(hint)" }
}
