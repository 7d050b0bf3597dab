import Language
import Testing

private let results = Table([
    Column("arch", .strings(["|nor_conv_3x3~0|+|skip_connect~0|", "日本語", "a\tb\u{1B}[31m"])),
    Column("accuracy", .floats([94.37, 8.5, 0]), missing: MissingCells(flags: [false, false, true]), unit: .percent),
    Column("latency", .floats([3.612345, 12.5, 0.25]), unit: .milliseconds),
    Column("params", .ints([129306, 8, 1_000_000])),
    Column("trained", .bools([true, false, true])),
])

@Suite struct NumeralTests {
    @Test(arguments: [
        (0.1 + 0.2, "0.3"), (94.37, "94.37"), (94.36666, "94.37"), (5, "5"), (-0.0, "0"), (12345.678, "12346"),
        (129306, "129306"), (0.000123456, "0.0001235"), (0.0000123456, "1.235e-5"), (1e15, "1e15"),
        (-2.5e20, "-2.5e20"),
        (999.96, "1000"), (1e-300, "1e-300"),
    ])
    func rounded(_ number: Double, _ expected: String) { #expect(Numerals.rounded(number) == expected) }

    @Test(arguments: [(5.0, "5"), (0.1, "0.1"), (1e20, "1e+20"), (-2.50, "-2.5")])
    func plain(_ number: Double, _ expected: String) { #expect(Numerals.plain(number) == expected) }
}

@Suite struct ValuePrinterTests {
    @Test(
        arguments: [
            (.quantity(Quantity(94.37, .percent)), "94.37%"), (.quantity(Quantity(3.61, .milliseconds)), "3.61ms"),
            (.quantity(Quantity(81, .epochs)), "81ep"), (.int(1_234_567), "1234567"), (.float(0.1 + 0.2), "0.3"),
            (.none("division by zero"), "none (division by zero)"), (.none, "none"), (.bool(true), "true"),
            (.string("two\nlines"), "two\nlines"), (.range(ValueRange(.int(1), .int(10))), "1..10"),
            (.list([.int(1), .string("a"), .none]), #"[1, "a", none]"#), (.list([]), "[]"),
            (
                .record(Record([("params", .int(3)), ("accuracy", .quantity(Quantity(90, .percent)))])),
                "params    3\naccuracy  90%"
            ),
            (.symbol(Symbol(kind: "device", name: "pixel3")), "pixel3"),
        ] as [(Value, String)])
    func text(_ value: Value, _ expected: String) { #expect(ValuePrinter().text(value) == expected) }

    @Test func aTable() {
        #expect(
            ValuePrinter(width: 100).text(.table(results)) == #"""
                arch                               accuracy (%)  latency (ms)   params  trained
                ─────────────────────────────────  ────────────  ────────────  ───────  ───────
                |nor_conv_3x3~0|+|skip_connect~0|         94.37          3.61   129306  true
                日本語                                     8.50         12.50        8  false
                a\tb\u{1b}[31m                             none          0.25  1000000  true
                """#)
    }

    @Test func aTableOfWidth20() {
        #expect(
            ValuePrinter(width: 20).text(.table(results)) == #"""
                arch        accurac…
                ──────────  ────────
                |nor_conv…     94.37
                日本語          8.50
                a\tb\u{1b…      none
                … and 3 more
                columns: latency,
                params, trained
                """#)
    }

    @Test(arguments: [2, 3, 10, 20, 37, 80, 200])
    func noLineIsWiderThanTheTerminal(_ width: Int) {
        for line in ValuePrinter(width: width).text(.table(results)).split(separator: "\n") {
            #expect(String(line).displayWidth <= width)
        }
        let record = Value.record(Record(results.columns.map { ($0.name + String(repeating: "x", count: 30), $0[0]) }))
        let list = Value.list(results.columns[0].values)
        for value in [record, list] {
            for line in ValuePrinter(width: max(width, 10)).text(value).split(separator: "\n") {
                #expect(String(line).displayWidth <= max(width, 10))
            }
        }
    }

    @Test func longTablesAndLists() {
        let long = Table([Column("n", .ints(Array(0..<1000)))])
        let lines = ValuePrinter().text(.table(long)).split(separator: "\n")
        #expect(lines.count == 23)
        #expect(lines.last == "… 980 more rows")
        let list = ValuePrinter().text(.list((0..<1000).map { .int($0) })).split(separator: "\n")
        #expect(list.last == "… 980 more")
        #expect(ValuePrinter().text(.table(long.first(21))).split(separator: "\n").count == 23)
        #expect(ValuePrinter().text(.table(long.first(0))) == "n\n─\nno rows")
    }

    @Test func colourIsOptional() {
        let table = Table([Column("a", values: [.int(1), .none])])
        #expect(
            ValuePrinter(isColoured: true).text(.table(table))
                == "   \u{1B}[1ma\u{1B}[0m\n\u{1B}[2m────\u{1B}[0m\n   1\n\u{1B}[2mnone\u{1B}[0m")
        #expect(ValuePrinter(isColoured: true).text(.none("why")) == "\u{1B}[2mnone (why)\u{1B}[0m")
    }
}

@Suite struct MachineTextTests {
    private func lines(_ write: ((String) -> Void) -> Void) -> [String] {
        var lines: [String] = []
        write { lines.append($0) }
        return lines
    }

    @Test func json() {
        #expect(
            lines { JSONText.lines(.table(results.first(2)), $0) } == [
                #"{"arch":"|nor_conv_3x3~0|+|skip_connect~0|","accuracy":94.37,"latency":3.612345,"params":129306,"trained":true}"#,
                #"{"arch":"日本語","accuracy":8.5,"latency":12.5,"params":8,"trained":false}"#,
            ])
        #expect(JSONText.text(.float(.nan)) == "null")
        #expect(
            JSONText.text(.list([.none, .string("a\"\n\u{1}"), .quantity(Quantity(5, .epochs))]))
                == #"[null,"a\"\n\u0001",5.0]"#)
    }

    @Test func csv() {
        let table = Table([
            Column("a", .strings(["x,y", "say \"no\"", "7", "none", "", "two\nlines"])),
            Column(
                "t", .floats([1, 2, 3, 4, 5, 6]),
                missing: MissingCells(flags: [true, false, false, false, false, false]), unit: .seconds),
        ])
        #expect(
            lines { DelimitedText.lines(.table(table), $0) } == [
                "a,t (s)", "\"x,y\",", "\"say \"\"no\"\"\",2.0", "\"7\",3.0", "\"none\",4.0", "\"\",5.0",
                "\"two\nlines\",6.0",
            ])
        #expect(lines { DelimitedText.lines(.list([.int(1), .none]), $0) } == ["value", "1", "none"])
    }

    @Test func markdown() {
        #expect(
            lines { MarkdownText.lines(.table(results.first(1)), $0) } == [
                "| arch | accuracy (%) | latency (ms) | params | trained |", "| --- | ---: | ---: | ---: | --- |",
                #"| \|nor_conv_3x3\~0\|+\|skip_connect\~0\| | 94.37 | 3.612 | 129306 | true |"#,
            ])
    }
}
