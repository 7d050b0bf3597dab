/// Data that could not be read, or asked for something that they do not hold: where, what is wrong, and what to do.
///
/// A CIFAR file cut short gives `cifar/test_batch.bin: 5000 bytes are no whole number of records of 3073 bytes`.
public struct DatasetError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The path of the file or folder as it was given, or the data set's name.
    public let place: String
    /// What was found, and what was expected.
    public let message: String
    /// What to try.
    public let help: String?

    /// An error about the data at a place.
    public init(_ place: String, _ message: String, help: String? = nil) {
        self.place = place
        self.message = message
        self.help = help
    }

    /// The place and the message in one line.
    public var description: String { "\(place): \(message)" }
}
