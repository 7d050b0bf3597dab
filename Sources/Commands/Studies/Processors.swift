import Glibc
import Networks

/// The processors of this machine.
enum Processors {
    /// How many there are.
    static var count: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    /// How many threads a training of `network` is worth, with so many samples a step: on small layers threads wait for
    /// each other longer than they compute.
    static func worth(_ network: Network, batch: Int) -> Int {
        let work = Double(network.cost.macs) * Double(batch) / Double(max(1, network.nodes.count))
        return work < 4e6 ? 1 : count
    }

    /// How many threads each of `workers` gets, at least one.
    static func share(of workers: Int) -> Int { max(1, count / max(1, workers)) }
}
