/// Why a network cannot be built or has no live part.
public struct NetworkError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The name of the layer at fault, empty where it has none.
    public let layer: String
    /// What was expected and what was found.
    public let reason: String
    /// What to try.
    public let hint: String

    init(layer: String = "", _ reason: String, try hint: String) {
        self.layer = layer
        self.reason = reason
        self.hint = hint
    }

    /// The error as one line: place, reason and advice.
    public var description: String {
        (layer.isEmpty ? "" : "layer '\(layer)': ") + "\(reason); \(hint)"
    }

    /// Thrown by ``Network/live()`` when no path leads from input to output.
    static let disconnected = NetworkError(
        "no path leads from the input to the output", try: "replace a zero operation by one that passes its input on")

    func at(_ layer: String) -> NetworkError { NetworkError(layer: layer, reason, try: hint) }
}
