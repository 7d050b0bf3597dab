import ArgumentParser
import Language

/// What nash does besides running programs: `nash replay …`, `nash export …`. A script of such a name is run as
/// `nash ./replay`.
enum Subcommands {
    /// Every one, in the order of the help.
    static let all: [any Subcommand.Type] = [
        ReplayCommand.self, RunsCommand.self, ExportCommand.self, RPC.self, Kernel.self,
    ]

    /// The subcommand that the arguments of the program begin with, parsed; nil where they begin otherwise.
    ///
    /// - Throws: what swift-argument-parser says of wrong usage.
    static func parse(_ arguments: [String]) throws -> (any Subcommand)? {
        try named(arguments.first)?.parse(Array(arguments.dropFirst()))
    }

    /// "did you mean `runs`?" for a misspelt subcommand, which is taken for a script.
    static func suggestion(for name: String) -> String? {
        Suggestion.question(for: name, among: all.compactMap { $0.configuration.commandName })
    }

    /// The subcommand of a name.
    static func named(_ name: String?) -> (any Subcommand.Type)? {
        all.first { $0.configuration.commandName == name }
    }
}

/// One such thing: its configuration gives the name (`nash replay`) and its help.
protocol Subcommand: ParsableCommand {
    /// Does it, and says how it ended. Results go to standard output, everything else to standard error.
    @MainActor func carryOut() -> ExitCode
}
