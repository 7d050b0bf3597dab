/// The name that was probably meant: the one fewest slips of typing away, at most one in three letters.
func nearest(to word: String, in candidates: [String]) -> String? {
    let scored = candidates.map { (name: $0, slips: slips(Array(word.utf8), Array($0.utf8))) }
    guard let best = scored.min(by: { $0.slips < $1.slips }) else { return nil }
    let length = word.utf8.count
    return best.slips < length && best.slips <= max(1, length / 3) ? best.name : nil
}

/// How many letters to insert, drop, replace or exchange with their neighbour make one word of another.
///
/// R. Lowrance and R. A. Wagner: An Extension of the String-to-String Correction Problem. Journal of the ACM
/// 22(2), 1975; here no letter is edited twice.
private func slips(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var rows = [Array(0...b.count)]
    for i in a.indices {
        var row = [i + 1]
        for j in b.indices {
            var best = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, rows[i - 1][j - 1] + 1) }
            row.append(best)
        }
        rows.append(row)
    }
    return rows[a.count][b.count]
}
