internal import CTorch
internal import Glibc

/// The library that holds libtorch: opened at its first use, never before.
enum Library {
    /// The functions, once `load` has opened the library.
    nonisolated(unsafe) private static let opened = Result { () throws(TensorError) in try open() }

    /// Opens the library if it is not open yet.
    @discardableResult
    static func load() throws(TensorError) -> UnsafePointer<CTFunctions> { try opened.get() }

    private static func open() throws(TensorError) -> UnsafePointer<CTFunctions> {
        let path = try find()
        var message: UnsafeMutablePointer<CChar>?
        guard let functions = ct_open(path, &message) else { throw failure(path, taking: message) }
        return functions
    }

    /// The first of the places where the library may be that exists.
    private static func find() throws(TensorError) -> String {
        let folder = folderOfProgram()
        let name = "libNashTorch.so"
        let places =
            getenv("NASH_TORCH").map { [String(cString: $0)] } ?? ["\(folder)/\(name)", "\(folder)/../lib/\(name)"]
        if let path = places.first(where: { access($0, R_OK) == 0 }) { return path }
        throw TensorError(
            operation: "opening libtorch",
            message: "there is no readable \(places.joined(separator: " or ")); "
                + "build it with `swift build --product NashTorch`, or name its place in NASH_TORCH")
    }

    private static func folderOfProgram() -> String {
        guard let program = realpath("/proc/self/exe", nil) else { return "." }
        defer { free(program) }
        let path = String(cString: program)
        return String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    }

    private static func failure(_ path: String, taking message: UnsafeMutablePointer<CChar>?) -> TensorError {
        let text = takeString(message) ?? "no reason was given"
        let advice = text.contains("cannot open shared object") ? "; run `scripts/setup`, which installs libtorch" : ""
        return TensorError(operation: "opening libtorch", message: "\(path): \(text)\(advice)")
    }
}

/// The functions of the library. For use where a tensor or a generator exists, hence the library is open.
var torch: UnsafePointer<CTFunctions> {
    do { return try Library.load() } catch { preconditionFailure("\(error)") }
}

/// The text at `characters`, which is freed.
func takeString(_ characters: UnsafeMutablePointer<CChar>?) -> String? {
    guard let characters else { return nil }
    defer { free(characters) }
    return String(cString: characters)
}

/// Throws what the library said of `operation`, unless `done`.
@inline(__always)
func check(
    _ done: Bool, of operands: @autoclosure () -> [Tensor] = [], _ operation: StaticString = #function
) throws(TensorError) {
    guard done else { throw lastFailure(of: operands(), operation) }
}

/// The error that the last failed call on this thread left, in its first line.
func lastFailure(of operands: [Tensor], _ operation: StaticString) -> TensorError {
    let text = takeString(torch.pointee.takeMessage()) ?? "libtorch gave no reason"
    return TensorError(
        operation: String("\(operation)".prefix { $0 != "(" }),
        message: String(text.prefix { $0 != "\n" }),
        shapes: operands.map(\.shape))
}
