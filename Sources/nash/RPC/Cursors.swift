/// Places in a text, which clients count in Unicode code points and the language in bytes of UTF-8.
extension String {
    /// The byte at which a code point begins, or the text's end; nil beyond.
    func byte(ofCodePoint count: Int) -> Int? {
        guard let place = unicodeScalars.index(startIndex, offsetBy: count, limitedBy: endIndex) else { return nil }
        return utf8.distance(from: startIndex, to: place)
    }

    /// How many code points stand before a byte.
    func codePoint(ofByte offset: Int) -> Int {
        unicodeScalars.distance(from: startIndex, to: utf8.index(startIndex, offsetBy: offset))
    }
}
