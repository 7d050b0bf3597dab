import Glibc
import Networks
import Tensors

/// Whether a training fits in memory, asked before it begins: Linux promises more than it has, and would end the
/// program in the middle.
enum Memory {
    /// The bytes that parameters, gradients and optimiser take, and what every layer with parameters keeps of its input
    /// for the way back.
    static func least(for blueprint: Blueprint, _ batchSize: Int, _ recipe: Recipe) throws -> Int {
        let network = blueprint.dead == .drop ? try blueprint.network.live() : blueprint.network
        let weights = network.parameters.reduce(0.0) { $0 + $1.extents.reduce(1.0) { $0 * Double($1) } }
        var kept: Set<Int> = []
        for node in network.nodes {
            switch node.layer {
            case .convolution, .linear, .batchNorm: kept.formUnion(node.inputs)
            default: break
            }
        }
        let values = kept.reduce(0.0) { $0 + Double(network.nodes[$1].shape.count) }
        let copies: Double =
            switch recipe.method {
            case .sgd(let momentum, _): momentum > 0 ? 3 : 2
            case .adam, .adamw: 4
            }
        let width: Double = recipe.precision == .mixed ? 2 : 4
        return Int(min(0x1p62, 4 * copies * weights + width * values * Double(batchSize)))
    }

    /// - Throws: `TrainingError` where main memory has no such number of bytes left.
    static func check(_ bytes: Int, on device: Device) throws(TrainingError) {
        guard device == .cpu, let left = available, bytes > left else { return }
        throw .outOfMemory(bytes: bytes, message: "\(left / 1_000_000) MB are left")
    }

    /// Has libtorch keep freed blocks for the next step, up to a quarter of main memory.
    static func keep() throws(TensorError) {
        try Torch.keepMemory(sysconf(Int32(_SC_PHYS_PAGES)) / 4 * sysconf(Int32(_SC_PAGESIZE)))
    }

    /// What `body` returns; where libtorch was short of memory it throws `TrainingError.outOfMemory`.
    static func guarded<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as TensorError where error.isOutOfMemory {
            throw TrainingError.outOfMemory(bytes: error.bytesAsked, message: error.description)
        }
    }

    /// The bytes that programs can still have, of the machine and of the group of processes that this one is in; with
    /// what waits to be used again.
    private static var available: Int? {
        guard let machine = line("/proc/meminfo", startingWith: "MemAvailable:").map({ $0 * 1024 }) else { return nil }
        let waiting = (try? Torch.keptMemory) ?? 0
        let groups = [
            ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"),
            ("/sys/fs/cgroup/memory/memory.limit_in_bytes", "/sys/fs/cgroup/memory/memory.usage_in_bytes"),
        ]
        let group = groups.compactMap { limit, used in
            line(limit, startingWith: "").flatMap { limit in line(used, startingWith: "").map { limit - $0 } }
        }
        return min(machine, group.min() ?? machine) + waiting
    }

    /// The first whole number in the line of a file that starts with `word`.
    private static func line(_ path: String, startingWith word: String) -> Int? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var buffer = [CChar](repeating: 0, count: 256)
        while fgets(&buffer, Int32(buffer.count), file) != nil {
            let text = buffer.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
            guard text.hasPrefix(word) else { continue }
            return text.split { !$0.isNumber }.first.flatMap { Int($0) }
        }
        return nil
    }
}
