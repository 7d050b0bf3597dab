/// What a quantity measures; only quantities of one dimension add and compare.
public enum Dimension: String, Sendable, Hashable, Codable, CaseIterable {
    case fraction, time, epochs, iterations, bytes, energy, power, frequency
}

/// A unit of the language, written right after a number: `5ms`, `90%`, `81ep`.
///
/// The multipliers `k K M G T` are no units: `600M` is a plain number.
public enum Unit: String, Sendable, Hashable, Codable, CaseIterable {
    case percent = "%"
    case nanoseconds = "ns"
    case microseconds = "us"
    case milliseconds = "ms"
    case seconds = "s"
    case minutes = "min"
    case hours = "h"
    case days = "d"
    case epochs = "ep"
    case iterations = "it"
    case bytes = "B"
    case kilobytes = "kB"
    case megabytes = "MB"
    case gigabytes = "GB"
    case kibibytes = "KiB"
    case mebibytes = "MiB"
    case gibibytes = "GiB"
    case joules = "J"
    case millijoules = "mJ"
    case watts = "W"
    case hertz = "Hz"
    case megahertz = "MHz"
    case gigahertz = "GHz"

    /// The plain multipliers that a number may carry.
    public static let multipliers: [String: Double] = ["k": 1e3, "K": 1e3, "M": 1e6, "G": 1e9, "T": 1e12]

    /// Whether a number may end with this name: a unit or a multiplier.
    static func isSuffix(_ name: String) -> Bool { Unit(rawValue: name) != nil || multipliers[name] != nil }

    /// What it measures.
    public var dimension: Dimension { definition.dimension }

    /// How many of the dimension's base unit one of this unit is (seconds, bytes, joules, watts, hertz; 1 for %).
    public var scale: Double { definition.scale }

    private var definition: (dimension: Dimension, scale: Double) {
        switch self {
        case .percent: (.fraction, 1)
        case .nanoseconds: (.time, 1e-9)
        case .microseconds: (.time, 1e-6)
        case .milliseconds: (.time, 1e-3)
        case .seconds: (.time, 1)
        case .minutes: (.time, 60)
        case .hours: (.time, 3600)
        case .days: (.time, 86400)
        case .epochs: (.epochs, 1)
        case .iterations: (.iterations, 1)
        case .bytes: (.bytes, 1)
        case .kilobytes: (.bytes, 1e3)
        case .megabytes: (.bytes, 1e6)
        case .gigabytes: (.bytes, 1e9)
        case .kibibytes: (.bytes, 1024)
        case .mebibytes: (.bytes, 1_048_576)
        case .gibibytes: (.bytes, 1_073_741_824)
        case .joules: (.energy, 1)
        case .millijoules: (.energy, 1e-3)
        case .watts: (.power, 1)
        case .hertz: (.frequency, 1)
        case .megahertz: (.frequency, 1e6)
        case .gigahertz: (.frequency, 1e9)
        }
    }

    /// The number that `magnitude` of this unit is in `other`, which must measure the same.
    public func convert(_ magnitude: Double, to other: Unit) -> Double {
        self == other ? magnitude : ratio(to: other).apply(magnitude)
    }
}

/// A number with a unit: `5 ms`, `94.37 %`.
public struct Quantity: Sendable, Hashable, Codable {
    /// The number, in `unit`.
    public var magnitude: Double
    /// The unit.
    public var unit: Unit

    /// Makes it of its parts.
    public init(_ magnitude: Double, _ unit: Unit) {
        self.magnitude = magnitude
        self.unit = unit
    }

    /// The number in another unit of the same dimension.
    public func magnitude(in other: Unit) -> Double { unit.convert(magnitude, to: other) }
}
