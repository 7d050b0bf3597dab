/// Which of those that reached a rung are good enough for the next.
public enum RungRule: String, Codable, CaseIterable, Sendable {
    /// At or above the 1 − 1/η quantile of all that have reached the rung, which must be two at least (Syne Tune).
    case quantile
    /// Among the best ⌊n/η⌋ of the n that have reached the rung (the paper's rule).
    case top
}

/// The trials that have reached a rung, the best first, equal ones by their number.
struct RungStandings: Sendable {
    private(set) var trials: [Int] = []
    private var values: [Double] = []
    /// Which of them were sent on, place by place.
    private var promoted: [Bool] = []

    mutating func add(_ trial: Int, _ value: Double) {
        var (place, end) = (0, values.count)
        while place < end {
            let middle = (place + end) / 2
            let isBefore = values[middle] > value || values[middle] == value && trials[middle] < trial
            (place, end) = isBefore ? (middle + 1, end) : (place, middle)
        }
        trials.insert(trial, at: place)
        values.insert(value, at: place)
        promoted.insert(false, at: place)
    }

    /// The trials with their values, the best first.
    var ranking: [(trial: Int, value: Double)] { Array(zip(trials, values)) }

    /// Takes the best trial that was not sent on yet, if the rule admits it.
    mutating func promote(_ rule: RungRule, eta: Double) -> Int? {
        guard let place = promoted.firstIndex(of: false), admits(place, rule, eta: eta) else { return nil }
        promoted[place] = true
        return trials[place]
    }

    /// Whether a trial that has just reached the rung may go on at once: as the rule says, but the best always.
    func continues(_ trial: Int, _ rule: RungRule, eta: Double) -> Bool {
        guard let place = trials.firstIndex(of: trial) else { return false }
        return place == 0 || admits(place, rule, eta: eta)
    }

    private func admits(_ place: Int, _ rule: RungRule, eta: Double) -> Bool {
        switch rule {
        case .quantile: values.count >= 2 && values[place] >= cutoff(eta)
        case .top: place < Int(Double(values.count) / eta)
        }
    }

    /// The 1 − 1/η quantile, linear between its neighbours at (n − 1)·(1 − 1/η) from below, that is (n − 1)/η from
    /// above. Unlike a weighted mean, upper − share·(upper − lower) gives back equal values as they are.
    private func cutoff(_ eta: Double) -> Double {
        let place = Double(values.count - 1) / eta
        let upper = Int(place)
        let lower = min(upper + 1, values.count - 1)
        return values[upper] - (place - Double(upper)) * (values[upper] - values[lower])
    }
}
