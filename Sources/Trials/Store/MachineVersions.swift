import Glibc

/// What a study ran on: numbers repeat on the same machine with the same versions.
public enum MachineVersions {
    /// The versions of nash, libtorch (where it is known) and Swift, the processor and the number of threads, for
    /// ``StudyDescription/versions``.
    public static func current(nash: String, libtorch: String?, threads: Int) -> [String: String] {
        var versions = ["nash": nash, "swift": swift, "cpu": processor, "threads": "\(threads)"]
        versions["libtorch"] = libtorch
        return versions
    }

    /// The compiler's version, as far as a program can know it.
    private static var swift: String {
        #if compiler(>=6.4)
            "6.4 or later"
        #elseif compiler(>=6.3)
            "6.3"
        #else
            "6.2"
        #endif
    }

    /// The model's name as the kernel tells it, else the name of the architecture.
    private static var processor: String {
        if let file = fopen("/proc/cpuinfo", "re") {
            defer { fclose(file) }
            var line: UnsafeMutablePointer<CChar>?
            var capacity = 0
            defer { free(line) }
            while getline(&line, &capacity, file) > 0, let line {
                let text = String(cString: line)
                guard text.hasPrefix("model name"), let colon = text.firstIndex(of: ":") else { continue }
                return String(text[text.index(after: colon)...].dropFirst().dropLast())
            }
        }
        var system = utsname()
        uname(&system)
        return withUnsafeBytes(of: &system.machine) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
