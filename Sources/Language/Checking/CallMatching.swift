/// A parameter with the arguments that a call gives it.
struct Assignment {
    let parameter: Signature.Parameter
    let arguments: [CallArgument]
}

extension Signature {
    /// Gives each argument of a call to a parameter.
    ///
    /// Positional arguments fill the positional parameters in order, one that takes several taking all that remain;
    /// named arguments go where they say.
    func match(_ arguments: [CallArgument], at place: Place) throws -> [Assignment] {
        var assignments = try matchPositional(arguments.filter { $0.key == nil }, at: place)
        for argument in arguments {
            guard let key = argument.key else { continue }
            guard let parameter = self[key.text] else { throw unknown(key, at: place) }
            guard !assignments.contains(where: { $0.parameter.name == key.text }) else {
                throw place.error(.tooManyArguments, "`\(name)` is given `\(key.text)` twice", key.span)
            }
            assignments.append(Assignment(parameter: parameter, arguments: [argument]))
        }
        for parameter in parameters where parameter.isRequired {
            guard assignments.contains(where: { $0.parameter.name == parameter.name }) else {
                throw missing(parameter, at: place)
            }
        }
        return assignments
    }

    private func matchPositional(_ arguments: [CallArgument], at place: Place) throws -> [Assignment] {
        var rest = arguments[...]
        var assignments: [Assignment] = []
        for parameter in positional {
            guard !rest.isEmpty else { break }
            let taken = parameter.type.isMany ? rest : rest.prefix(1)
            rest = rest.dropFirst(taken.count)
            assignments.append(Assignment(parameter: parameter, arguments: Array(taken)))
        }
        if let extra = rest.first {
            let takes = positional.isEmpty ? "no positional argument" : "\(positional.count) at most"
            throw place.error(
                .tooManyArguments, "`\(name)` is given too many arguments", extra.span, remark: "it takes \(takes)",
                help: "usage: \(usage)")
        }
        return assignments
    }

    private func unknown(_ key: Name, at place: Place) -> Diagnostic {
        place.error(
            .unknownArgument, "`\(name)` has no argument `\(key.text)`", key.span,
            help: Naming.help(for: key.text, among: parameters.map(\.name)) ?? "usage: \(usage)")
    }

    private func missing(_ parameter: Parameter, at place: Place) -> Diagnostic {
        let what = parameter.isPositional ? "`\(parameter.name)`" : "`\(parameter.name):`"
        return place.error(
            .missingArgument, "`\(name)` needs \(what), \(parameter.type.wording)", place.span,
            remark: "\(what) is missing", help: "usage: \(usage)")
    }

    /// The form of a call: `nb201 | sample count, [seed: …]`.
    public var usage: String {
        let words = parameters.map { parameter in
            let form = parameter.isPositional ? parameter.name : "\(parameter.name): …"
            return parameter.isRequired ? form : "[\(form)]"
        }
        let call = words.isEmpty ? name : "\(name) \(words.joined(separator: ", "))"
        return input == .none ? call : "\(input == .any ? "…" : input.noun) | \(call)"
    }
}

/// A place in a source, for the errors that happen there.
struct Place: Sendable {
    let source: Source
    let span: Span

    /// A diagnostic whose first label is `span` of this place's source.
    func error(
        _ code: Code, _ message: String, _ span: Span? = nil, remark: String = "", help: String? = nil,
        cause: String? = nil
    ) -> Diagnostic {
        Diagnostic(
            code, message, labels: [.init(source, span ?? self.span, remark)], help: help, cause: cause)
    }
}
