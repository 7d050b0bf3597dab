/// The lines of a source, to turn byte offsets into places.
struct SourceLines {
    let source: Source
    private let bytes: [UInt8]
    /// The offset of each line's first byte.
    private let starts: [Int]

    init(_ source: Source) {
        self.source = source
        let bytes = Array(source.text.utf8)
        starts = [0] + bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
        self.bytes = bytes
    }

    /// The part of a span that lies in the text, snapped inside it.
    func clamp(_ span: Span) -> Span {
        let start = min(max(0, span.start), bytes.count)
        return Span(start, min(max(start, span.end), bytes.count))
    }

    /// The index of the line that holds an offset, from 0.
    func line(of offset: Int) -> Int {
        var (low, high) = (0, starts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }

    /// The bytes of a line, without what ends it.
    func span(ofLine line: Int) -> Span {
        var end = line + 1 < starts.count ? starts[line + 1] - 1 : bytes.count
        if end > starts[line], bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return Span(starts[line], end)
    }

    func text(_ span: Span) -> String { String(decoding: bytes[span.start..<span.end], as: UTF8.self) }

    /// Line and column of an offset, both from 1; the line counts in the whole file, the column in characters.
    func place(of offset: Int) -> (line: Int, column: Int) {
        let line = line(of: offset)
        return (line + source.firstLine, text(Span(starts[line], max(starts[line], offset))).count + 1)
    }
}
