import Networks
import Tensors

/// What a proxy says of a network: a finite number, or the reason why there is none.
public enum Score: Sendable, Hashable {
    /// A finite number, greater being better.
    case value(Double)
    /// Why there is no number.
    case none(String)

    /// The number, if there is one.
    public var number: Double? {
        guard case .value(let number) = self else { return nil }
        return number
    }

    /// The result of `compute`, or as the reason the error that it throws; cancellation goes on.
    init(catching compute: () throws -> Double) throws {
        do {
            self = .value(try ProxyError.finite(compute()))
        } catch let error as CancellationError {
            throw error
        } catch let error as NetworkError {
            self = .none(error.reason)
        } catch {
            self = .none("\(error)")
        }
    }
}

/// Why a proxy has no value for a network.
public enum ProxyError: Error, Hashable, CustomStringConvertible {
    /// No path leads from the input to the output.
    case disconnected
    /// The formula has no finite value: what came out, and of what.
    case notFinite(Double)
    /// No gradient reaches any weight.
    case noGradient
    /// The formula is not defined here.
    case undefined(String)

    /// The reason in words.
    public var description: String {
        switch self {
        case .disconnected: "no path leads from the input to the output"
        case .notFinite(let value) where value.isNaN: "the value is not a number"
        case .notFinite: "the value is infinite"
        case .noGradient: "no gradient reaches any weight"
        case .undefined(let reason): reason
        }
    }

    /// The value, if it is a finite number.
    static func finite(_ value: Double) throws -> Double {
        guard value.isFinite else { throw ProxyError.notFinite(value) }
        return value
    }
}
