import Glibc

/// The folder by which Jupyter knows the kernel: kernel.json, logos, and the kernel's Python code.
struct KernelSpec {
    /// `…/share/jupyter/kernels/nash`.
    let folder: String

    /// The one below `prefix`, else the user's.
    init(prefix: String?) throws(KernelError) {
        let jupyter =
            if let prefix { Self.absolute(Files.expandTilde(prefix)) + "/share/jupyter" } else { try Self.userFolder() }
        folder = jupyter + "/kernels/nash"
    }

    /// Jupyter's own rule: $JUPYTER_DATA_DIR, or `jupyter` in $XDG_DATA_HOME, by default ~/.local/share.
    private static func userFolder() throws(KernelError) -> String {
        func value(_ name: String) -> String? { environment(name).flatMap { $0.isEmpty ? nil : $0 } }
        if let folder = value("JUPYTER_DATA_DIR") { return absolute(folder) }
        if let data = value("XDG_DATA_HOME") { return absolute(data) + "/jupyter" }
        guard let home = value("HOME") else { throw .noHome }
        return home + "/.local/share/jupyter"
    }

    private static func absolute(_ path: String) -> String {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        if path.hasPrefix("/") { return path }
        guard let here = getcwd(nil, 0) else { return path }
        defer { free(here) }
        return "\(String(cString: here))/\(path)"
    }

    /// Writes it for this nash, in the place of an older one.
    func install(_ python: Python) throws {
        if Folder.exists(folder) { try uninstall() }
        let program = Self.program
        let source =
            program.prefix(upTo: program.lastIndex(of: "/") ?? program.startIndex) + "/nash_nash.resources/Spec"
        let files = Folder.files(in: String(source)).filter { !$0.contains("__pycache__") }
        guard !files.isEmpty else { throw KernelError.noCode(String(source)) }
        for file in files { try write(file, Files.read("\(source)/\(file)")) }
        try write("kernel.json", Array(description(python, program).utf8))
    }

    private func write(_ file: String, _ bytes: [UInt8]) throws {
        let path = "\(folder)/\(file)"
        Files.makeParents(of: path)
        try Files.replace(path, with: bytes)
    }

    private func description(_ python: Python, _ program: String) -> String {
        let command = [python.path, "\(folder)/python", "-f", "{connection_file}"]
        let lines: [(String, JSON)] = [
            ("argv", .texts(command)), ("display_name", "nash"), ("language", "nash"), ("interrupt_mode", "signal"),
            ("env", .object([Self.mark: JSON(program)])), ("metadata", .object(["debugger": false])),
        ]
        return "{\n" + lines.map { "  \(JSON($0).text): \($1.text)" }.joined(separator: ",\n") + "\n}\n"
    }

    /// The environment's variable that tells the kernel of its nash, and us of our kernel.json.
    private static let mark = "NASH_PROGRAM"

    /// The running program.
    static var program: String {
        guard let path = realpath("/proc/self/exe", nil) else { return CommandLine.arguments[0] }
        defer { free(path) }
        return String(cString: path)
    }

    /// Removes it; another's kernel of the name stays.
    func uninstall() throws {
        guard Folder.exists(folder) else { throw KernelError.notInstalled(folder) }
        let description = (try? Files.read(folder + "/kernel.json")).map { String(decoding: $0, as: UTF8.self) }
        guard Folder.entries(of: folder).isEmpty || description?.contains("\"\(Self.mark)\"") == true else {
            throw KernelError.anothers(folder)
        }
        try Folder.remove(folder)
    }
}

/// Why the kernel cannot be installed or removed.
enum KernelError: Error, CustomStringConvertible {
    /// None of these is a Python that can run the kernel.
    case noPython(tried: [String])
    /// The kernel's code is not where the build puts it.
    case noCode(String)
    case noHome
    case notInstalled(String)
    /// The folder holds something that nash has not written.
    case anothers(String)

    var description: String {
        switch self {
        case .noPython(let tried):
            """
            no Python 3.10 or newer with ipykernel 6 or newer was found (tried \(tried.joined(separator: ", ")))
            install it, for example with: python3 -m pip install ipykernel
            or name a Python that has it: nash kernel install --python PATH
            """
        case .noCode(let folder): "the kernel's code is missing: there is nothing in \(folder); build nash again"
        case .noHome: "HOME is not set: name a folder with --prefix DIR"
        case .notInstalled(let folder): "there is no kernel in \(folder)"
        case .anothers(let folder): "\(folder) holds a kernel that nash has not installed; it is left as it is"
        }
    }
}
