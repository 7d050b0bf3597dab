/// Finds and reads the files that `use` names.
struct Modules: Sendable {
    /// The files being read, outermost first: one that uses itself is refused.
    private var chain: [String] = []

    /// The program of `path`, which is relative to the folder of the file that uses it.
    ///
    /// - Throws: A `Diagnostic` at `place` when the file cannot be read, or in it when it does not parse.
    func load(
        _ path: String, from user: Source, _ vocabulary: Vocabulary, at place: Place
    ) throws -> (Source, Program, Modules) {
        let resolved = Self.resolve(path, from: user)
        guard !chain.contains(resolved) else {
            throw place.error(
                .recursion, "`\(path)` uses itself", help: "the files are \(chain.joined(separator: " → "))")
        }
        let source = try Self.read(resolved, at: place)
        var inner = self
        inner.chain.append(resolved)
        return (source, try Parser.parse(source, with: vocabulary), inner)
    }

    static func resolve(_ path: String, from user: Source) -> String {
        guard !path.hasPrefix("/"), let slash = user.name.lastIndex(of: "/") else { return path }
        return user.name[...slash] + path
    }

    private static func read(_ path: String, at place: Place) throws -> Source {
        let bytes: [UInt8]
        do {
            bytes = try FileBytes.read(path)
        } catch {
            throw place.error(.file, "\(error.place): \(error.message)", help: error.help)
        }
        return try Source(name: path, bytes: bytes)
    }
}

extension Source {
    /// The file that `use` of a path names in this source, with its program; nil where it cannot be read or parsed.
    public func used(_ path: String) -> (source: Source, program: Program)? {
        let resolved = Modules.resolve(path, from: self)
        guard let bytes = try? FileBytes.read(resolved), let source = try? Source(name: resolved, bytes: bytes),
            let program = try? Parser.parse(source)
        else { return nil }
        return (source, program)
    }
}
