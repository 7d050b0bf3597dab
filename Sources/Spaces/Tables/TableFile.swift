import Glibc

/// A file of the tables: a line of column names, then one line a row, cells between commas; compressed by gzip where
/// its name ends in `.gz`.
///
/// Written by `scripts/tables` and `scripts/import-nats`. The last line ends like the others, so that a file cut short
/// is noticed.
struct TableFile {
    /// The most that a file may hold, inflated: 256 MiB, seven times the curves of 32,768 architectures.
    static let largest = 1 << 28

    /// The whole path, for errors.
    let path: String
    /// Whose it is, for errors.
    let origin: TableOrigin
    private let bytes: [UInt8]

    /// Reads a file at once.
    /// - Throws: `MeasurementError.unreadable`; `damaged` where it cannot be inflated or is too large; `malformed` where
    ///   the last line does not end.
    init(_ path: String, origin: TableOrigin) throws(MeasurementError) {
        (self.path, self.origin) = (path, origin)
        guard let bytes = Self.read(path) else {
            throw .unreadable(file: path, reason: String(cString: strerror(errno)), origin: origin)
        }
        self.bytes = path.hasSuffix(".gz") ? try Self.inflated(bytes, path, origin) : bytes
        guard self.bytes.last == .newline else { throw malformed(at: self.bytes.count, "a line's end") }
    }

    private static func inflated(
        _ bytes: [UInt8], _ path: String, _ origin: TableOrigin
    ) throws(MeasurementError) -> [UInt8] {
        do throws(Gzip.Fault) { return try Gzip.inflate(bytes, limit: largest) } catch {
            let reason =
                switch error {
                case .cut: "the compressed file ends in the middle"
                case .damaged(let reason): "it cannot be inflated, \(reason)"
                case .tooLarge: "it holds more than \(largest >> 20) MiB"
                }
            throw .damaged(file: path, reason: reason, origin: origin)
        }
    }

    /// The bytes of a file; nil, with `errno` set, where it cannot be read or is larger than any table.
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
        guard status.st_mode & S_IFMT == S_IFREG, status.st_size <= largest else {
            errno = status.st_mode & S_IFMT == S_IFREG ? EFBIG : EINVAL
            return nil
        }
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
        let line = 1 + bytes.prefix(place).count { $0 == .newline }
        return .malformed(file: path, line: line, expected: expected, origin: origin)
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
            columns[column].append(try self.cell(bytes, &place, endsRow: column == width - 1, width))
        }
        guard place == bytes.count else { throw malformed(at: place, "the end after \(rows) rows") }
        return columns
    }

    /// The cells of some rows as numbers, `[place in wanted · width + column]`; an empty cell is NaN.
    ///
    /// Only those rows are read: a file of learning curves is large, and few of them are asked for.
    /// - Parameter rows: how many rows the file has; each of `wanted` is less.
    /// - Throws: as `numbers(rows:)`, and `malformed` where there are not `width` columns.
    func numbers(inRows wanted: [Int], of rows: Int, width: Int) throws(MeasurementError) -> [Double] {
        guard names.count == width else { throw malformed(at: 0, "\(width) columns") }
        return try bytes.withUnsafeBufferPointer { bytes throws(MeasurementError) in
            let starts = try starts(of: rows, in: bytes)
            var values: [Double] = []
            values.reserveCapacity(wanted.count * width)
            for row in wanted {
                var place = starts[row]
                for column in 0..<width {
                    values.append(try cell(bytes, &place, endsRow: column == width - 1, width))
                }
            }
            return values
        }
    }

    /// Where each row begins.
    private func starts(of rows: Int, in bytes: UnsafeBufferPointer<UInt8>) throws(MeasurementError) -> [Int] {
        var starts: [Int] = []
        starts.reserveCapacity(rows)
        var place = firstRow
        while place < bytes.count {
            starts.append(place)
            let end = memchr(bytes.baseAddress! + place, Int32(UInt8.newline), bytes.count - place)!
            place = UnsafeRawPointer(end) - UnsafeRawPointer(bytes.baseAddress!) + 1
        }
        guard starts.count == rows else { throw malformed(at: bytes.count, "\(rows) rows") }
        return starts
    }

    @inline(__always)
    private func cell(
        _ bytes: UnsafeBufferPointer<UInt8>, _ place: inout Int, endsRow: Bool, _ width: Int
    ) throws(MeasurementError) -> Double {
        guard let value = PlainDecimal.read(bytes, &place), bytes[place] == (endsRow ? .newline : .comma) else {
            throw malformed(at: place, "\(width) plain number\(width == 1 ? "" : "s") between commas")
        }
        place += 1
        return value
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
