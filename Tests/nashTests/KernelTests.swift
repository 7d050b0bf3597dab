import Foundation
import Testing

@testable import nash

/// `nash kernel`, and the kernel as Jupyter's own client sees it.
@Suite struct KernelTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    /// A Python with Jupyter: that of .venv/jupyter, or the one that NASH_JUPYTER_PYTHON names.
    private static let python =
        ProcessInfo.processInfo.environment["NASH_JUPYTER_PYTHON"]
        ?? root.appending(path: ".venv/jupyter/bin/python").path

    /// Runs a program in a folder that is its home; gives its exit code and all that it says.
    private func run(_ program: String, _ arguments: [String], in folder: TemporaryFolder) throws -> (Int32, String) {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.environment = [
            "PATH": folder.path + ":/usr/bin:/bin", "HOME": folder.path, "NASH_STORE": folder.path + "/store",
            "NASH_HISTORY": "", "LANG": "C.UTF-8",
        ]
        process.currentDirectoryURL = URL(filePath: folder.path)
        (process.standardOutput, process.standardError) = (pipe, pipe)
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }

    private func nash(_ arguments: [String], in folder: TemporaryFolder) throws -> (code: Int32, text: String) {
        try run(PseudoTerminal.binary, ["kernel"] + arguments, in: folder)
    }

    /// A folder in whose path of programs there is something like a Python with ipykernel.
    private func folderWithPython() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        _ = try folder.file("python3", "#!/bin/sh\necho \"$0\"\necho 7.4.0\n", mode: 0o755)
        return folder
    }

    @Test(arguments: [[], ["--user"], ["--prefix", "env/"]])
    func `install writes a kernel that needs nothing else, uninstall removes it`(_ place: [String]) throws {
        let folder = try folderWithPython()
        let spec = folder.path + (place.count == 2 ? "/env/share" : "/.local/share") + "/jupyter/kernels/nash"
        for _ in 1...2 {
            let (code, text) = try nash(["install"] + place, in: folder)
            #expect(code == 0 && text.contains(spec) && text.contains("ipykernel 7.4.0"), "\(text)")
        }
        let json = try #require(
            try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: spec + "/kernel.json")))
                as? [String: Any])
        let command = try #require(json["argv"] as? [String])
        #expect(command == [folder.path + "/python3", spec + "/python", "-f", "{connection_file}"])
        #expect(json["interrupt_mode"] as? String == "signal")
        let program = try #require((json["env"] as? [String: String])?["NASH_PROGRAM"])
        #expect(program.hasPrefix("/") && access(program, X_OK) == 0)
        for file in ["python/__main__.py", "python/nash_kernel/kernel.py", "logo-32x32.png", "logo-64x64.png"] {
            #expect(access("\(spec)/\(file)", R_OK) == 0, "\(file)")
        }
        #expect(try nash(["uninstall"] + place, in: folder).code == 0)
        #expect(access(spec, F_OK) != 0)
        let again = try nash(["uninstall"] + place, in: folder)
        #expect(again.code == 1 && again.text.contains("there is no kernel in"))
    }

    @Test func `a kernel of another stays as it is`() throws {
        let folder = try folderWithPython()
        let spec = folder.path + "/share/jupyter/kernels/nash"
        try FileManager.default.createDirectory(atPath: spec, withIntermediateDirectories: true)
        try "{\"argv\": []}".write(toFile: spec + "/kernel.json", atomically: true, encoding: .utf8)
        for action in ["install", "uninstall"] {
            let (code, text) = try nash([action, "--prefix", "."], in: folder)
            #expect(code == 1 && text.contains("it is left as it is"), "\(text)")
        }
        #expect(try String(contentsOfFile: spec + "/kernel.json", encoding: .utf8) == "{\"argv\": []}")
    }

    @Test func `without a Python that has ipykernel it says what to install`() throws {
        let folder = try TemporaryFolder()
        for name in ["python3", "python"] { _ = try folder.file(name, "#!/bin/sh\nexit 1\n", mode: 0o755) }
        let (code, text) = try nash(["install"], in: folder)
        #expect(code == 1 && text.contains("python3 -m pip install ipykernel"), "\(text)")
        #expect(try nash(["install", "--python", "/nonexistent"], in: folder).text.contains("/nonexistent"))
        #expect(access(folder.path + "/.local", F_OK) != 0)
    }

    @Test(arguments: [["instal"], [], ["install", "--user", "--prefix", "x"]])
    func `wrong usage is told`(_ arguments: [String]) throws {
        let (code, text) = try nash(arguments, in: try TemporaryFolder())
        #expect(code == 2 && text.contains("nash kernel install"), "\(text)")
    }

    @Test(
        .enabled(
            if: access(python, X_OK) == 0,
            "there is no .venv/jupyter: scripts/setup --tests makes it, or NASH_JUPYTER_PYTHON names another Python"))
    func `Jupyter's client and nbclient work with the kernel`() throws {
        let script = Self.root.appending(path: "Tests/scripts/kernel_tests.py").path
        let folder = try TemporaryFolder()
        let (code, text) = try run(Self.python, ["-B", script, PseudoTerminal.binary], in: folder)
        #expect(code == 0, "\(text.suffix(6000))")
        let runs = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/.local/share/nash/runs")
        #expect(runs.contains { $0.hasSuffix("-rpc") })
    }
}
