/// Tells a picture that gnuplot drew from what could do more than be seen.
///
/// A picture in a page that is not ours may be set into it as markup: scripts, links and pictures from elsewhere must
/// not come with it. So there are only the elements that draw, no attribute that is an event, and no address but
/// those inside the file. Every element is closed: a file that was cut off is found too.
enum SVGCheck {
    /// What is wrong with the bytes; nil for a picture.
    static func fault(in bytes: [UInt8]) -> String? {
        var scanner = SVGScanner(bytes)
        do throws(SVGFault) {
            try scanner.run()
            return nil
        } catch {
            return error.text
        }
    }
}

private struct SVGFault: Error {
    let text: String
    init(_ text: String) { self.text = text }
}

private struct SVGScanner {
    private static let elements: Set<String> = [
        "svg", "title", "desc", "defs", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text",
        "tspan", "use", "image", "pattern", "clipPath", "linearGradient", "stop", "filter", "feFlood", "feComposite",
    ]
    private let bytes: [UInt8]
    private var place = 0
    private var open: [String] = []
    private var isDone = false

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func run() throws(SVGFault) {
        if starts(with: "<?xml ") { place = index(of: UInt8(ascii: ">")) + 1 }
        while place < bytes.count {
            if bytes[place] == UInt8(ascii: "<") {
                try tag()
            } else {
                guard !open.isEmpty || bytes[place].isBlank else { throw SVGFault("text stands around the picture") }
                guard bytes[place] >= 0x20 || bytes[place].isBlank else { throw SVGFault("control characters in it") }
                place += 1
            }
        }
        guard isDone, open.isEmpty else { throw SVGFault("it is no whole SVG") }
    }

    private mutating func tag() throws(SVGFault) {
        let isClosing = starts(with: "</")
        place += isClosing ? 2 : 1
        let name = word()
        guard Self.elements.contains(name), !isDone, !open.isEmpty || name == "svg" else {
            throw SVGFault(name.isEmpty ? "it is no plain SVG" : "the element \(name) does not belong there")
        }
        if !isClosing { try attributes() }
        skipBlank()
        let isEmpty = !isClosing && starts(with: "/>")
        guard isEmpty || starts(with: ">") else { throw SVGFault("a tag of \(name) is not closed") }
        place += isEmpty ? 2 : 1
        if isClosing {
            guard open.popLast() == name else { throw SVGFault("elements are closed in the wrong order") }
        } else if !isEmpty {
            open.append(name)
        }
        isDone = open.isEmpty
    }

    private mutating func attributes() throws(SVGFault) {
        while true {
            let before = place
            skipBlank()
            let name = word()
            if name.isEmpty { return }
            guard place > before, !name.lowercased().hasPrefix("on") else { throw SVGFault("\(name) is an event") }
            skipBlank()
            guard starts(with: "=") else { throw SVGFault("the attribute \(name) has no value") }
            place += 1
            skipBlank()
            try check(name, try value())
        }
    }

    /// Addresses must lie in the file, and no other attribute may hide one.
    private func check(_ name: String, _ value: ArraySlice<UInt8>) throws(SVGFault) {
        if name == "xmlns" || name.hasPrefix("xmlns:") { return }
        let isAddress = name == "href" || name.hasSuffix(":href") || name == "src"
        let isFine =
            isAddress
            ? value.first == UInt8(ascii: "#") || value.starts(with: "data:image/png;base64,".utf8)
            : isPlain(value)
        guard isFine else { throw SVGFault("\(name) leads elsewhere") }
    }

    /// Whether a value names nothing but what is in the file: no escape, no address, `url(…)` of a part only.
    private func isPlain(_ value: ArraySlice<UInt8>) -> Bool {
        var previous: UInt8 = 0
        for (place, byte) in zip(value.indices, value) {
            switch byte {
            case UInt8(ascii: "&"), UInt8(ascii: "\\"), UInt8(ascii: "@"): return false
            case UInt8(ascii: "/") where previous == byte: return false
            case UInt8(ascii: "(") where previous | 0x20 == UInt8(ascii: "l"):
                guard place + 1 < value.endIndex, value[place + 1] == UInt8(ascii: "#") else { return false }
            default: break
            }
            previous = byte
        }
        return true
    }

    private mutating func value() throws(SVGFault) -> ArraySlice<UInt8> {
        guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") || bytes[place] == UInt8(ascii: "'") else {
            throw SVGFault("an attribute's value has no quotes")
        }
        let start = place + 1
        place = start
        let end = index(of: bytes[start - 1])
        guard end < bytes.count else { throw SVGFault("it is no whole SVG") }
        guard !bytes[start..<end].contains(UInt8(ascii: "<")) else { throw SVGFault("a tag stands in an attribute") }
        place = end + 1
        return bytes[start..<end]
    }

    /// A name of an element or attribute; empty where none starts here.
    private mutating func word() -> String {
        let start = place
        while place < bytes.count, bytes[place].isNamePart { place += 1 }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    private mutating func skipBlank() { while place < bytes.count, bytes[place].isBlank { place += 1 } }

    private func starts(with text: String) -> Bool { bytes[place...].starts(with: text.utf8) }

    /// Where the byte comes next; the end where it does not.
    private func index(of byte: UInt8) -> Int { bytes[place...].firstIndex(of: byte) ?? bytes.count }
}

extension UInt8 {
    fileprivate var isBlank: Bool { self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 }
    fileprivate var isNamePart: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) || (0x30...0x39).contains(self)
            || self == UInt8(ascii: "-") || self == UInt8(ascii: "_") || self == UInt8(ascii: ":")
    }
}
