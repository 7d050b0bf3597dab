/// Values reduced to their order: equal values form a class, and classes are numbered from the smallest, 0, 1, 2, ….
///
/// Whatever depends on order alone (rank correlations, dominance) is computed on these small integers, for which
/// sorting is counting.
public struct Ranks: Sendable {
    /// For each value, the number of its class.
    public let classes: [UInt32]

    /// For each class, how many values are in it. (A resample may leave classes empty.)
    public let sizes: [UInt32]

    /// How many values there are.
    public var count: Int { classes.count }

    /// The classes of values. −0 equals +0; all NaN form one class, the last.
    public init(_ values: [Double]) {
        var classes = [UInt32](repeating: 0, count: values.count)
        var sizes: [UInt32] = []
        var (key, size) = (UInt64?.none, UInt32(0))
        for entry in Order.entries(values) {
            if entry.key != key {
                if key != nil { sizes.append(size) }
                (key, size) = (entry.key, 0)
            }
            classes[Int(entry.index)] = UInt32(truncatingIfNeeded: sizes.count)
            size += 1
        }
        if key != nil { sizes.append(size) }
        self.init(classes: classes, sizes: sizes)
    }

    private init(classes: [UInt32], sizes: [UInt32]) {
        self.classes = classes
        self.sizes = sizes
    }

    /// The ranks within a resample of the values, given by their indices, in linear time.
    public func drawn(_ indices: [Int]) -> Ranks {
        var sizes = [UInt32](repeating: 0, count: sizes.count)
        let classes = indices.map { self.classes[$0] }
        for number in classes { sizes[Int(number)] += 1 }
        return Ranks(classes: classes, sizes: sizes)
    }

    /// For each value its rank from 1, where equal values share the mean of the ranks that they occupy.
    public var average: [Double] {
        var before: UInt32 = 0
        let shared = sizes.map { size in
            defer { before += size }
            return Double(before) + (Double(size) + 1) / 2
        }
        return classes.map { shared[Int($0)] }
    }

    /// The indices of the values from the smallest class to the largest, each class in the order of `indices`
    /// (by default the given order).
    public func order(of indices: [UInt32]? = nil) -> [UInt32] {
        var starts = self.starts
        var result = [UInt32](repeating: 0, count: classes.count)
        result.withUnsafeMutableBufferPointer { result in
            for place in 0..<classes.count {
                let index = indices?[place] ?? UInt32(truncatingIfNeeded: place)
                let number = Int(classes[Int(index)])
                result[Int(starts[number])] = index
                starts[number] &+= 1
            }
        }
        return result
    }

    /// For each class, how many values lie in smaller ones.
    private var starts: [UInt32] {
        var before: UInt32 = 0
        return sizes.map { size in
            defer { before += size }
            return before
        }
    }

    /// The number of pairs of equal values, Σ t(t − 1)/2 over the classes' sizes t.
    var tiedPairs: Int { sizes.reduce(0) { $0 + Int($1) * (Int($1) - 1) / 2 } }
}
