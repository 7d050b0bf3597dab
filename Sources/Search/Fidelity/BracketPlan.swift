/// One line of a plan: in this bracket so many trials are trained to so many epochs.
public struct BracketRow: Hashable, Codable, Sendable {
    /// The bracket, from 0 in the order in which brackets begin.
    public let bracket: Int
    /// The rung, from 0 at the fewest epochs of the bracket.
    public let rung: Int
    /// How many trials reach the rung.
    public let trials: Int
    /// How many epochs each of them then has behind it.
    public let epochs: Int

    /// A line of a plan.
    public init(bracket: Int, rung: Int, trials: Int, epochs: Int) {
        (self.bracket, self.rung, self.trials, self.epochs) = (bracket, rung, trials, epochs)
    }
}

/// What brackets of synchronous rungs will do, known before the first trial begins.
public struct BracketPlan: Hashable, Codable, Sendable {
    /// The lines, by bracket and rung.
    public let rows: [BracketRow]

    /// The lines of each bracket.
    var brackets: [[BracketRow]] {
        rows.reduce(into: []) { brackets, row in
            if row.rung == 0 { brackets.append([row]) } else { brackets[brackets.count - 1].append(row) }
        }
    }

    /// How many trials begin.
    public var trials: Int { rows.filter { $0.rung == 0 }.reduce(0) { $0 + $1.trials } }

    /// How many epochs are trained if no trial fails and none is missing. A trial goes on from its lower rung.
    public var epochs: Int {
        brackets.reduce(0) { total, rows in
            zip(rows, [0] + rows.map(\.epochs)).reduce(total) { $0 + $1.0.trials * ($1.0.epochs - $1.1) }
        }
    }

    init(rows: [BracketRow]) { self.rows = rows }

    /// One bracket: trials[i] of them reach rungs[i]. Rungs of as many epochs as the one below fall away.
    init(bracket: Int, rungs: [Int], trials: [Int]) {
        var rows: [BracketRow] = []
        for (epochs, count) in zip(rungs, trials) where epochs > rows.last?.epochs ?? 0 {
            rows.append(BracketRow(bracket: bracket, rung: rows.count, trials: count, epochs: epochs))
        }
        self.rows = rows
    }

    /// How many of `trials` reach each rung: ⌊n·η^−i⌋, but at least one of them.
    static func halved(_ trials: Int, rungs: Int, eta: Double) -> [Int] {
        var power = 1.0
        return (0..<rungs).map { _ in
            defer { power *= eta }
            return min(trials, max(1, Int(Double(trials) / power)))
        }
    }
}

/// A scheduler that knows what it will do before the first trial begins.
public protocol PlannedScheduler: Scheduler {
    /// What it will do.
    var plan: BracketPlan { get }
}
