import Testing

@testable import Language

private func lines(_ table: Table) -> [String] {
    var lines: [String] = []
    DelimitedText.lines(.table(table)) { lines.append($0) }
    return lines
}

private let networks = Table([
    Column("name", .strings(["b", "a", "c", "a", "d"])),
    Column(
        "latency",
        values: [3.0, 1, 2, 1, nil].map { $0.map { .quantity(Quantity($0, .milliseconds)) } ?? .none("not measured") }),
    Column("params", .ints([30, 10, 20, 11, 5])),
])

@Suite struct TableAlgebraTests {
    @Test func sortingIsStableAndPutsMissingLast() throws {
        let ascending = try networks.sorted(by: [(column: "latency", descending: false)])
        #expect(
            lines(ascending) == ["name,latency (ms),params", "a,1.0,10", "a,1.0,11", "c,2.0,20", "b,3.0,30", "d,,5"])
        let descending = try networks.sorted(by: [(column: "latency", descending: true)])
        #expect(lines(descending).dropFirst() == ["b,3.0,30", "c,2.0,20", "a,1.0,10", "a,1.0,11", "d,,5"])
        let both = try networks.sorted(by: [(column: "name", descending: true), (column: "params", descending: true)])
        #expect(lines(both).dropFirst() == ["d,,5", "c,2.0,20", "b,3.0,30", "a,1.0,11", "a,1.0,10"])
    }

    @Test func aReasonMovesWithItsCell() throws {
        let sorted = try networks.sorted(by: [(column: "params", descending: false)])
        guard case .some(.none(let reason)) = sorted.row(0)["latency"] else {
            Issue.record("a value where none was expected")
            return
        }
        #expect(reason == "not measured")
    }

    @Test(arguments: 0..<6)
    func sortingEqualsComparing(_ seed: Int) {
        var generator = SplitMix(seed: UInt64(seed))
        let crowded = seed % 2 == 0
        let floats = (0..<3000).map { _ in
            crowded
                ? Double(Int.random(in: -3...3, using: &generator)) : Double.random(in: -1...1, using: &generator) * 1e3
        }
        let order = Sorting.order([SortKey(Column("x", .floats(floats)))])
        #expect(order == floats.indices.sorted { (floats[$0], $0) < (floats[$1], $1) })
        let ints = floats.map { Int($0 * 1e6) }
        #expect(
            Sorting.order([SortKey(Column("x", .ints(ints)))])
                == ints.indices.sorted { (ints[$0], $0) < (ints[$1], $1) })
        let strings = ints.map { "network \($0 % 500)" }
        #expect(Sorting.order([SortKey(Column("x", .strings(strings)))]) == slowOrder(strings))
    }

    @Test func stringsWithZerosLongTailsAndSharedBeginnings() {
        let tails = [
            "", "\0", "\0\0", "a", "a\0", "abcdefgh", "abcdefghi", "abcdefg\0", "é", "😀",
            String(repeating: "z", count: 40),
        ]
        var strings = (0..<300).map { "network-" + tails[$0 % tails.count] + tails[$0 / 7 % tails.count] }
        #expect(Sorting.order([SortKey(Column("x", .strings(strings)))]) == slowOrder(strings))
        #expect(Grouping(strings).count == Set(strings.map { Array($0.utf8) }).count)
        strings = strings.map { String($0.dropFirst(8)) }
        #expect(Sorting.order([SortKey(Column("x", .strings(strings)))]) == slowOrder(strings))
        strings = strings.filter { $0.utf8.count <= ShortText.limit }
        #expect(Grouping(strings).count == Set(strings.map { Array($0.utf8) }).count)
    }

    @Test func radixSortTellsKeysApartThatDifferInTheLowestBit() {
        let keys: [UInt64] = [UInt64.max, 1, 0, UInt64.max - 1, 1 << 63, 1 << 63 + 1, 1 << 63]
        #expect(RadixSort.order(keys) == [2, 1, 4, 6, 5, 3, 0])
        let run = (0..<100).map { UInt64(100 - $0) } + [UInt64.max]
        #expect(RadixSort.order(run) == Array((0..<100).reversed()) + [100])
    }

    @Test func sortingMixedValues() {
        let mixed = Column("x", values: [.string("b"), .int(2), .none, .bool(true), .float(1.5), .string("a")])
        #expect(Sorting.order([SortKey(mixed)]) == [4, 1, 5, 0, 3, 2])
    }

    @Test func slices() {
        #expect(networks.first(2).rowCount == 2)
        #expect(networks.first(-1).rowCount == 0)
        #expect(networks.last(99).rowCount == 5)
        #expect(lines(networks.last(1)).last == "d,,5")
        #expect(networks.slice(3..<99).rowCount == 2)
    }

    @Test func selectingDroppingRenaming() throws {
        #expect(try networks.selecting(["params", "name"]).names == ["params", "name"])
        #expect(try networks.dropping(["name"]).names == ["latency", "params"])
        #expect(try networks.renaming("name", to: "id").names == ["id", "latency", "params"])
        #expect(throws: TableError.self) { try networks.selecting(["nothing"]) }
        #expect(throws: TableError.self) { try networks.selecting(["name", "name"]) }
        #expect(throws: TableError.self) { try networks.renaming("name", to: "params") }
    }

    @Test func innerAndLeftJoin() throws {
        let prices = Table([
            Column("name", .strings(["a", "c", "x", "c"])), Column("price", .ints([1, 3, 9, 4])),
            Column("params", .ints([7, 8, 9, 10])),
        ])
        let inner = try networks.joined(with: prices, on: ["name"])
        #expect(
            lines(inner) == [
                "name,latency (ms),params,price,params_right", "a,1.0,10,1,7", "c,2.0,20,3,8", "c,2.0,20,4,10",
                "a,1.0,11,1,7",
            ])
        let left = try networks.joined(with: prices, on: ["name"], how: .left)
        #expect(
            lines(left).dropFirst() == [
                "b,3.0,30,,", "a,1.0,10,1,7", "c,2.0,20,3,8", "c,2.0,20,4,10", "a,1.0,11,1,7", "d,,5,,",
            ])
        #expect(try networks.joined(with: prices.first(0), on: ["name"], how: .left).rowCount == 5)
    }

    @Test func joiningConvertsUnitsAndSkipsMissingKeys() throws {
        let other = Table([
            Column(
                "latency", .floats([0.001, 0.003, 0]), missing: MissingCells(flags: [false, false, true]),
                unit: .seconds),
            Column("rank", .ints([1, 3, 9])),
        ])
        let joined = try networks.joined(with: other, on: ["latency"])
        #expect(lines(joined).dropFirst() == ["b,3.0,30,3", "a,1.0,10,1", "a,1.0,11,1"])
        #expect(throws: TableError.self) {
            try networks.joined(with: Table([Column("latency", .strings(["x"]))]), on: ["latency"])
        }
        #expect(throws: TableError.self) { try networks.joined(with: other, on: ["name"]) }
    }

    @Test func joiningOnTwoColumnsEqualsNestedLoops() throws {
        var generator = SplitMix(seed: 3)
        func table(_ count: Int) -> Table {
            Table([
                Column("a", .ints((0..<count).map { _ in .random(in: 0..<8, using: &generator) * 1_000_000_007 })),
                Column("b", .strings((0..<count).map { _ in ["x", "y", "z"].randomElement(using: &generator) ?? "" })),
                Column("id", .ints(Array(0..<count))),
            ])
        }
        let (left, right) = (table(60), table(50))
        let joined = try left.joined(with: right, on: ["a", "b"])
        var expected: [[Int]] = []
        for i in 0..<60 {
            for j in 0..<50
            where left.row(i)["a"]?.key == right.row(j)["a"]?.key && left.row(i)["b"]?.key == right.row(j)["b"]?.key {
                expected.append([i, j])
            }
        }
        let found = (0..<joined.rowCount).map { row in
            ["id", "id_right"].map { joined[$0]?.numbers.map { Int($0[row]) } ?? -1 }
        }
        #expect(found == expected)
    }

    @Test func grouping() throws {
        let latency = try networks.column("latency")
        let grouped = try networks.grouped(
            by: [try networks.column("name")],
            [
                Aggregation(.mean, of: latency), Aggregation(.count, of: latency),
                Aggregation(.sum, of: try networks.column("params")),
            ])
        #expect(
            lines(grouped) == [
                "name,latency_mean (ms),latency_count,params_sum", "b,3.0,1,30", "a,1.0,2,21", "c,2.0,1,20", "d,,0,5",
            ])
        #expect(
            lines(try networks.grouped(by: [try networks.column("name")])) == [
                "name,count", "b,1", "a,2", "c,1", "d,1",
            ])
        #expect(throws: TableError.self) {
            try networks.grouped(by: [latency], [Aggregation(.mean, of: try networks.column("name"))])
        }
    }

    /// Against numpy: `np.quantile([1, 2, 4, 8], [.25, .9])`, `np.std(…, ddof=1)`.
    @Test(
        arguments: [
            (.mean, 3.75), (.median, 3), (.std, 3.0956959368344519), (.quantile(0.25), 1.75), (.quantile(0.9), 6.8),
            (.min, 1), (.max, 8), (.sum, 15),
        ] as [(Aggregate, Double)])
    func aggregates(_ aggregate: Aggregate, _ expected: Double) throws {
        let value = try Column("x", .floats([8, 1, 4, 2])).summed(as: aggregate)
        guard case .float(let number) = value else {
            Issue.record("no float: \(value)")
            return
        }
        #expect(abs(number - expected) < 1e-12)
    }

    @Test func aggregatesOfNothingAreNone() throws {
        let empty = Column("x", .floats([]))
        for aggregate in [Aggregate.mean, .std, .min, .median] {
            guard case .none = try empty.summed(as: aggregate) else {
                Issue.record("\(aggregate) of nothing has a value")
                continue
            }
        }
        guard case .none(let reason) = try Column("x", .floats([1])).summed(as: .std) else {
            Issue.record("one value has a spread")
            return
        }
        #expect(reason == "one value has no spread")
    }

    @Test func distinctRows() throws {
        #expect(
            lines(networks.distinct(by: [try networks.column("name")])).dropFirst() == [
                "b,3.0,30", "a,1.0,10", "c,2.0,20", "d,,5",
            ])
        #expect(networks.distinct().rowCount == 5)
    }

    @Test func appendingUnitesColumnsAndUnits() throws {
        let other = Table([
            Column("latency", .floats([0.5]), unit: .seconds), Column("name", .strings(["e"])),
            Column("energy", .floats([2]), unit: .millijoules),
        ])
        #expect(
            lines(try networks.last(1).appending(other)) == [
                "name,latency (ms),params,energy (mJ)", "d,,5,", "e,500.0,,2.0",
            ])
        #expect(throws: TableError.self) { try networks.appending(Table([Column("latency", .floats([1]))])) }
        #expect(throws: TableError.self) {
            try networks.appending(Table([Column("latency", .floats([1]), unit: .epochs)]))
        }
    }

    @Test func description() {
        #expect(
            lines(networks.described()) == [
                "column,type,unit,count,missing,min,mean,max,distinct",
                #"name,string,,5,0,,,,4"#, #"latency,float,ms,4,1,1.0,1.75,3.0,3"#, #"params,int,,5,0,5,15.2,30,5"#,
            ])
    }

    @Test func recordsAndRows() {
        let table = Table(records: [Record([("a", .int(1))]), Record([("b", .string("x")), ("a", .float(2.5))])])
        #expect(lines(table) == ["a,b", "1.0,", "2.5,x"])
        #expect(lines(Table(networks.row(0))) == ["name,latency (ms),params", "b,3.0,30"])
    }

    @Test func columnsOfValuesAreNarrowed() {
        #expect(Column("x", values: [.int(1), .float(2)]).type == .number)
        #expect(
            Column("x", values: [.quantity(Quantity(1, .seconds)), .quantity(Quantity(500, .milliseconds))]).numbers
                == [1, 0.5])
        #expect(Column("x", values: [.int(1), .string("a")]).type == .any)
        #expect(Column("x", values: [.int(1), .none]).missing.count == 1)
        #expect(Column("x", .floats([.nan, .infinity, 1])).missing.count == 2)
    }
}

/// The places of strings by code point, equal ones in order.
private func slowOrder(_ strings: [String]) -> [Int] {
    strings.indices.sorted { left, right in
        let (first, second) = (strings[left].unicodeScalars.map(\.value), strings[right].unicodeScalars.map(\.value))
        return first == second ? left < right : first.lexicographicallyPrecedes(second)
    }
}
