/// What gnuplot's SVG terminal writes, made the same from run to run.
enum SVGPicture {
    /// Without groups that hold nothing: a gnuplot's first picture has one that its later ones lack.
    static func normalised(_ picture: [UInt8]) -> [UInt8] {
        let lines = picture.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        var kept: [ArraySlice<UInt8>] = []
        kept.reserveCapacity(lines.count)
        for line in lines {
            if line.elementsEqual("</g>".utf8), let opening = kept.last, opensGroup(opening) {
                kept.removeLast()
            } else {
                kept.append(line)
            }
        }
        return Array(kept.joined(separator: [UInt8(ascii: "\n")]))
    }

    private static func opensGroup(_ line: ArraySlice<UInt8>) -> Bool {
        line.starts(with: "<g fill=\"none\" color=".utf8) && line.last == UInt8(ascii: ">")
            && line.count { $0 == UInt8(ascii: ">") } == 1
    }
}
