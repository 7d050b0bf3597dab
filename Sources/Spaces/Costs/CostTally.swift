import Networks

/// Walks through the pieces of one cell in execution order and adds up what they cost, memory peak and depth
/// included, just as counting on the whole graph would.
///
/// A state is the number of a result. Each is opened with the number of its later readers; views share the storage
/// of their source and keep it alive.
struct CostTally {
    private(set) var macs = 0
    private(set) var parameters = 0
    private(set) var activationBytes = 0
    private(set) var peakBytes = 0
    private var alive = 0
    private var states = 0
    private var owners = InlineArray<20, Int>(repeating: 0)
    private var readers = InlineArray<20, Int>(repeating: 0)
    private var bytes = InlineArray<20, Int>(repeating: 0)
    private var depths = InlineArray<20, Int>(repeating: 0)

    /// Opens a result that exists before the cell starts, at `depth` weighted layers from some origin.
    mutating func given(bytes size: Int, readers count: Int, depth: Int) -> Int {
        let state = open(owner: states, readers: count, depth: depth)
        bytes[state] = size
        alive += size
        return state
    }

    /// Opens a second name for the storage of `state`.
    mutating func alias(_ state: Int, readers count: Int, depth: Int) -> Int {
        open(owner: owners[state], readers: count, depth: depth)
    }

    /// Runs `piece` on `state`; its result will be read `count` times.
    mutating func run(_ piece: Fragment, on state: Int, readers count: Int) -> Int {
        let owner = owners[state]
        parameters += piece.cost.parameters
        macs += piece.cost.macs
        activationBytes += piece.cost.activationBytes
        let peak = readers[owner] > 1 ? piece.holdingPeakBytes : piece.cost.peakBytes
        peakBytes = max(peakBytes, alive - bytes[owner] + peak)
        let depth = depths[state] + piece.cost.depth
        if piece.isView {
            let view = open(owner: owner, readers: count, depth: depth)
            release(state)
            return view
        }
        let result = open(owner: states, readers: count, depth: depth)
        bytes[result] = piece.output.bytes
        alive += bytes[result]
        release(state)
        return result
    }

    /// Opens the result of a layer without parameters that reads several states; follow with ``feed(_:into:)``.
    mutating func merge(bytes size: Int, readers count: Int) -> Int {
        let state = given(bytes: size, readers: count, depth: .min)
        activationBytes += size
        peakBytes = max(peakBytes, alive)
        return state
    }

    /// Lets the merged `result` read `state`.
    mutating func feed(_ state: Int, into result: Int) {
        depths[result] = max(depths[result], depths[state])
        release(state)
    }

    /// Sums the first `count` of `terms`, each of `size` bytes; a sum of one term is a view of it.
    mutating func sum(of terms: InlineArray<3, Int>, _ count: Int, bytes size: Int, readers: Int) -> Int {
        if count == 1 {
            let view = open(owner: owners[terms[0]], readers: readers, depth: depths[terms[0]])
            release(terms[0])
            return view
        }
        let result = merge(bytes: size, readers: readers)
        for place in 0..<count { feed(terms[place], into: result) }
        return result
    }

    /// The weighted layers on the longest path to `state`, from the origins of the given ones.
    func depth(of state: Int) -> Int { depths[state] }

    /// The tally as a cost that ends with `state`.
    func cost(at state: Int) -> NetworkCost {
        NetworkCost(
            parameters: parameters, macs: macs, activationBytes: activationBytes, peakBytes: max(peakBytes, alive),
            depth: depths[state])
    }

    private mutating func open(owner: Int, readers count: Int, depth: Int) -> Int {
        let state = states
        states += 1
        owners[state] = owner
        depths[state] = depth
        readers[owner] = owner == state ? count : readers[owner] + count
        return state
    }

    private mutating func release(_ state: Int) {
        let owner = owners[state]
        readers[owner] -= 1
        if readers[owner] == 0 { alive -= bytes[owner] }
    }
}

extension NetworkCost {
    /// Adds a piece that runs after this one, with nothing but one result passing between them.
    mutating func append(_ next: NetworkCost) {
        parameters += next.parameters
        macs += next.macs
        activationBytes += next.activationBytes
        peakBytes = max(peakBytes, next.peakBytes)
        depth += next.depth
    }
}
