import ArgumentParser

/// What nash does besides running programs: `nash replay …`, `nash export …`. A script of such a name is run as
/// `nash ./replay`.
enum Subcommands {
    /// Every one, in the order of the help.
    static let all: [any Subcommand.Type] = [ReplayCommand.self, RunsCommand.self, ExportCommand.self]

    /// The subcommand that the arguments of the program begin with, parsed; nil where they begin otherwise.
    ///
    /// - Throws: what swift-argument-parser says of wrong usage.
    static func parse(_ arguments: [String]) throws -> (any Subcommand)? {
        guard let first = arguments.first, let kind = all.first(where: { $0.configuration.commandName == first })
        else { return nil }
        return try kind.parse(Array(arguments.dropFirst()))
    }
}

/// One such thing: its configuration gives the name (`nash replay`) and its help.
protocol Subcommand: ParsableCommand {
    /// Does it, and says how it ended. Results go to standard output, everything else to standard error.
    @MainActor func carryOut() -> ExitCode
}
