import Statistics

extension Dataset {
    /// A part of a data set.
    public enum Split: String, CaseIterable, Sendable, Hashable {
        /// What networks learn from.
        case train
        /// Held out of the training part, for choosing.
        case valid
        /// For the final judgement.
        case test
    }

    /// The samples of each split.
    struct Parts: Sendable {
        /// The samples' numbers in ascending order.
        private(set) var train: [Int] = []
        private(set) var valid: [Int] = []
        private(set) var test: [Int] = []

        subscript(split: Split) -> [Int] {
            switch split {
            case .train: train
            case .valid: valid
            case .test: test
            }
        }
    }
}

extension Dataset.Parts {
    /// The format's own splits where it has some; else a share of `options.test` is set aside for testing. If there
    /// is no validation part yet, `options.valid` of the training part becomes one. Both are drawn by seed, from each
    /// class alike.
    init(_ data: RawData, _ options: Dataset.Options) {
        let rows = Array(data.labels.indices)
        let seed = Seed(options.seed)
        if let parts = data.parts {
            train = rows.filter { parts[$0] == .train }
            valid = rows.filter { parts[$0] == .valid }
            test = rows.filter { parts[$0] == .test }
        } else {
            (test, train) = Self.draw(options.test, of: rows, data.labels, seed.derived("test"))
        }
        if valid.isEmpty {
            (valid, train) = Self.draw(options.valid, of: train, data.labels, seed.derived("valid"))
        }
    }

    /// Parts `rows` in two, of which the first gets the given share of each class.
    ///
    /// The classes' shares are rounded down, and what is then missing in all goes one by one to the classes that lost
    /// most by it.
    static func draw(
        _ share: Double, of rows: [Int], _ labels: [Int], _ seed: Seed
    ) -> (drawn: [Int], rest: [Int]) {
        guard share > 0 else { return ([], rows) }
        let groups = Dictionary(grouping: rows) { labels[$0] }.sorted { $0.key < $1.key }
        let exact = groups.map { share * Double($0.value.count) }
        var wanted = exact.map { Int($0) }
        let missing = Int((share * Double(rows.count)).rounded()) - wanted.reduce(0, +)
        let neediest = exact.indices.sorted {
            let (left, right) = (exact[$0] - exact[$0].rounded(.down), exact[$1] - exact[$1].rounded(.down))
            return left != right ? left > right : $0 < $1
        }
        for group in neediest.prefix(max(0, missing)) where wanted[group] < groups[group].value.count {
            wanted[group] += 1
        }
        let drawn = zip(groups, wanted).flatMap { group, count in
            var generator = Random(seed.derived(.init(integerLiteral: group.key)))
            return generator.distinct(count, below: group.value.count).map { group.value[$0] }
        }
        let chosen = Set(drawn)
        return (drawn.sorted(), rows.filter { !chosen.contains($0) })
    }
}
