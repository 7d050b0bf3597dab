import Glibc

/// The processors of this machine.
enum Processors {
    /// How many there are.
    static var count: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    /// How many threads each of `workers` gets, at least one.
    static func share(of workers: Int) -> Int { max(1, count / max(1, workers)) }
}
