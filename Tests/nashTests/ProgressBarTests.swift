import Testing

@testable import nash

@Suite struct ProgressBarTests {
    @Test func estimatesTheTimeLeftFromThePace() {
        var bar = ProgressBar(color: false)
        let line = bar.line(Progress(label: "training", done: 25, total: 100), after: .seconds(50), width: 80)
        #expect(line.hasPrefix("training ━"))
        #expect(line.hasSuffix("─ 25% ETA 2:30 25/100"))
    }

    @Test func aNewStageHasAPaceOfItsOwn() {
        var bar = ProgressBar(color: false)
        _ = bar.line(Progress(label: "one", done: 99, total: 100), after: .seconds(1000), width: 80)
        let first = bar.line(Progress(label: "two", done: 0, total: 10), after: .seconds(1000), width: 80)
        #expect(!first.contains("ETA"))
        let second = bar.line(Progress(label: "two", done: 5, total: 10), after: .seconds(1007), width: 80)
        #expect(second.contains("ETA 0:07"))
    }

    @Test func withoutATotalItCounts() {
        var bar = ProgressBar(color: false)
        #expect(bar.line(Progress(label: "reading", done: 7), after: .seconds(61), width: 80) == "reading 7 1:01")
    }

    @Test(arguments: 1...130) func fitsTheWindow(_ width: Int) {
        var bar = ProgressBar(color: false)
        let progress = Progress(label: "training the supernet", done: 123_456, total: 1_000_000)
        #expect(bar.line(progress, after: .seconds(400_000), width: width).count < max(width, 1))
    }

    @Test(arguments: [(0, "0:00"), (67, "1:07"), (3661, "1:01:01"), (183_600, "2 d 3 h")])
    func clock(_ seconds: Int, _ text: String) {
        #expect(ProgressBar.clock(.seconds(seconds)) == text)
    }
}
