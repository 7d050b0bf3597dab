/// All that a fitted predictor knows, as named rows of numbers; what it is made from again, bit by bit.
public struct PredictorState: Hashable, Sendable {
    /// The rows of numbers by name. Numbers of lesser types are exact as doubles.
    public private(set) var rows: [String: [Double]]
    /// The names of the features, in order.
    public var features: [String]
    /// The space fitted on, where there is one.
    public var space: String?

    /// A state of given rows.
    public init(_ rows: [String: [Double]] = [:], features: [String] = [], space: String? = nil) {
        (self.rows, self.features, self.space) = (rows, features, space)
    }

    /// The row of a name, empty unless stored.
    subscript(name: String) -> [Double] {
        get { rows[name] ?? [] }
        set { rows[name] = newValue }
    }

    /// The one number of a row.
    /// - Throws: `PredictorError` where there is none.
    func number(_ name: String) throws -> Double {
        guard let number = rows[name]?.first else { throw Self.damaged("the number \(name) is missing") }
        return number
    }

    /// A row that must have `count` numbers.
    /// - Throws: `PredictorError` where it has not.
    func row(_ name: String, count: Int) throws -> [Double] {
        guard let row = rows[name], row.count == count else {
            throw Self.damaged("\(name) has \(rows[name]?.count ?? 0) numbers instead of \(count)")
        }
        return row
    }

    /// A row of whole numbers inside a range.
    /// - Throws: `PredictorError` where one is outside.
    func integers(_ name: String, in range: Range<Int>) throws -> [Int] {
        try self[name].map { number in
            guard let whole = Int(exactly: number), range.contains(whole) else {
                throw Self.damaged("\(name) holds \(number), which is not in \(range)")
            }
            return whole
        }
    }

    /// The rows whose names begin with `prefix`, without it.
    func part(_ prefix: String) -> PredictorState {
        var part = PredictorState(features: features, space: space)
        for (name, row) in rows where name.hasPrefix(prefix) { part.rows[String(name.dropFirst(prefix.count))] = row }
        return part
    }

    /// Adds the rows of another state, their names behind `prefix`.
    mutating func add(_ other: PredictorState, _ prefix: String) {
        for (name, row) in other.rows { rows[prefix + name] = row }
    }

    static func damaged(_ what: String) -> PredictorError {
        PredictorError(.file, "the stored predictor is damaged: \(what)", try: "fit it anew")
    }
}
