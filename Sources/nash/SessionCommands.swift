/// A `:` command: it steers the session, not the computation.
struct SessionCommand {
    let name: String
    /// Its arguments, for the help.
    var usage = ""
    let help: String
    /// What may follow it, for completion; nil for file names.
    var values: [String]? = []
    let run: @MainActor (Shell, _ argument: String) throws -> Void

    /// Every command, in the order of the help. Each is declared here and nowhere else.
    static let all: [SessionCommand] = [
        SessionCommand(
            name: "mode", usage: OutputFormat.names.joined(separator: "|"), help: "how values print",
            values: OutputFormat.names
        ) { shell, argument in
            if argument.isEmpty { return shell.console.print("mode \(shell.format)\n") }
            guard let format = OutputFormat(rawValue: argument) else {
                throw SessionError.value("mode", argument, OutputFormat.names)
            }
            shell.format = format
        },
        SessionCommand(name: "vars", help: "the names that this session has bound") { shell, _ in
            shell.console.print(shell.engine.variables(shell.presentation))
        },
        SessionCommand(
            name: "time", usage: "[on|off]", help: "how long the last cell took; on: after every cell",
            values: ["on", "off"]
        ) { shell, argument in
            switch argument {
            case "": shell.tellTime()
            case "on", "off": shell.timesCells = argument == "on"
            default: throw SessionError.value("time", argument, ["on", "off"])
            }
        },
        SessionCommand(
            name: "save", usage: "file.nash|.md|.html|.ipynb",
            help: "write this session as a notebook, or with its results as a document", values: nil
        ) { shell, argument in
            shell.console.print("saved \(try shell.save(to: argument))\n")
        },
        SessionCommand(
            name: "open", usage: "file.nash", help: "take the cells of a file for this session's, without running them",
            values: nil
        ) { shell, argument in
            try shell.openNotebook(argument)
        },
        SessionCommand(name: "cells", help: "the cells of this session, and how they stand") { shell, _ in
            shell.console.print(shell.notebook.listing(width: shell.presentation.width))
        },
        SessionCommand(name: "run", usage: "[3|2..4]", help: "run a cell again, several, or all") { shell, argument in
            try shell.runCells(argument)
        },
        SessionCommand(name: "edit", usage: "3", help: "edit a cell in $VISUAL or $EDITOR, then run it") {
            shell, argument in
            try shell.editCell(argument)
        },
        SessionCommand(name: "record", help: "where this session is recorded") { shell, _ in
            shell.tellRecord()
        },
        SessionCommand(name: "clear", help: "clear the screen") { shell, _ in
            if !Presentation.isDumb { shell.console.print("\u{1b}[H\u{1b}[2J") }
        },
        SessionCommand(name: "help", help: "this list") { shell, _ in
            shell.console.print(listing)
        },
        SessionCommand(name: "quit", help: "leave; Ctrl-D does the same") { shell, _ in
            shell.isDone = true
        },
    ]

    /// Finds the command that `line` (from its colon on) begins with, and its argument. A name may
    /// be shortened as long as it stays clear.
    static func parse(_ line: String) throws(SessionError) -> (command: SessionCommand, argument: String) {
        let words = line.dropFirst().split(separator: " ", maxSplits: 1)
        let name = words.first.map(String.init) ?? ""
        let argument = words.count > 1 ? trim(words[1]) : ""
        let found = all.filter { $0.name == name }
        let matches = found.isEmpty && !name.isEmpty ? all.filter { $0.name.hasPrefix(name) } : found
        guard matches.count == 1 else { throw .unknown(name, matches.map(\.name)) }
        return (matches[0], argument)
    }

    private static func trim(_ text: Substring) -> String {
        var text = text.drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        if text.count >= 2, text.first == "\"", text.last == "\"" { text = text.dropFirst().dropLast() }
        return String(text)
    }

    private static var listing: String {
        let calls = all.map { ":\($0.name)" + ($0.usage.isEmpty ? "" : " \($0.usage)") }
        let column = (calls.map(\.count).max() ?? 0) + 2
        let lines = zip(all, calls).map { command, call in
            call + String(repeating: " ", count: column - call.count) + command.help
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension SessionCommand {
    /// Completions in a line that begins with a colon; nil asks for file names.
    static func completions(of line: String, at offset: Int) -> Completions? {
        let typed = String(decoding: line.utf8.prefix(offset), as: UTF8.self)
        guard let space = typed.utf8.lastIndex(of: UInt8(ascii: " ")) else {
            return Completions(candidates: all.map { .init(text: ":\($0.name)", help: $0.help) }, range: 0..<offset)
        }
        guard let (command, _) = try? parse(typed), let values = command.values else { return nil }
        let start = typed.utf8.distance(from: typed.utf8.startIndex, to: space) + 1
        return Completions(candidates: values.map { .init(text: $0) }, range: start..<offset)
    }
}

/// A `:` command that cannot be carried out.
enum SessionError: Error, CustomStringConvertible {
    /// No command, or several, of the name; with those that could be meant.
    case unknown(String, [String])
    /// A value that the command does not take; with those that it does.
    case value(String, String, [String])
    /// A file whose ending says no form to save in.
    case ending(String)
    /// A document that needs a record, which there is not.
    case notRecorded(String)
    /// A file that cannot be read, in words.
    case file(String)
    /// No cell of the number, or in the range.
    case noCell(String)
    /// No cell at all.
    case noCells

    var description: String {
        switch self {
        case .unknown(let name, let candidates) where candidates.count > 1:
            "`:\(name)` could be " + candidates.map { "`:\($0)`" }.joined(separator: " or ")
        case .unknown("exit", _): "there is no session command `:exit`; `:quit` or Ctrl-D ends the session"
        case .unknown(let name, _):
            "there is no session command `:\(name)`; `:help` lists them"
        case .value(let command, let value, let allowed):
            "`:\(command)` does not take `\(value)`: write " + allowed.joined(separator: ", ")
        case .file(let message): message
        case .noCell(let number): "there is no cell \(number); `:cells` lists them"
        case .noCells: "there are no cells yet"
        case .ending(let path):
            "cannot tell how to save `\(path)`: write a name that ends in .nash (a script), or for a document with its "
                + "results in .md, .html or .ipynb"
        case .notRecorded(let path):
            "`\(path)` is made from the session's record, and there is none: "
                + "save as .md or .nash, or record the session (NASH_RUNS, --record)"
        }
    }
}

extension OutputFormat {
    static let names = allCases.map(\.rawValue)
}
