import Testing

@testable import nash

/// Figures inside the terminal.
@Suite struct GraphicsTests {
    @Test func `a picture for kitty is cut into chunks that fit together`() {
        let png = (0..<10_000).map { UInt8($0 % 251) }
        let parts = Graphics.kittyImage(png).split(separator: "\u{1b}_G", omittingEmptySubsequences: true)
        #expect(parts.count == 4)
        #expect(parts[0].hasPrefix("a=T,f=100,m=1;"))
        #expect(parts.dropFirst().dropLast().allSatisfy { $0.hasPrefix("m=1;") })
        #expect(parts.last?.hasPrefix("m=0;") == true)
    }

    @Test(arguments: [
        ([UInt8]("M".utf8), "TQ=="), ([UInt8]("Ma".utf8), "TWE="), ([UInt8]("Man".utf8), "TWFu"), ([], ""),
    ])
    func `base 64 is RFC 4648's`(_ bytes: [UInt8], _ text: String) {
        #expect(Graphics.kittyImage(bytes) == "\u{1b}_Ga=T,f=100,m=0;\(text)\u{1b}\\\n")
    }
}
