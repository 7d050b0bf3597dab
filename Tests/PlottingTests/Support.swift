import Foundation
import Plotting
import Testing

/// Whether gnuplot can be found, as the session looks for it.
let hasGnuplot: Bool = {
    let program = ProcessInfo.processInfo.environment["NASH_GNUPLOT"] ?? "gnuplot"
    if program.contains("/") { return access(program, X_OK) == 0 }
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.contains { access("\($0)/\(program)", X_OK) == 0 }
}()

extension Trait where Self == ConditionTrait {
    /// Skips a test where gnuplot is not installed.
    static var needsGnuplot: Self { .enabled(if: hasGnuplot, "gnuplot is not installed: apt-get install gnuplot-nox") }
}

/// Runs a test in a folder of its own that is removed afterwards.
func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = NSTemporaryDirectory() + "plotting-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try body(folder)
}

/// Makes a program that stands in for gnuplot. A shell writes it: a file that this process wrote could still be open
/// in a child that another test is starting, and could not be run.
func makeProgram(_ source: String, at path: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "rm -f \"$2\"; printf %s \"$1\" > \"$2\"; chmod +x \"$2\"", "sh", source, path]
    try process.run()
    process.waitUntilExit()
}

/// A small figure of two groups.
let sample = Figure(
    title: "Accuracy over latency", x: Axis("latency", unit: "ms"), y: Axis("accuracy", unit: "%"),
    series: [
        Series(.points, x: [1, 2, 3, 4], y: [70, 82, 88, 90], name: "pixel3"),
        Series(.lines, x: [1, 2, 3, 4], y: [60, 75, .nan, 89], name: "raspi4"),
    ])
