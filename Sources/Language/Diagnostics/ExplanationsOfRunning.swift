// The codes E02x and E03x: what values, and running a program, can have wrong.
extension Code {
    var ofValues: Explanation {
        switch self {
        case .wrongUnit:
            .init(
                "The units do not fit",
                "Quantities compare and add only with quantities of the same kind: times with times, percentages "
                    + "with percentages. A plain number is none of them: give it its unit.",
                wrong: "all | where .latency < 5", right: "all | where .latency < 5ms")
        case .wrongInput:
            .init(
                "A command cannot work on what is piped into it",
                "Each command takes one kind of value from the pipe: a space, a table, an architecture. `?sample` "
                    + "shows which.",
                wrong: "5 | sample 10", right: "nb201 | sample 10")
        case .notCallable:
            .init(
                "The value cannot be called",
                "Only functions and commands take arguments in brackets; a name that is bound to anything else does not.",
                wrong: "x = 3; x(2)", right: "def x(n) = n + 1; x(2)")
        case .outOfRange:
            .init(
                "A number is out of range",
                "The argument or the result lies outside of what it may be; the error names the limits.",
                wrong: "nb201 | sample -5", right: "nb201 | sample 5")
        case .noRow:
            .init(
                "There is no row here",
                "`.name` and `.` mean a column or the row of a piped table, so they stand only in arguments of "
                    + "commands that work on rows. Elsewhere name the row: {row -> row.params}.",
                wrong: "x = .params + 1", right: "all | derive x: .params + 1")
        default:
            .init(
                "The value has the wrong type",
                "An operator or an argument got a kind of value that it does not work on; the error says which kinds "
                    + "it takes.",
                wrong: #"1 + "two""#, right: "1 + 2")
        }
    }

    var ofRunning: Explanation {
        switch self {
        case .file:
            .init(
                "A file cannot be read or written",
                "The system refused: the cause says why. Relative paths start at the folder in which nash was "
                    + "started. A file that could not be written whole leaves the old one as it was.",
                wrong: #"use "no-such-file.nash""#)
        case .badFile:
            .init(
                "A file's content is not as it should be",
                "The file was read, but it is damaged, cut short or of another kind; the error names the line or the "
                    + "byte.",
                wrong: #"load "table.csv", whose third line has one field too few"#)
        case .noAnswer:
            .init(
                "The table of known answers has none for this",
                "`query` reads measured values: not every space was measured on every data set, device and number "
                    + "of epochs. The error lists what there is.",
                wrong: "darts | sample 5 | query accuracy, data: cifar10")
        case .plot:
            .init(
                "The plot could not be drawn",
                "gnuplot is missing, was stopped, or refused the figure; the cause has its words. The values are "
                    + "not touched, and the next plot starts a new gnuplot.",
                wrong: "plot where gnuplot is not installed")
        case .cancelled:
            .init(
                "Cancelled",
                "Ctrl-C stopped the cell. It bound nothing; a training keeps its last checkpoint.",
                wrong: "Ctrl-C while a cell runs")
        case .tooMuch:
            .init(
                "Too much to do or to hold",
                "The result would not fit in memory, or the space has too many members to go through one by one. "
                    + "Draw a sample, or select fewer columns.",
                wrong: "darts | enumerate", right: "darts | sample 1000")
        case .onlyAtThePrompt:
            .init(
                "Only at the prompt",
                "Commands that start with a colon steer the session and work alone on a line at the prompt, not in "
                    + "scripts. A script's output is chosen on the command line: `nash --json file.nash`.",
                wrong: ":mode json")
        case .recursion:
            .init(
                "It uses itself",
                "A function calls itself too deeply, or a file uses itself through others. The language has loops, "
                    + "`for x in … { … }`, in place of recursion.",
                wrong: "def f(x) = f(x + 1)")
        default:
            .init(
                "It failed while running",
                "The program was sound, but something that it did could not be done. The cause has the words of the "
                    + "layer that refused.",
                wrong: "an operation that the values at hand do not allow")
        }
    }
}
