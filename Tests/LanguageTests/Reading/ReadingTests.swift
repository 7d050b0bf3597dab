import Glibc
import Language
import Testing

private func csv(_ text: String) throws -> Table { try DelimitedReader.table(Array(text.utf8), name: "t.csv") }

private func shown(_ table: Table) -> [String] {
    var lines: [String] = []
    JSONText.lines(.table(table)) { lines.append($0) }
    return lines
}

@Suite struct DelimitedReaderTests {
    @Test(arguments: [
        ("a,b\n1,x\n", [#"{"a":1,"b":"x"}"#]),
        ("\u{FEFF}a,b\r\n1,x\r\n\r\n2,y", [#"{"a":1,"b":"x"}"#, #"{"a":2,"b":"y"}"#]),
        ("a;b\n1,5;2\n", [#"{"a":"1,5","b":2}"#]),
        ("a\tb\n1\t2", [#"{"a":1,"b":2}"#]),
        ("a\n\"x \"\"y\"\"\nz\"\n", [#"{"a":"x \"y\"\nz"}"#]),
        ("a,b\n,NA\n2,nan\n3.5,7", [#"{"a":null,"b":null}"#, #"{"a":2.0,"b":null}"#, #"{"a":3.5,"b":7}"#]),
        ("a,b\ntrue,007\nFalse,8", [#"{"a":true,"b":"007"}"#, #"{"a":false,"b":"8"}"#]),
        ("a,b\n\"7\",1e3", [#"{"a":"7","b":1000.0}"#]),
        ("\"a\",\"b\"\n\"7\",\"\"", [#"{"a":7,"b":null}"#]),
        ("a\n99999999999999999999\n1", [#"{"a":1e+20}"#, #"{"a":1.0}"#]),
        ("a\n 1.50 \n-.5", [#"{"a":1.5}"#, #"{"a":-0.5}"#]),
        ("a\n1e999\n1.0", [#"{"a":null}"#, #"{"a":1.0}"#]),
        ("a\n0.1234567890123456789\n-0.0", [#"{"a":0.12345678901234568}"#, #"{"a":-0.0}"#]),
        (",b\n1,2", [#"{"column1":1,"b":2}"#]),
        ("a b,1080ti\n1,2", [#"{"a_b":1,"_1080ti":2}"#]),
        ("a\n\"#x\"\n#y", [##"{"a":"#x"}"##, ##"{"a":"#y"}"##]),
    ])
    func reads(_ text: String, _ rows: [String]) throws { #expect(shown(try csv(text)) == rows) }

    @Test func unitsInTheHeader() throws {
        let table = try csv("latency (ms),acc [%],note (x),size (MB)\n1.5,90,a,b\n")
        #expect(table.columns.map(\.unit) == [.milliseconds, .percent, nil, nil])
        #expect(table.names == ["latency", "acc", "note__x_", "size"])
        #expect(ValuePrinter.line(table.columns[1][0]) == "90%")
    }

    @Test(
        arguments: [
            ("", nil, nil, "the file is empty where a line with the names of the columns is expected"),
            ("\u{FEFF}\n\n", nil, nil, "the file is empty where a line with the names of the columns is expected"),
            ("a,b\n1,2\n1,2,3\n", 3, nil, "this row has 3 fields where the header has 2"),
            ("a,b\n1\n", 2, nil, "this row has 1 field where the header has 2"),
            ("a,b\n1,\"x\ny\n", 2, 3, "the quote that opens here is never closed"),
            ("a,b\n1,\"x\"y\n", 2, 6, "after a closing quote a separator or the end of the line must follow"),
            ("a,b,a\n", 1, 5, "a second column is called `a`"),
            ("1,2\n3,4\n", 1, 1, "here stand numbers where the names of the columns are expected"),
            ("a\nb\0c\n", 2, 2, "this is no text in UTF-8"),
        ] as [(String, Int?, Int?, String)])
    func refuses(_ text: String, _ line: Int?, _ column: Int?, _ message: String) {
        let error = #expect(throws: ReadingError.self) { try csv(text) }
        #expect(error?.line == line)
        #expect(error?.column == column)
        #expect(error?.message == message)
        #expect(error?.file == "t.csv")
    }

    @Test func badEncodingIsPlaced() {
        let bytes = Array("a,b\n1,é".utf8) + [0xE9, 0x0A]
        let error = #expect(throws: ReadingError.self) { try DelimitedReader.table(bytes, name: "latin.csv") }
        #expect(error?.place == "latin.csv:2:4")
    }

    @Test func whatIsWrittenReadsTheSame() throws {
        let table = Table([
            Column("s", .strings(["7", "none", "", "a,b", "x\r\ny", "true", " z", "\"q\"", "\"\u{301}", "1e5"])),
            Column(
                "f", .floats([0.1, 1e-300, -0.0, 1 / 3, 5, 1e20, 123456789.123, 2, 3, 4]),
                missing: MissingCells(flags: [true] + Array(repeating: false, count: 9)), unit: .milliseconds),
            Column("i", .ints([.max, .min, 0, 1, 2, 3, 4, 5, 6, 7])),
            Column("b", .bools([true, false, true, false, true, false, true, false, true, false])),
        ])
        var text = ""
        DelimitedText.lines(.table(table)) { text += $0 + "\n" }
        let again = try csv(text)
        #expect(again.schema == table.schema)
        #expect(shown(again) == shown(table))
    }
}

@Suite struct JSONReaderTests {
    @Test(arguments: [
        ("{\"a\": 1}\n{\"b\": \"x\"}\n", [#"{"a":1,"b":null}"#, #"{"a":null,"b":"x"}"#]),
        ("[{\"a\": [1, 2.5, null]}, {\"a\": {}}]", [#"{"a":[1,2.5,null]}"#, #"{"a":{}}"#]),
        (#"{"a":"\u00e9\ud83d\ude00\n\/"}"#, [#"{"a":"é😀\n/"}"#]),
        ("{\"a b (ms)\": 1, \"2\": {}}", [#"{"a_b":1.0,"_2":{}}"#]),
        ("{\"a\":1e2}{\"a\":-0.5}", [#"{"a":100.0}"#, #"{"a":-0.5}"#]),
    ])
    func reads(_ text: String, _ rows: [String]) throws {
        #expect(shown(try JSONReader.table(Array(text.utf8), name: "t.json")) == rows)
    }

    @Test(
        arguments: [
            ("", nil, nil), ("[]", nil, nil), ("{}", nil, nil), ("{\"a\":1, \"a \":2}", nil, nil), ("[1]", 1, 2),
            ("{\"a\":1,}", 1, 8), ("{\"a\":01}", 1, 6),
            ("{\"a\":tru}", 1, 6),
            ("{\"a\":\"\\x\"}", 1, 8), ("{\"a\":\"\\ud800\"}", 1, 13), ("{\"a\":\"x\n\"}", 1, 6), ("{\"a\":1", 1, 7),
            ("[{\"a\":1}] x", 1, 11), ("{\"a\":1e999}", 1, 6), ("{\"a\":\n }", 2, 2), ("{\"a\":-}", 1, 6),
        ] as [(String, Int?, Int?)])
    func refuses(_ text: String, _ line: Int?, _ column: Int?) {
        let error = #expect(throws: ReadingError.self) { try JSONReader.table(Array(text.utf8), name: "t.json") }
        #expect(error?.line == line)
        #expect(error?.column == column)
    }

    @Test func deepNestingIsAnErrorAndNoCrash() {
        let deep = "{\"a\":" + String(repeating: "[", count: 100_000)
        #expect(throws: ReadingError.self) { try JSONReader.table(Array(deep.utf8), name: "t.json") }
    }
}

@Suite struct FuzzTests {
    private static let seeds: [String] = [
        "a,b (ms),\"c d\"\n1,2.5,x\n,nan,\"y \"\"z\"\"\"\r\n3,-1e5,true\n", "x;y\n1;2\n", "a\tb\n\"\"\t7\n",
        "\u{FEFF}é,日\n1,2\n",
        #"{"a": 1, "b": [true, null, -2.5e3], "c": {"d": "\u00e9\n"}}"# + "\n" + #"{"a": 2}"#,
        #"[{"a": "x"}, {"a": 1e5}]"#,
    ]

    /// Whatever the bytes, the readers give a table or an error with a place inside the file, and what they give can be
    /// written and read again. `NASH_FUZZ_SECONDS` sets how long to try.
    @Test func readersNeverCrash() {
        let seconds = getenv("NASH_FUZZ_SECONDS").flatMap { Double(String(cString: $0)) }
        var generator = SplitMix(seed: seconds == nil ? 1 : UInt64(time(nil)))
        let end = ContinuousClock.now + .seconds(seconds ?? 0)
        var round = 0
        repeat {
            for _ in 0..<2000 {
                let bytes = mutated(Array(FuzzTests.seeds[round % FuzzTests.seeds.count].utf8), &generator)
                check(bytes) { try DelimitedReader.table($0, name: "fuzz") }
                check(bytes) { try JSONReader.table($0, name: "fuzz") }
                round += 1
            }
        } while ContinuousClock.now < end
    }

    private func check(_ bytes: [UInt8], _ read: ([UInt8]) throws -> Table) {
        do {
            let table = try read(bytes)
            var text = ""
            DelimitedText.lines(.table(table)) { text += $0 + "\n" }
            _ = ValuePrinter(width: 20).text(.table(table))
            // A column of lists comes back as text; the rows must still be there.
            let again = try DelimitedReader.table(Array(text.utf8), name: "again")
            #expect(again.rowCount == table.rowCount, "\(bytes)")
        } catch let error as ReadingError {
            #expect(error.file == "fuzz", "\(bytes): \(error)")
            #expect(error.line.map { $0 >= 1 && $0 <= bytes.count + 1 } ?? true)
        } catch {
            Issue.record("\(error)")
        }
    }

    private func mutated(_ seed: [UInt8], _ generator: inout SplitMix) -> [UInt8] {
        var bytes = seed
        for _ in 0...Int.random(in: 0..<6, using: &generator) {
            let place = Int.random(in: 0...bytes.count, using: &generator)
            switch Int.random(in: 0..<5, using: &generator) {
            case 0 where place < bytes.count: bytes[place] = .random(in: 0...255, using: &generator)
            case 1 where place < bytes.count: bytes.remove(at: place)
            case 2: bytes.insert(Array("\",;\t\n\r[]{}:\\ue-0#".utf8).randomElement(using: &generator) ?? 0, at: place)
            case 3: bytes.removeSubrange(place...)
            default:
                let piece = bytes[Int.random(in: 0...place, using: &generator)..<place]
                bytes.insert(contentsOf: Array(piece), at: Int.random(in: 0...bytes.count, using: &generator))
            }
        }
        return bytes
    }
}

@Suite struct TableFileTests {
    /// A folder that is gone when `body` is done.
    private func withFolder(_ body: (String) throws -> Void) throws {
        var template = Array("/tmp/nash-test.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw ReadingError("/tmp", "no folder could be made") }
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer {
            for name in names(in: folder) { unlink("\(folder)/\(name)") }
            rmdir(folder)
        }
        try body(folder)
    }

    private func names(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    private let table = Table([Column("a", .ints([1, 2])), Column("t", .floats([0.5, 1.5]), unit: .milliseconds)])

    @Test(arguments: ["x.csv", "x.jsonl"])
    func writesAndReads(_ name: String) throws {
        try withFolder { folder in
            try TableFile.write(.table(table), to: "\(folder)/\(name)")
            #expect(shown(try TableFile.read("\(folder)/\(name)")) == shown(table))
            #expect(names(in: folder) == [name])
        }
    }

    @Test func aFailedWriteLeavesTheOldFile() throws {
        try withFolder { folder in
            let path = "\(folder)/x.csv"
            try TableFile.write(.table(table), to: path)
            let old = try FileBytes.read(path)
            struct Interrupted: Error {}
            #expect(throws: Interrupted.self) {
                try AtomicFile.write(path) { write in
                    for _ in 0..<100_000 { try write("half a file") }
                    throw Interrupted()
                }
            }
            #expect(try FileBytes.read(path) == old)
            #expect(names(in: folder) == ["x.csv"])
        }
    }

    @Test func aLinkKeepsPointingAndRightsStay() throws {
        try withFolder { folder in
            try TableFile.write(.table(table), to: "\(folder)/real.csv")
            chmod("\(folder)/real.csv", 0o600)
            symlink("real.csv", "\(folder)/link.csv")
            try TableFile.write(.table(table.first(1)), to: "\(folder)/link.csv")
            #expect(try TableFile.read("\(folder)/real.csv").rowCount == 1)
            var status = stat()
            #expect(lstat("\(folder)/link.csv", &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
            #expect(stat("\(folder)/real.csv", &status) == 0 && status.st_mode & 0o777 == 0o600)
        }
    }

    @Test(.enabled(if: access("/dev/full", W_OK) == 0, "there is no /dev/full"))
    func aFullDiskIsAnError() {
        let error = #expect(throws: ReadingError.self) { try TableFile.write(.table(table), to: "/dev/full", as: .csv) }
        #expect(error?.message == "the file cannot be written: No space left on device")
        #expect(error?.help == "make room, or choose another place")
    }

    @Test(arguments: [
        ("/nowhere/x.csv", "the file cannot be opened: No such file or directory"),
        ("/tmp/x.xlsx", "the ending of the name tells no format that can be used here"),
    ])
    func missingFilesAreErrors(_ path: String, _ message: String) {
        let error = #expect(throws: ReadingError.self) { try TableFile.read(path) }
        #expect(error?.message == message)
    }
}
