#if FUZZING
    /// libFuzzer's door: the first text that breaks an invariant ends the process with its description.
    @_cdecl("LLVMFuzzerTestOneInput")
    public func fuzz(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
        let bytes = Array(UnsafeBufferPointer(start: data, count: count))
        if let violation = violation(in: bytes) { fatalError(violation) }
        return 0
    }

    private func violation(in bytes: [UInt8]) -> String? {
        do throws(Diagnostic) {
            return SyntaxInvariants.violation(in: try Source(name: "fuzz", bytes: bytes).text)
        } catch {
            let isPlaced = error.code == .badEncoding && error.labels.first.map { $0.span.start < bytes.count } == true
            return isPlaced ? nil : "a bad encoding without a place"
        }
    }
#endif
