import CTerminal
import Glibc
import Synchronization

/// What a terminal answered when it was asked what pictures it shows, apart from what was typed meanwhile.
struct TerminalAnswer: Equatable {
    /// Whether it took a picture by kitty's protocol.
    var knowsKitty = false
    /// Whether 4, sixels, is among its primary device attributes.
    var knowsSixel = false
    /// What was no answer: keys.
    var typed: [UInt8] = []

    /// A picture of one pixel that is not shown, then the primary device attributes, which every terminal answers
    /// (https://sw.kovidgoyal.net/kitty/graphics-protocol/#querying-support-and-available-transmission-mediums).
    static let question = "\u{1b}_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\u{1b}\\\u{1b}[c"

    /// Long enough for a terminal across a network; nobody waits longer for a picture that may not come.
    private static let patience: Int32 = 200

    /// Asks the terminal; nil where there is none to ask. Keys pressed meanwhile go to the next prompt; a script's run
    /// has none, and loses those of that fifth of a second.
    static func ask() -> TerminalAnswer? {
        var bytes = [CChar](repeating: 0, count: 4096)
        let count = bytes.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.map { terminal_ask(question, patience, $0, Int32(buffer.count)) } ?? -1
        }
        guard count >= 0 else { return nil }
        let answer = TerminalAnswer(bytes.prefix(Int(count)).map { UInt8(bitPattern: $0) })
        TypedAhead.add(answer.typed)
        return answer
    }

    /// Takes apart what came.
    init(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            if let message = Self.message(in: rest, from: "\u{1b}_G", to: "\u{1b}\\") {
                knowsKitty = knowsKitty || message.text.contains("i=31") && message.text.hasSuffix(";OK")
                rest = rest.dropFirst(message.length)
            } else if let message = Self.message(in: rest, from: "\u{1b}[?", to: "c"),
                message.text.allSatisfy({ $0.isNumber || $0 == ";" })
            {
                knowsSixel = knowsSixel || message.text.split(separator: ";").dropFirst().contains("4")
                rest = rest.dropFirst(message.length)
            } else {
                typed.append(rest.removeFirst())
            }
        }
    }

    /// The text between an opening at the start of `bytes` and the first closing, and the length of all three.
    private static func message(
        in bytes: ArraySlice<UInt8>, from opening: String, to closing: String
    ) -> (text: String, length: Int)? {
        guard bytes.starts(with: opening.utf8),
            let end = bytes.dropFirst(opening.utf8.count).firstRange(of: Array(closing.utf8))
        else { return nil }
        let text = String(decoding: bytes[(bytes.startIndex + opening.utf8.count)..<end.lowerBound], as: UTF8.self)
        return (text, end.upperBound - bytes.startIndex)
    }
}

/// Keys that were read while the terminal was asked, for the next prompt.
enum TypedAhead {
    private static let keys = Mutex<[UInt8]>([])

    static func add(_ typed: [UInt8]) {
        keys.withLock { $0 += typed }
    }

    /// Hands the keys over, where there are some.
    static func take(_ body: (UnsafePointer<CChar>, Int) -> Void) {
        let taken = keys.withLock { keys in
            defer { keys = [] }
            return keys.map(CChar.init(bitPattern:))
        }
        taken.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress, !buffer.isEmpty else { return }
            body(start, buffer.count)
        }
    }
}
