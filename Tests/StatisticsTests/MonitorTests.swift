import Foundation
import Statistics
import Testing

/// A state on whose changes threads wait.
@Suite struct MonitorTests {
    /// Each of two threads waits for what the other does while it waits.
    @Test func `what is changed in waiting wakes others that wait`() {
        let monitor = Monitor(0)
        let ended = DispatchSemaphore(value: 0)
        for parity in 0...1 {
            Thread.detachNewThread {
                for _ in 0..<1_000 {
                    monitor.wait { count -> Void? in
                        guard count % 2 == parity else { return nil }
                        count += 1
                        return ()
                    }
                }
                ended.signal()
            }
        }
        for _ in 0...1 { #expect(ended.wait(timeout: .now() + 20) == .success) }
    }
}
