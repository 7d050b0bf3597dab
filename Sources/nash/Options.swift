import ArgumentParser
import Commands

/// The program's own flags.
struct Options: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "nash",
        abstract: "A shell for efficient neural architecture search.",
        usage: """
            nash [options]                       a session at the terminal, or what comes in on standard input
            nash [options] script.nash [args]    a script
            nash [options] -c program [args]     one program
            nash replay run [--check]            a recorded run again
            nash runs [--keep n]                 the recorded runs; removes all but the newest n
            nash export run report.html          a document of one; .md, .ipynb
            nash kernel install                  nash in JupyterLab and VS Code
            nash rpc                             a session for another program
            """,
        discussion: """
            Exit codes: 0 done, 1 an evaluation failed, 2 wrong usage, 3 the program did not parse or check, \
            130 cancelled, 143 terminated.
            """,
        version: NashVersion.text)

    @Option(
        name: [.customShort("c"), .customLong("command")], parsing: .unconditional,
        help: ArgumentHelp("Run one program from the command line.", valueName: "program"))
    var program: String?

    @Flag(exclusivity: .exclusive)
    var format: OutputFormat?

    @Option(help: ArgumentHelp("The root of all random draws.", valueName: "n"))
    var seed: UInt64?

    @OptionGroup var recording: RecordOptions

    @Flag(inversion: .prefixedNo, help: "Colour where the terminal can, unless NO_COLOR is set.")
    var color = true

    @Flag(help: .hidden)
    var echo = false

    @Flag(help: .hidden)
    var reference = false

    @Flag(help: .hidden)
    var cells = false

    @Argument(
        parsing: .captureForPassthrough,
        help: ArgumentHelp("A script and its arguments.", valueName: "script args"))
    var words: [String] = []

    /// The script to run, where there is one.
    var script: String? { program == nil ? words.first : nil }

    /// What the program finds as its arguments.
    var arguments: [String] { program == nil ? Array(words.dropFirst()) : words }

    /// The root of the seeds that derive.
    var rootSeed: Int { seed.map { Int(truncatingIfNeeded: $0) } ?? 0 }

    func validate() throws {
        guard program == nil, let first = words.first, first.hasPrefix("-"), first != "-" else { return }
        // Words are taken as they stand, so that a script gets its own flags: these are left to us.
        switch first {
        case "-h", "--help": throw CleanExit.helpRequest()
        case "--version": throw CleanExit.message("nash \(Self.configuration.version)")
        default: throw ValidationError("Unknown option '\(first)'")
        }
    }
}

extension OutputFormat: EnumerableFlag {
    static func help(for value: OutputFormat) -> ArgumentHelp? {
        switch value {
        case .table: .hidden
        case .json: "Print one JSON value a line, numbers in their column's unit."
        case .csv: "Print tables as CSV."
        case .markdown: "Print tables as Markdown."
        }
    }
}
