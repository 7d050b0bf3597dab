/// The places of a column along its axis: the numbers themselves, or the positions of the names.
struct Places {
    /// The names along the axis in the order of first appearance; nil on an axis of numbers.
    let names: [String]?
    private let positions: [String: Double]

    /// Gathers the names of all columns along one axis.
    init(_ columns: [Values], axis: String) throws {
        var order: [String] = []
        var positions: [String: Double] = [:]
        var hasNumbers = false
        for column in columns where !column.isEmpty {
            guard case .names(let names) = column else {
                hasNumbers = true
                continue
            }
            for name in names where positions[name] == nil {
                positions[name] = Double(order.count)
                order.append(name)
            }
        }
        if hasNumbers && !order.isEmpty {
            throw PlotError.badAxis("the \(axis) axis has both names and numbers; give it one kind")
        }
        self.names = order.isEmpty ? nil : order
        self.positions = positions
    }

    /// The places of a column.
    func callAsFunction(_ column: Values) -> [Double] {
        switch column {
        case .numbers(let numbers): numbers
        case .names(let names): names.map { positions[$0] ?? .nan }
        }
    }
}
