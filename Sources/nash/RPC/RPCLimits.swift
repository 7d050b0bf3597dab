/// How much may wait in a session that a client drives: docs/rpc.md.
struct RPCLimits: Sendable {
    /// What the client has not read before a cell that has something to show is held up, in bytes.
    var unreadEvents = 4 << 20
    /// What the client has not read before requests are refused, in bytes.
    var unreadAnswers = 64 << 20
    /// How many cells may wait.
    var waitingCells = 10_000
    /// How long the programs of those may be together, in bytes.
    var waitingBytes = 256 << 20
}
