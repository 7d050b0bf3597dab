/// A safetensors file that could not be read or written: which, where in it, and why.
///
/// Half a file gives `model.safetensors, byte 8: the header of 5000 bytes ends beyond the file of 2048 bytes`.
public struct SafetensorsError: Error, Equatable, CustomStringConvertible {
    /// The file's path.
    public let path: String
    /// The place in the file, where one is at fault.
    public let offset: Int?
    /// What was expected there.
    public let problem: String

    /// The path, the place and the problem in one line.
    public var description: String { "\(path)\(offset.map { ", byte \($0)" } ?? ""): \(problem)" }
}

/// What is wrong at a place in a header, before it is known to which file it belongs.
struct Malformed: Error {
    let offset: Int
    let problem: String
}
