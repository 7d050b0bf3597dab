/// Brackets of synchronous rungs: a rung begins when all trials of the one below have ended.
///
/// While the first bracket waits for the last trials of a rung, the next ones work, the earlier first. Of a rung's
/// trials the best go on, equal ones by their number. As many go on as planned; where the space had fewer
/// architectures than planned, the same share of them. Failed trials never do.
struct BracketQueue: Sendable {
    private var brackets: [Bracket]
    private var begun = 0
    private var isExhausted = false
    private var underWay: Set<Stretch> = []

    init(_ plan: BracketPlan) { brackets = plan.brackets.map { Bracket(rows: $0) } }

    mutating func ask() -> ScheduleStep {
        for index in brackets.indices {
            guard let stretch = brackets[index].next(newTrial: isExhausted ? nil : begun) else { continue }
            if stretch.from == 0 { begun += 1 }
            underWay.insert(stretch)
            return .run(stretch)
        }
        return underWay.isEmpty ? .finished : .wait
    }

    mutating func tell(_ stretch: Stretch, _ outcome: StretchOutcome) {
        guard underWay.remove(stretch) != nil else { return }
        let index = brackets.firstIndex { $0.number == stretch.bracket }
        guard let index else { return }
        brackets[index].hear(stretch, outcome)
        guard outcome == .exhausted, !isExhausted else { return }
        isExhausted = true
        for index in brackets.indices { brackets[index].beginNoMore() }
    }
}

/// One bracket: its rung, who is to be trained to it, and who has reached it.
private struct Bracket {
    private let rows: [BracketRow]
    private var rung = 0
    /// The trials that wait to be trained to the rung, from above rung 0; the first is the last element.
    private var waiting: [Int] = []
    /// How many trials are still to begin.
    private var toBegin: Int
    /// How many of the rung's trials are under way, and how many have begun it.
    private var (running, entered) = (0, 0)
    private var reached: [(trial: Int, value: Double)] = []

    var number: Int { rows[0].bracket }

    init(rows: [BracketRow]) {
        self.rows = rows
        toBegin = rows[0].trials
    }

    /// The next stretch of the rung, if one is left; `newTrial` is the number of a trial that would begin.
    mutating func next(newTrial: Int?) -> Stretch? {
        guard rung < rows.count, let trial = rung == 0 ? begin(newTrial) : waiting.popLast() else { return nil }
        running += 1
        entered += 1
        let from = rung == 0 ? 0 : rows[rung - 1].epochs
        return Stretch(trial: trial, bracket: number, rung: rung, from: from, to: rows[rung].epochs)
    }

    private mutating func begin(_ trial: Int?) -> Int? {
        guard toBegin > 0, let trial else { return nil }
        toBegin -= 1
        return trial
    }

    mutating func hear(_ stretch: Stretch, _ outcome: StretchOutcome) {
        running -= 1
        if outcome == .exhausted { entered -= 1 }
        if let value = outcome.value { reached.append((stretch.trial, value)) }
        climb()
    }

    mutating func beginNoMore() {
        toBegin = 0
        climb()
    }

    /// How many of the rung's trials may go on.
    private var kept: Int {
        guard rung + 1 < rows.count, entered > 0 else { return 0 }
        let (planned, next) = (rows[rung].trials, rows[rung + 1].trials)
        // In whole numbers and with the product first: exactly as planned where all that were planned have begun.
        return max(1, planned.dividingFullWidth(entered.multipliedFullWidth(by: next)).quotient)
    }

    /// Goes on to the next rung if this one is complete.
    private mutating func climb() {
        guard rung < rows.count, running == 0, waiting.isEmpty, rung > 0 || toBegin == 0 else { return }
        let best = reached.sorted { $0.value != $1.value ? $0.value > $1.value : $0.trial < $1.trial }
        waiting = best.prefix(kept).map(\.trial).reversed()
        (rung, entered, reached) = (waiting.isEmpty ? rows.count : rung + 1, 0, [])
    }
}
