/// What a ``TinyNetwork`` works out for a batch of 32 rows: the values of all units and the slope of the loss.
///
/// The rows are the lanes: a unit's values of a batch are one vector, `[unit][32]`, so that each weight multiplies all
/// rows at once; as two halves of 16, since the compiler keeps no longer vector in registers. Nothing is allocated after
/// the beginning. A rectified unit that is 0 for the whole batch adds nothing to
/// any sum and has no slope, so it is left out of the sums; at depth that is often half of them.
final class TinyNetworkPass {
    private typealias Half = SIMD16<Float>
    private typealias Quad = SIMD4<Float>

    private let shape: TinyNetworkShape
    /// The values of the units of all layers, inputs first, and the slope of the loss by each.
    private let units, slopes: UnsafeMutablePointer<Half>
    /// Of each layer of units the numbers of those that are not 0 for all rows, ascending, where its units begin.
    private let live: UnsafeMutablePointer<Int>
    /// How many those are, of each layer of units.
    private let liveCounts: UnsafeMutablePointer<Int>
    /// The slope of the loss by each parameter, after ``slope(_:_:_:_:)``.
    let gradient: UnsafeMutablePointer<Float>

    init(_ shape: TinyNetworkShape) {
        self.shape = shape
        (units, slopes) = (.allocate(capacity: 2 * shape.units), .allocate(capacity: 2 * shape.units))
        units.initialize(repeating: Half(repeating: 0), count: 2 * shape.units)
        slopes.initialize(repeating: Half(repeating: 0), count: 2 * shape.units)
        live = .allocate(capacity: shape.units)
        live.initialize(repeating: 0, count: shape.units)
        liveCounts = .allocate(capacity: shape.layers.count + 1)
        liveCounts.initialize(repeating: 0, count: shape.layers.count + 1)
        gradient = .allocate(capacity: shape.count)
        gradient.initialize(repeating: 0, count: shape.count)
    }

    deinit {
        units.deallocate()
        slopes.deallocate()
        live.deallocate()
        liveCounts.deallocate()
        gradient.deallocate()
    }

    /// The outputs for the batch, one a row.
    var output: UnsafePointer<Float> { Self.lanes(units, shape.units - 1) }

    /// The 32 values of a unit.
    private static func lanes(_ vectors: UnsafeMutablePointer<Half>, _ unit: Int) -> UnsafePointer<Float> {
        UnsafeRawPointer(vectors + 2 * unit).assumingMemoryBound(to: Float.self)
    }

    private static func lanes(_ vectors: UnsafeMutablePointer<Half>, _ unit: Int) -> UnsafeMutablePointer<Float> {
        UnsafeMutableRawPointer(vectors + 2 * unit).assumingMemoryBound(to: Float.self)
    }

    private static func quads(_ vectors: UnsafeMutablePointer<Half>, _ unit: Int) -> UnsafePointer<Quad> {
        UnsafeRawPointer(vectors + 2 * unit).assumingMemoryBound(to: Quad.self)
    }

    /// Puts at most 32 rows side by side: lane l of unit f is feature f of the l-th; lanes that are left over are 0.
    func load(_ rows: [Float], _ chosen: ArraySlice<Int>) {
        let width = shape.inputs
        units.update(repeating: Half(repeating: 0), count: 2 * width)
        let lanes: UnsafeMutablePointer<Float> = Self.lanes(units, 0)
        rows.withUnsafeBufferPointer { rows in
            for (lane, row) in chosen.enumerated() {
                for feature in 0..<width { lanes[feature * 32 + lane] = rows[row * width + feature] }
            }
        }
        liveCounts[0] = 0
        for unit in 0..<width { note(unit, isLive: true, in: 0, from: live) }
    }

    private func note(_ unit: Int, isLive: Bool, in layer: Int, from list: UnsafeMutablePointer<Int>) {
        list[liveCounts[layer]] = unit
        liveCounts[layer] += isLive ? 1 : 0
    }

    /// The values of all units for the loaded rows.
    func forward(_ parameters: UnsafePointer<Float>) {
        for (index, layer) in shape.layers.enumerated() {
            let source = units + 2 * layer.source
            let (list, count) = (live + layer.source, liveCounts[index])
            let isLast = index + 1 == shape.layers.count
            liveCounts[index + 1] = 0
            for output in 0..<layer.outputs {
                let weights = parameters + layer.weights + output * layer.inputs
                var low = Half(repeating: parameters[layer.biases + output])
                var high = low
                for place in 0..<count {
                    let weight = Half(repeating: weights[list[place]])
                    low += weight * source[2 * list[place]]
                    high += weight * source[2 * list[place] + 1]
                }
                let target = layer.target + output
                (units[2 * target], units[2 * target + 1]) = (low, high)
                let isLive = isLast || rectify(target)
                note(output, isLive: isLive, in: index + 1, from: live + layer.target)
            }
        }
    }

    /// Puts 0 for what is not above it, and says whether anything is.
    private func rectify(_ unit: Int) -> Bool {
        let lanes: UnsafeMutablePointer<Float> = Self.lanes(units, unit)
        var bits: UInt32 = 0
        for lane in 0..<32 {
            lanes[lane] = lanes[lane] > 0 ? lanes[lane] : 0
            bits |= lanes[lane].bitPattern
        }
        return bits != 0
    }

    /// The slope of the mean absolute error of the chosen rows by each parameter, into ``gradient``.
    func slope(
        _ parameters: UnsafePointer<Float>, _ rows: [Float], _ targets: [Float], _ chosen: ArraySlice<Int>
    ) {
        load(rows, chosen)
        forward(parameters)
        let lanes: UnsafeMutablePointer<Float> = Self.lanes(slopes, shape.units - 1)
        lanes.update(repeating: 0, count: 32)
        for (lane, row) in chosen.enumerated() {
            let off = output[lane] - targets[row]
            lanes[lane] = (off > 0 ? 1 : off < 0 ? -1 : 0) / Float(chosen.count)
        }
        gradient.update(repeating: 0, count: shape.count)
        for index in shape.layers.indices.reversed() {
            descend(index)
            if index > 0 { backward(index, parameters) }
        }
    }

    /// The slope by the weights and biases of a layer: sums over the lanes, four weights at a time.
    private func descend(_ index: Int) {
        let layer = shape.layers[index]
        let (list, count) = (live + layer.source, liveCounts[index])
        for number in 0..<liveCounts[index + 1] {
            let output = live[layer.target + number]
            let slope = Self.quads(slopes, layer.target + output)
            let own = gradient + layer.weights + output * layer.inputs
            gradient[layer.biases + output] = Self.sum(slope)
            var place = 0
            while place + 4 <= count {
                let (a, b, c, d) = (list[place], list[place + 1], list[place + 2], list[place + 3])
                let sums = Self.sums(
                    Self.product(slope, Self.quads(units, layer.source + a)),
                    Self.product(slope, Self.quads(units, layer.source + b)),
                    Self.product(slope, Self.quads(units, layer.source + c)),
                    Self.product(slope, Self.quads(units, layer.source + d)))
                (own[a], own[b], own[c], own[d]) = (sums[0], sums[1], sums[2], sums[3])
                place += 4
            }
            while place < count {
                let last = Self.product(slope, Self.quads(units, layer.source + list[place]))
                own[list[place]] = (last[0] + last[1]) + (last[2] + last[3])
                place += 1
            }
        }
    }

    /// The slope by the inputs of a layer, which are rectified.
    private func backward(_ index: Int, _ parameters: UnsafePointer<Float>) {
        let layer = shape.layers[index]
        let (above, below) = (slopes + 2 * layer.target, slopes + 2 * layer.source)
        let (outputs, count) = (live + layer.target, liveCounts[index + 1])
        for place in 0..<liveCounts[index] {
            let input = live[layer.source + place]
            let weights = parameters + layer.weights + input
            var (low, high) = (Half(repeating: 0), Half(repeating: 0))
            for number in 0..<count {
                let weight = Half(repeating: weights[outputs[number] * layer.inputs])
                low += weight * above[2 * outputs[number]]
                high += weight * above[2 * outputs[number] + 1]
            }
            (below[2 * input], below[2 * input + 1]) = (low, high)
            let slope: UnsafeMutablePointer<Float> = Self.lanes(slopes, layer.source + input)
            let value: UnsafePointer<Float> = Self.lanes(units, layer.source + input)
            for lane in 0..<32 { slope[lane] = value[lane] > 0 ? slope[lane] : 0 }
        }
    }
}

extension TinyNetworkPass {
    /// Four partial sums of the products of two units over the rows.
    @inline(__always)
    private static func product(_ first: UnsafePointer<Quad>, _ second: UnsafePointer<Quad>) -> Quad {
        var sum = first[0] * second[0]
        for place in 1..<8 { sum += first[place] * second[place] }
        return sum
    }

    /// The sums of the lanes of each of four vectors.
    @inline(__always)
    private static func sums(_ a: Quad, _ b: Quad, _ c: Quad, _ d: Quad) -> Quad {
        (Quad(a[0], b[0], c[0], d[0]) + Quad(a[1], b[1], c[1], d[1]))
            + (Quad(a[2], b[2], c[2], d[2]) + Quad(a[3], b[3], c[3], d[3]))
    }

    private static func sum(_ unit: UnsafePointer<Quad>) -> Float {
        var sum = unit[0]
        for place in 1..<8 { sum += unit[place] }
        return (sum[0] + sum[1]) + (sum[2] + sum[3])
    }
}
