import Glibc

/// The 1,797 handwritten digits of 8 × 8 pixels that nash ships.
///
/// The test part of "Optical Recognition of Handwritten Digits", E. Alpaydin and C. Kaynak, UCI Machine Learning
/// Repository, 1998, https://doi.org/10.24432/C50P49, CC BY 4.0. `Data/SOURCES.md` says more.
enum Digits {
    static let name = "digits"

    /// The digits, `[1, 8, 8]`: 0 to 16 pixels set in each block of 4 × 4 of the scan.
    ///
    /// - Throws: `DatasetError` where the file beside the program is missing or damaged.
    static func read() throws(DatasetError) -> RawData { try read(path) }

    /// The digits of a file as `scripts/digits` writes it: 64 characters of 0…9, a…g, a space, the class.
    static func read(_ path: String) throws(DatasetError) -> RawData {
        let bytes = try DataFile.bytes(path)
        guard bytes.count.isMultiple(of: lineLength) else {
            throw DatasetError(path, "\(bytes.count) bytes are no whole number of lines of \(lineLength) bytes")
        }
        var pixels: [UInt8] = []
        var labels: [Int] = []
        pixels.reserveCapacity(bytes.count)
        for start in stride(from: 0, to: bytes.count, by: lineLength) {
            for place in start..<start + 64 {
                guard let level = level(bytes[place]) else { throw damaged(path, place) }
                pixels.append(level)
            }
            guard bytes[start + 64] == UInt8(ascii: " "), bytes[start + 66] == UInt8(ascii: "\n"),
                case let label = Int(bytes[start + 65]) - Int(UInt8(ascii: "0")), (0..<10).contains(label)
            else { throw damaged(path, start + 64) }
            labels.append(label)
        }
        return try RawData(
            name: name, place: path, shape: [1, 8, 8], classNames: (0..<10).map(String.init),
            samples: .pixels(pixels, white: 16), labels: labels)
    }

    /// 64 pixels, a space, a class, the line's end.
    private static let lineLength = 67

    private static func level(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "g"): character - UInt8(ascii: "a") + 10
        default: nil
        }
    }

    private static func damaged(_ path: String, _ place: Int) -> DatasetError {
        DatasetError(
            path, "line \(place / lineLength + 1) is not 64 pixels of 0 to g, a space and a class",
            help: "take the file anew from the project, or write it with scripts/digits")
    }

    /// Where the build puts the resources of this room: next to the running program.
    private static var path: String {
        guard let program = realpath("/proc/self/exe", nil) else { return "digits.txt" }
        defer { free(program) }
        let path = String(cString: program)
        return path[..<(path.lastIndex(of: "/") ?? path.startIndex)] + "/nash_Training.resources/Data/digits.txt"
    }
}
