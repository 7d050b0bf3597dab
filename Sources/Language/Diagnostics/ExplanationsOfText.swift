// The codes E00x and E01x: what a program's text and its names can have wrong before anything runs.
extension Code {
    var ofText: Explanation {
        switch self {
        case .unterminated:
            .init(
                "Something is never closed",
                "A string, bracket or block is open where the text ends. The error shows where it was opened. At the "
                    + "prompt such a cell goes on in the next line instead; Ctrl-C gives it up.",
                wrong: "archs = (nb201 | sample 10", right: "archs = (nb201 | sample 10)")
        case .badNumber:
            .init(
                "A number that cannot be read",
                "Numbers are digits, with a decimal point and an exponent if need be: 15625, 0.5, 1e-3. They have no "
                    + "`_` inside, a digit before the point, and fit in 64 bits.",
                wrong: "sample 1_000", right: "sample 1000")
        case .badUnit:
            .init(
                "An unknown unit",
                "What stands right behind a number is its unit: % of a whole; ns us ms s min h d for times; ep epochs "
                    + "and it iterations; B kB MB GB KiB MiB GiB for memory; J mJ W Hz MHz GHz; and k M G T, which "
                    + "multiply. Capitals matter. Text that starts with a digit needs quotes.",
                wrong: "where .latency < 5m", right: "where .latency < 5ms")
        case .badEscape:
            .init(
                "An unknown escape in a string",
                "In double quotes a backslash starts an escape: \\n \\t \\r \\\" \\' \\\\ \\u{3b1}. In single quotes "
                    + "everything stands as it is, which suits regular expressions.",
                wrong: #"where .name ~ "\d+""#, right: #"where .name ~ '\d+'"#)
        case .tooDeep:
            .init(
                "Nested too deeply",
                "Brackets, blocks and prefix operators may be nested \(Parser.depthLimit) levels deep, and an "
                    + "expression may be \(Parser.heightLimit) operators high. Bind a part to a name, or use a list.",
                wrong: String(repeating: "(", count: 8) + "… and so on, two hundred times")
        case .badEncoding:
            .init(
                "Text that is not UTF-8",
                "Programs and data are read as UTF-8. The error names the first byte that is not; older files are "
                    + "often Latin-1, which `iconv -f latin1 -t utf-8` turns into UTF-8.",
                wrong: "a script saved in Latin-1 with an umlaut in a comment")
        default:
            .init(
                "The text is not a program",
                "Something stands where nothing of its kind can. The error shows the place and what was expected "
                    + "there; where other languages write the thing in another way, it says how it is written here.",
                wrong: "sample 10 seed: 0", right: "sample 10, seed: 0")
        }
    }

    var ofNames: Explanation {
        switch self {
        case .unknownCommand:
            .init(
                "No such command",
                "The first word of a stage, followed by a space and a value, is a command. `help` lists them all; "
                    + "those that you define with `def` count too.",
                wrong: "nb201 | sampel 10", right: "nb201 | sample 10")
        case .unknownColumn:
            .init(
                "No such column",
                "`.name` is a column of the table that is piped in. The columns of a whole pipeline are known before "
                    + "its first stage runs, so that a misspelt one costs nothing. A column that a later command "
                    + "needs must be made first: `score` makes `.synflow`, `query accuracy` makes `.accuracy`.",
                wrong: "all | where .acuracy > 90%", right: "all | where .accuracy > 90%")
        case .unknownArgument:
            .init(
                "No such argument",
                "An argument is named by a word and a colon. `?sample` shows the names that a command has.",
                wrong: "nb201 | sample 10, sead: 0", right: "nb201 | sample 10, seed: 0")
        case .missingArgument:
            .init(
                "An argument is missing",
                "The command has an argument without a default, and it was not given. `?query` shows which they are.",
                wrong: "all | query", right: "all | query accuracy, data: cifar10")
        case .tooManyArguments:
            .init(
                "Too many arguments",
                "More arguments without a name are given than the command takes, or one is given twice.",
                wrong: "all | first 5, 6", right: "all | first 5")
        case .unknownConstant:
            .init(
                "No such constant of that kind",
                "Spaces, proxies, data sets, devices and methods have fixed names, written without quotes. The error "
                    + "lists those that can stand in that place.",
                wrong: "all | query accuracy, data: cifar11", right: "all | query accuracy, data: cifar10")
        case .boundAgain:
            .init(
                "A fixed name cannot be bound",
                "The names of commands' constants (spaces, proxies, data sets, devices, methods) keep their meaning. "
                    + "Your own names can be bound as often as you like.",
                wrong: "cifar10 = 3", right: "my_data = 3")
        case .unknownField:
            .init(
                "No such field",
                "`value.name` picks a record's entry, a table's column or a part of a result. The error lists those "
                    + "that this value has.",
                wrong: "{lr: 0.1}.rate", right: "{lr: 0.1}.lr")
        case .notACommand:
            .init(
                "A value stands where a command should",
                "A name at the head of a stage, followed by a space and a value, is a command call; this name is "
                    + "bound to something that cannot be called. Most often a minus sign lacks a space on its right.",
                wrong: "x -1", right: "x - 1")
        default:
            .init(
                "No such name",
                "The name is bound nowhere before this place. Bind it with `name = …`; text needs quotes; a column "
                    + "of the piped table has a dot before it.",
                wrong: "arhcs | count", right: "archs | count")
        }
    }
}
