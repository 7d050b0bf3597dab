/// The order of events where trials run side by side: it depends on what they cost and give, not on when they end.
///
/// A scheduler that hears of real results as they come in would decide differently at each run. Here every stretch has a
/// virtual end, which is its virtual start plus its expected cost, and the scheduler hears of results in the order of
/// virtual ends, equal ones in the order of their starts. A result that comes early waits until those before it are
/// there. So a study is a function of its settings, its seed and the results of its evaluations, and to resume it is to
/// go through it again with the results that are stored.
///
/// Give it more slots than there are workers: the spare ones keep workers busy while results wait. Where real durations
/// differ from the costs by up to a half, two slots a worker keep up to four workers busy for over 95 % of the time, and
/// three slots eight.
public struct Timeline: Sendable {
    /// A stretch under way, and its outcome once it is in.
    private struct Slot {
        let stretch: Stretch
        let end: Double
        var outcome: StretchOutcome?
    }

    private var scheduler: any Scheduler
    private let slots: Int
    /// In the order in which they started.
    private var active: [Slot] = []
    private var now = 0.0
    private var isDone = false

    /// Runs a schedule on so many virtual slots.
    ///
    /// - Throws: ``FidelityError`` for fewer than one slot.
    public init(_ scheduler: any Scheduler, slots: Int) throws(FidelityError) {
        try FidelityError.check("slots", slots, atLeast: 1, try: "two for each worker are usual")
        (self.scheduler, self.slots) = (scheduler, slots)
    }

    /// Whether nothing is under way and nothing is to come; known after ``ready(begin:heard:)``.
    public var isFinished: Bool { isDone && active.isEmpty }

    /// The stretches whose outcome the scheduler has not heard, in the order in which they started.
    public var underWay: [Stretch] { active.map(\.stretch) }

    /// Takes in what can be told in order by now, and returns the stretches that start because of it, in order.
    ///
    /// Call it at the beginning and after each ``finish(_:_:)``. Both closures are called at moments that do not depend
    /// on real time: draw random numbers in them and nowhere else. If one throws, the timeline cannot be used further.
    ///
    /// - Parameters:
    ///   - begin: called as a stretch starts: for one from epoch 0, choose the architecture. Returns the cost to expect,
    ///     in any unit, such as epochs times the relative cost of the architecture; nil where none is left.
    ///   - heard: called as the scheduler hears of an outcome: tell the strategy of it.
    public mutating func ready(
        begin: (Stretch) throws -> Double?, heard: (Stretch, StretchOutcome) throws -> Void
    ) rethrows -> [Stretch] {
        var started = try fill(begin)
        while let first = active.indices.min(by: { active[$0].end < active[$1].end }),
            let outcome = active[first].outcome
        {
            let slot = active.remove(at: first)
            now = slot.end
            scheduler.tell(slot.stretch, outcome)
            try heard(slot.stretch, outcome)
            started += try fill(begin)
        }
        return started
    }

    /// Notes the outcome of a stretch, whenever it comes. One that is not under way is ignored.
    public mutating func finish(_ stretch: Stretch, _ outcome: StretchOutcome) {
        guard let index = active.firstIndex(where: { $0.stretch == stretch && $0.outcome == nil }) else { return }
        active[index].outcome = outcome
    }

    /// Starts stretches in free slots.
    private mutating func fill(_ begin: (Stretch) throws -> Double?) rethrows -> [Stretch] {
        var started: [Stretch] = []
        while active.count < slots, !isDone {
            guard case .run(let stretch) = next() else { break }
            if let cost = try begin(stretch) {
                active.append(Slot(stretch: stretch, end: now + (cost.isFinite ? max(0, cost) : 0)))
                started.append(stretch)
            } else {
                scheduler.tell(stretch, .exhausted)
            }
        }
        return started
    }

    /// The scheduler's next step; one that waits for nothing is finished.
    private mutating func next() -> ScheduleStep {
        let step = scheduler.ask()
        isDone = step == .finished || step == .wait && active.isEmpty
        return step
    }
}
