import Language
import Plotting

/// A value into a file.
struct Save: Command {
    static let chapter = Chapter.files
    static let summary = "Write a value to a file in the form that the path's ending names, and pass it on."
    static let discussion = """
        Tables and lists are written as .csv, .jsonl or .md; figures as .png, .svg, .pdf, .txt or .gp. The file is \
        written whole or not at all: a full disk leaves the one that was there.
        """
    static let examples: [Example] = []

    @Argument("the file") var path: FilePath

    func outputType(for input: ValueType) throws -> ValueType { input }

    func run(_ input: Value, in context: Context) throws -> Value {
        do {
            try write(input, in: context)
        } catch let error as ReadingError {
            throw CommandError("\(error.place): \(error.message)", help: error.help, argument: "path", code: .file)
        } catch let error as PlotError {
            throw CommandError(error.description, argument: "path", code: .plot)
        }
        context.saved(path.text)
        context.note("saved \(path.text)")
        return input
    }

    private func write(_ value: Value, in context: Context) throws {
        if case .handle(let handle) = value {
            guard let saveable = handle as? any Saveable else {
                throw CommandError(
                    "\(value.type.phrase) cannot be saved", help: "save a table or a figure", code: .wrongType)
            }
            return try saveable.save(to: path.text, in: context)
        }
        try TableFile.write(value, to: path.text)
    }
}

/// A handle that can be written to a file.
protocol Saveable: Handle {
    /// Writes it whole or not at all, in the form that the path's ending names.
    func save(to path: String, in context: Context) throws
}

extension FigureHandle: Saveable {
    func save(to path: String, in context: Context) throws {
        let omitted = try Plots.session.render(figure, to: path, isCancelled: { context.cancel.isCancelled })
        for note in omitted.notes { context.note(note) }
    }
}
