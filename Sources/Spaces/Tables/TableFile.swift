import Glibc

/// A file of the tables: a line of column names, then one line a row, cells between commas.
///
/// Written by `scripts/tables`. The last line ends like the others, so that a file cut short is noticed.
struct TableFile {
    /// The whole path, for errors.
    let path: String
    private let bytes: [UInt8]

    /// Reads a file at once.
    /// - Throws: `MeasurementError.unreadable`; `malformed` where the last line does not end.
    init(_ path: String) throws(MeasurementError) {
        self.path = path
        guard let bytes = Self.read(path) else {
            throw .unreadable(file: path, reason: String(cString: strerror(errno)))
        }
        self.bytes = bytes
        guard bytes.last == .newline else { throw malformed(at: bytes.count, "a line's end") }
    }

    /// The bytes of a file; nil, with `errno` set, where it cannot be read.
    private static func read(_ path: String) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer {
            let error = errno
            close(file)
            errno = error
        }
        var status = stat()
        guard fstat(file, &status) == 0 else { return nil }
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, count in
            while count < buffer.count {
                let got = Glibc.read(file, buffer.baseAddress! + count, buffer.count - count)
                if got < 0, errno == EINTR { continue }
                failed = got < 0
                if got <= 0 { break }
                count += got
            }
        }
        return failed ? nil : bytes
    }

    /// The names of the columns.
    var names: [String] {
        bytes.prefix { $0 != .newline }.split(separator: .comma, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
    }

    /// An error at a place in the file.
    func malformed(at place: Int, _ expected: String) -> MeasurementError {
        .malformed(file: path, line: 1 + bytes.prefix(place).count { $0 == .newline }, expected: expected)
    }

    /// The cells of a file of one column as digits, `[row · length + gene]`, each below `choices`.
    /// - Throws: `MeasurementError.malformed` for a row of another length or other characters.
    func digits(length: Int, choices: Int) throws(MeasurementError) -> [UInt8] {
        let start = firstRow
        var genes: [UInt8] = []
        genes.reserveCapacity(bytes.count - start)
        for line in stride(from: start, to: bytes.count, by: length + 1) {
            let end = line + length
            for place in line..<end {
                guard place < bytes.count, case let digit = bytes[place] &- .zero, digit < choices else {
                    throw malformed(at: min(place, bytes.count - 1), "\(length) digits below \(choices)")
                }
                genes.append(digit)
            }
            guard end < bytes.count, bytes[end] == .newline else {
                throw malformed(at: line, "\(length) digits and no more")
            }
        }
        return genes
    }

    /// All columns as numbers, `[column][row]`; an empty cell is NaN.
    /// - Throws: `MeasurementError.malformed` where a cell is no number or the rows are not as many as expected.
    func numbers(rows: Int) throws(MeasurementError) -> [[Double]] {
        try bytes.withUnsafeBufferPointer { bytes throws(MeasurementError) in try numbers(bytes, rows, names.count) }
    }

    private func numbers(
        _ bytes: UnsafeBufferPointer<UInt8>, _ rows: Int, _ width: Int
    ) throws(MeasurementError) -> [[Double]] {
        var columns = [[Double]](repeating: [], count: width)
        for column in 0..<width { columns[column].reserveCapacity(rows) }
        var place = firstRow
        for cell in 0..<rows * width {
            guard place < bytes.count else { throw malformed(at: bytes.count, "\(rows) rows") }
            let column = cell % width
            let end: UInt8 = column == width - 1 ? .newline : .comma
            guard let value = PlainDecimal.read(bytes, &place), bytes[place] == end else {
                throw malformed(at: place, "\(width) plain number\(width == 1 ? "" : "s") between commas")
            }
            columns[column].append(value)
            place += 1
        }
        guard place == bytes.count else { throw malformed(at: place, "the end after \(rows) rows") }
        return columns
    }

    private var firstRow: Int { 1 + (bytes.firstIndex(of: .newline) ?? bytes.count) }
}

/// Plain decimal numbers, such as 94.3733: no sign, no exponent, at most 15 digits.
enum PlainDecimal {
    private static let powers: [Double] = (0...15).map { (0..<$0).reduce(1.0) { power, _ in power * 10 } }

    /// Reads a number and moves to what follows it; NaN of no digits, nil where it is not plain.
    ///
    /// Up to 15 digits and the power of ten are exact, and a quotient is rounded once: the nearest double.
    @inline(__always)
    static func read(_ bytes: UnsafeBufferPointer<UInt8>, _ place: inout Int) -> Double? {
        let start = place
        var mantissa = digits(bytes, &place)
        guard place < bytes.count, bytes[place] == .point else {
            if place == start { return .nan }
            return place - start <= 15 ? Double(mantissa) : nil
        }
        let point = place
        place += 1
        mantissa = digits(bytes, &place, after: mantissa)
        let decimals = place - point - 1
        guard point > start, decimals > 0, place - start - 1 <= 15 else { return nil }
        return Double(mantissa) / powers[decimals]
    }

    @inline(__always)
    private static func digits(_ bytes: UnsafeBufferPointer<UInt8>, _ place: inout Int, after start: UInt64 = 0)
        -> UInt64
    {
        var value = start
        while place < bytes.count, case let digit = bytes[place] &- .zero, digit < 10 {
            value = value &* 10 &+ UInt64(digit)
            place += 1
        }
        return value
    }
}

extension UInt8 {
    static let newline = UInt8(ascii: "\n")
    static let comma = UInt8(ascii: ",")
    static let point = UInt8(ascii: ".")
    fileprivate static let zero = UInt8(ascii: "0")
}
