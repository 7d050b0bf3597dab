import CTerminal
import Glibc
import Language

/// Watches over a running cell: signals and the progress bar.
struct Supervisor {
    /// How the watch ended.
    enum Ending {
        case finished(CellOutcome)
        /// A second Ctrl-C: the cell goes on by itself.
        case abandoned
        /// A signal asked the program to end.
        case ending(ExitCode)
    }

    let console: Console
    /// Whether standard error takes colour.
    let color: Bool

    /// Bars are for people at a terminal that can erase them.
    private let showsBar = isatty(STDERR_FILENO) == 1 && !Presentation.isDumb

    init(console: Console, color: Bool) {
        self.console = console
        self.color = color
    }

    /// Returns when `evaluation` has ended, or need not be waited for any more.
    func follow(_ evaluation: Evaluation) -> Ending {
        defer { console.eraseBar() }
        let start = ContinuousClock.now
        var bar = ProgressBar(color: color)
        var cancelled: ContinuousClock.Instant?
        var isAnnounced = false
        while true {
            if let outcome = evaluation.outcome { return .finished(outcome) }
            let events = TerminalEvents.wait(milliseconds: 100)
            if let code = ExitCode(events) { return end(evaluation, code) }
            if events.contains(.stop) { pause() }
            if events.contains(.interrupt) {
                if cancelled != nil {
                    console.leaveLine()
                    return abandon(evaluation)
                }
                evaluation.cancel.cancel()
                cancelled = .now
                console.leaveLine()
            }
            if let cancelled {
                announce(since: cancelled, &isAnnounced)
            } else if showsBar, let progress = evaluation.progress, start.duration(to: .now) > .seconds(1) {
                let width = Presentation.columns(of: STDERR_FILENO)
                console.show(bar: bar.line(progress, after: start.duration(to: .now), width: width))
            }
        }
    }

    /// Says what goes on when a cell does not stop at once.
    private func announce(since cancelled: ContinuousClock.Instant, _ isAnnounced: inout Bool) {
        guard !isAnnounced, cancelled.duration(to: .now) > .milliseconds(250) else { return }
        isAnnounced = true
        console.complain("cancelling… Ctrl-C again stops waiting for it")
    }

    private func abandon(_ evaluation: Evaluation) -> Ending {
        evaluation.abandon()
        return .abandoned
    }

    private func pause() {
        console.eraseBar()
        terminal_stop()
    }

    /// Gives the cell a second to come to a clean end, such as a checkpoint written whole.
    private func end(_ evaluation: Evaluation, _ code: ExitCode) -> Ending {
        evaluation.cancel.cancel()
        let deadline = ContinuousClock.now + .seconds(1)
        while evaluation.outcome == nil, ContinuousClock.now < deadline {
            _ = TerminalEvents.wait(milliseconds: 50)
        }
        return .ending(code)
    }
}
