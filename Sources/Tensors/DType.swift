internal import CTorch

/// The type of a tensor's elements. (The raw values are libtorch's own.)
public enum DType: Int32, Hashable, Sendable, CaseIterable, CustomStringConvertible {
    /// Whole numbers.
    case uint8 = 0, int8, int16, int32, int64
    /// Floating-point numbers of IEEE 754.
    case float16, float32, float64
    /// True or false, a byte each.
    case bool = 11
    /// The upper half of a `float32`.
    case bfloat16 = 15

    /// The bytes of an element.
    public var size: Int {
        switch self {
        case .uint8, .int8, .bool: 1
        case .int16, .float16, .bfloat16: 2
        case .int32, .float32: 4
        case .int64, .float64: 8
        }
    }

    /// Whether gradients can flow through elements of this type.
    public var isFloatingPoint: Bool {
        switch self {
        case .float16, .float32, .float64, .bfloat16: true
        default: false
        }
    }

    /// PyTorch's name of it, such as `float32`.
    public var description: String {
        switch self {
        case .uint8: "uint8"
        case .int8: "int8"
        case .int16: "int16"
        case .int32: "int32"
        case .int64: "int64"
        case .float16: "float16"
        case .float32: "float32"
        case .float64: "float64"
        case .bool: "bool"
        case .bfloat16: "bfloat16"
        }
    }

    func options(on device: Device) -> CTOptions {
        CTOptions(dtype: CTDType(rawValue), device: device.c)
    }
}

/// A Swift type of which a tensor's elements can be made and read.
public protocol TensorElement: BitwiseCopyable, Sendable {
    /// The type of the elements in libtorch.
    static var dtype: DType { get }
}

extension Float: TensorElement {
    /// `float32`.
    public static var dtype: DType { .float32 }
}
extension Double: TensorElement {
    /// `float64`.
    public static var dtype: DType { .float64 }
}
extension Int: TensorElement {
    /// `int64`.
    public static var dtype: DType { .int64 }
}
extension Int64: TensorElement {
    /// `int64`.
    public static var dtype: DType { .int64 }
}
extension Int32: TensorElement {
    /// `int32`.
    public static var dtype: DType { .int32 }
}
extension Int16: TensorElement {
    /// `int16`.
    public static var dtype: DType { .int16 }
}
extension Int8: TensorElement {
    /// `int8`.
    public static var dtype: DType { .int8 }
}
extension UInt8: TensorElement {
    /// `uint8`.
    public static var dtype: DType { .uint8 }
}
extension Bool: TensorElement {
    /// `bool`.
    public static var dtype: DType { .bool }
}

/// A number beside a tensor in arithmetic: a whole one leaves the type of an integer tensor as it is.
public enum Scalar: Sendable, Hashable {
    /// A whole number.
    case whole(Int)
    /// Any number.
    case real(Double)

    var c: CTScalar {
        switch self {
        case .whole(let value): CTScalar(real: Double(value), whole: value, isWhole: true)
        case .real(let value): CTScalar(real: value, whole: 0, isWhole: false)
        }
    }
}

/// A Swift number that may stand beside a tensor in arithmetic.
public protocol ScalarConvertible {
    /// The number, and whether it is whole.
    var scalar: Scalar { get }
}

extension Int: ScalarConvertible {
    /// A whole number.
    public var scalar: Scalar { .whole(self) }
}
extension Double: ScalarConvertible {
    /// A real number.
    public var scalar: Scalar { .real(self) }
}
extension Float: ScalarConvertible {
    /// A real number.
    public var scalar: Scalar { .real(Double(self)) }
}
