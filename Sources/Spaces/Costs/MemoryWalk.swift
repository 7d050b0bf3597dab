import Networks

/// Walks through the pieces of one cell in execution order and follows what is alive in memory, and the depth, just as
/// counting on the whole graph would.
///
/// A state is the number of a result. Each is opened with the number of its later readers; views share the storage
/// of their source and keep it alive.
struct MemoryWalk {
    /// The most bytes alive at once so far.
    private(set) var peakBytes = 0
    private var alive = 0
    private var states = 0
    private var owners = InlineArray<20, Int32>(repeating: 0)
    private var readers = InlineArray<20, Int32>(repeating: 0)
    private var bytes = InlineArray<20, Int>(repeating: 0)
    private var depths = InlineArray<20, Int32>(repeating: 0)

    /// Opens a result that exists before the cell starts.
    mutating func given(bytes size: Int, readers count: Int) -> Int {
        let state = open(owner: states, readers: count, depth: 0)
        bytes[state] = size
        alive += size
        peakBytes = max(peakBytes, alive)
        return state
    }

    /// Opens a second name for the storage of `state`.
    mutating func alias(_ state: Int, readers count: Int) -> Int {
        open(owner: Int(owners[state]), readers: count, depth: depths[state])
    }

    /// Runs `piece` on `state`; its result will be read `count` times.
    mutating func run(_ piece: borrowing Fragment, on state: Int, readers count: Int) -> Int {
        let owner = Int(owners[state])
        let peak = readers[owner] > 1 ? piece.holdingPeakBytes : piece.cost.peakBytes
        peakBytes = max(peakBytes, alive - bytes[owner] + peak)
        let depth = depths[state] + Int32(truncatingIfNeeded: piece.cost.depth)
        let result = open(owner: piece.isView ? owner : states, readers: count, depth: depth)
        if !piece.isView {
            bytes[result] = piece.output.bytes
            alive += bytes[result]
        }
        release(state)
        return result
    }

    /// Sums the first `count` of `terms`, each of `size` bytes; a sum of one term is a view of it.
    mutating func sum(of terms: InlineArray<3, Int>, _ count: Int, bytes size: Int, readers: Int) -> Int {
        if count == 1 {
            let view = alias(terms[0], readers: readers)
            release(terms[0])
            return view
        }
        let result = given(bytes: size, readers: readers)
        for place in 0..<count { feed(terms[place], into: result) }
        return result
    }

    /// Lets `result`, opened as given, read `state`.
    mutating func feed(_ state: Int, into result: Int) {
        depths[result] = max(depths[result], depths[state])
        release(state)
    }

    /// The weighted layers on the longest path to `state`.
    func depth(of state: Int) -> Int { Int(depths[state]) }

    private mutating func open(owner: Int, readers count: Int, depth: Int32) -> Int {
        let state = states
        states += 1
        owners[state] = Int32(truncatingIfNeeded: owner)
        depths[state] = depth
        readers[owner] += Int32(truncatingIfNeeded: count)
        return state
    }

    private mutating func release(_ state: Int) {
        let owner = Int(owners[state])
        readers[owner] -= 1
        if readers[owner] == 0 { alive -= bytes[owner] }
    }
}

extension NetworkCost {
    /// Adds a piece that runs after this one, with nothing but one result passing between them.
    mutating func append(_ next: NetworkCost) {
        addUp(next)
        peakBytes = max(peakBytes, next.peakBytes)
        depth += next.depth
    }

    /// Adds `count` times what adds up wherever a piece stands: parameters, multiply-adds and written bytes.
    mutating func addUp(_ piece: NetworkCost, times count: Int = 1) {
        parameters += count * piece.parameters
        macs += count * piece.macs
        activationBytes += count * piece.activationBytes
    }
}
