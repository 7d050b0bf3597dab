import Testing

/// What a program of its own measures of its memory: in the tests' program others take and give back memory meanwhile.
@Suite struct PeakMemoryTests {
    /// The bytes that `measure memory` says.
    private func peak(of architecture: String, batch: Int) throws -> Double {
        let place = try RecordedRunTests.Workplace()
        let code = try place.run(
            "--no-record", "--csv", "-c", "arch \(architecture) | measure memory, batch: \(batch) | select .memory")
        #expect(code == 0, "\(place.errors)")
        return try #require(place.output.split(separator: "\n").last.flatMap { Double($0) }, "\(place.output)")
    }

    @Test func `the peak of memory holds weights and activations`() throws {
        // Of 64 samples, 64 maps of 32×32 take 16 MiB. A cell's input, its two inner nodes, and what goes into and
        // comes out of an operation are alive at once; libtorch's own needs come to little.
        let maps = 64.0 * 64 * 32 * 32 * 4
        let bytes = try peak(of: "nats_size, \"64:64:64:64:64\"", batch: 64)
        // The kernel counts resident pages in batches for each thread, so some may be missing.
        #expect(bytes >= 5 * maps - Double(2 << 20))
        #expect(bytes < 6 * maps)
    }
}
