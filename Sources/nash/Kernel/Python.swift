import Glibc

/// A Python that can run the kernel.
struct Python {
    /// The absolute path; that of a virtual environment's own link, by which it finds its packages.
    var path: String
    /// The version of its ipykernel.
    var ipykernel: String

    /// The first of the names or paths that can.
    ///
    /// - Throws: ``KernelError/noPython(tried:)``.
    static func find(among names: [String]) throws(KernelError) -> Python {
        for name in names {
            if let python = Python(name) { return python }
        }
        throw .noPython(tried: names)
    }

    /// Where a Python is looked for: the active virtual environment, then the search path.
    static var usual: [String] {
        (environment("VIRTUAL_ENV").map { ["\($0)/bin/python"] } ?? []) + ["python3", "python"]
    }

    /// The kernel is written for Python 3.10 and ipykernel 6, whose `do_execute` may be a coroutine.
    private static let question = """
        import sys, ipykernel
        assert sys.version_info >= (3, 10) and ipykernel.version_info[0] >= 6
        print(sys.executable)
        print(ipykernel.__version__)
        """

    private init?(_ name: String) {
        guard let answer = Self.output(of: [name, "-c", Self.question]) else { return nil }
        let lines = answer.split(separator: "\n").map(String.init)
        guard lines.count == 2, lines[0].hasPrefix("/") else { return nil }
        (path, ipykernel) = (lines[0], lines[1])
    }

    /// What a program prints; nil where it cannot be started or fails.
    private static func output(of command: [String]) -> String? {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[0]) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        var words = command.map { strdup($0) } + [nil]
        defer { words.forEach { free($0) } }
        var child = pid_t()
        let problem = posix_spawnp(&child, command[0], &actions, nil, &words, environ)
        close(ends[1])
        guard problem == 0 else { return nil }
        let bytes = (try? Files.read(ends[0], command[0])) ?? []
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        return status == 0 ? String(decoding: bytes, as: UTF8.self) : nil
    }
}
