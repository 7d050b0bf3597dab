import ArgumentParser
import Glibc

/// `nash kernel install`: makes nash a language of Jupyter.
struct Kernel: Subcommand {
    enum Action: String, CaseIterable, ExpressibleByArgument {
        case install, uninstall
    }

    static let configuration = CommandConfiguration(
        commandName: "kernel", abstract: "Make nash a language of JupyterLab and VS Code.",
        usage: """
            nash kernel install [--user | --prefix <dir>] [--python <path>]
            nash kernel uninstall [--user | --prefix <dir>]
            """,
        discussion: "It copies the kernel into Jupyter's folder and installs nothing else: docs/jupyter.md.")

    @Argument(help: ArgumentHelp("What to do.", valueName: "install|uninstall"))
    var action: Action

    @Flag(help: "In the user's Jupyter folder, as happens unless said otherwise.")
    var user = false

    @Option(help: ArgumentHelp("In the Jupyter folder of this environment.", valueName: "dir"))
    var prefix: String?

    @Option(help: ArgumentHelp("The Python to run it with; it needs ipykernel.", valueName: "path"))
    var python: String?

    func validate() throws {
        if user, prefix != nil { throw ValidationError("Choose --user or --prefix, not both") }
    }

    func carryOut() -> ExitCode {
        do {
            let spec = try KernelSpec(prefix: prefix)
            let said =
                switch action {
                case .install: try install(spec)
                case .uninstall: try uninstall(spec)
                }
            return writeAll(said, to: STDOUT_FILENO) == nil ? .done : .failed
        } catch {
            _ = writeAll("nash: \(error)\n", to: STDERR_FILENO)
            return .failed
        }
    }

    private func install(_ spec: KernelSpec) throws -> String {
        let found = try Python.find(among: python.map { [$0] } ?? Python.usual)
        try spec.install(found)
        return """
            installed the kernel `nash` in \(spec.folder)
              nash    \(KernelSpec.program)
              python  \(found.path), with ipykernel \(found.ipykernel)

            """
    }

    private func uninstall(_ spec: KernelSpec) throws -> String {
        try spec.uninstall()
        return "removed the kernel `nash` from \(spec.folder)\n"
    }
}
