import Testing

@testable import Plotting

@Suite struct ScriptTests {
    @Test(arguments: [
        ("plain", "'plain'"), ("it's", #"'it'."'".'s'"#), ("'", #"''."'".''"#), ("`ls` $x \\n", "'`ls` $x \\n'"),
        ("two\nlines", #"'two'."\n".'lines'"#), ("bell\u{07}\u{00}end", "'bell  end'"), ("", "''"),
        ("a\u{2028}b", #"'a'."\n".'b'"#),
    ])
    func textIsQuoted(text: String, quoted: String) {
        #expect(text.gnuplotQuoted == quoted)
    }

    @Test func tickLabelsKeepTheirPercentSigns() {
        #expect("50%\nof it".gnuplotTick == "'50%% of it'")
    }

    @Test func titlesAreWrapped() {
        #expect("one two three four".wrapped(to: 9, limit: 3) == "one two\nthree\nfour")
        #expect("one two three four".wrapped(to: 9, limit: 2) == "one two\nthree fo…")
        #expect(String(repeating: "x", count: 50).wrapped(to: 10, limit: 3) == "xxxxxxxxx…")
    }

    @Test(arguments: [
        ("a.png", PlotFormat.png), ("A/b.c/x.SVG", .svg), ("x.pdf", .pdf), ("x.six", .sixel), ("x.txt", .text),
        ("x.gp", .script),
    ])
    func endingsNameFormats(path: String, format: PlotFormat) throws {
        #expect(try PlotFormat(path: path) == format)
    }

    @Test(arguments: ["", "x", "x.", "x.jpeg", "folder.png/x", "folder.png/"])
    func otherEndingsAreErrors(path: String) {
        #expect(throws: PlotError.unknownFormat(path: path)) { try PlotFormat(path: path) }
    }

    @Test func colours() {
        #expect(UInt32(0x0072B2).gnuplotColour() == "rgb '#000072B2'")
        #expect(UInt32(0x0072B2).gnuplotColour(opacity: 0) == "rgb '#FF0072B2'")
    }

    @Test func scriptsHoldTheirData() throws {
        let script = try GnuplotSession().script(for: sample)
        #expect(script.contains("$layer1 << EOD\n1.0 70.0 \n2.0 82.0 \n"))
        #expect(script.contains("NaN NaN \n4.0 89.0 "))
        #expect(script.contains("set title 'Accuracy over latency'"))
        #expect(!script.contains("set output '"))
    }
}
