internal import Foundation

/// Finds and reads the files that `use` names.
struct Modules: Sendable {
    /// The files being read, outermost first: one that uses itself is refused.
    private var chain: [String] = []

    /// The program of `path`, which is relative to the folder of the file that uses it.
    func load(_ path: String, from user: Source, at place: Place) throws -> (Source, Program, Modules) {
        let resolved = Self.resolve(path, from: user)
        guard !chain.contains(resolved) else {
            throw place.error(.recursion, "`\(path)` uses itself", help: "the files are \(chain.joined(separator: " → "))")
        }
        let source = Source(name: resolved, text: try Self.read(resolved, at: place))
        var inner = self
        inner.chain.append(resolved)
        return (source, try Parser.parse(source), inner)
    }

    private static func resolve(_ path: String, from user: Source) -> String {
        if path.hasPrefix("/") { return path }
        let folder = user.name.contains("/") ? URL(fileURLWithPath: user.name).deletingLastPathComponent().path : ""
        return folder.isEmpty ? path : "\(folder)/\(path)"
    }

    private static func read(_ path: String, at place: Place) throws -> String {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw place.error(.file, "cannot read `\(path)`", help: "give the path of a .nash file that exists")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw place.error(.badEncoding, "`\(path)` is not UTF-8 text")
        }
        return text
    }
}
